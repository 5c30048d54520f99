"""The sheet with what there is to choose from, and the drop-downs that take from it."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from wijk.tabular import styles
from wijk.tabular.grid import ROWS
from wijk.tabular.layout import CHOICES, NAMES, SINGULAR, Column, Table
from wijk.tabular.things import Things

_PROMPT, _NAME = 255, 32
"""Characters that Excel shows of a prompt and of its title."""
Listed = tuple[tuple[str, str], ...]


class Lists:
    """Every list once: what may be chosen, and what each word means."""

    def __init__(self, tables: Iterable[Table], things: Things) -> None:
        self._lists: dict[Listed, tuple[str, int]] = {}
        self._of: dict[int, int] = {}
        self._things = things
        by_kinds: dict[tuple[str, ...], Listed] = {}
        for table in tables:
            for column in table.columns:
                if column.kinds and column.kinds not in by_kinds:
                    listed = tuple((name, "") for name in things.listed(column.kinds))
                    by_kinds[column.kinds] = listed
                choices = by_kinds[column.kinds] if column.kinds else column.choices
                if choices:
                    title = _titled(column)
                    self._lists.setdefault(choices, (title, len(self._lists)))

        self._by_kinds = by_kinds

    def range(self, column: Column) -> str:
        """Where the values of a column are listed; empty when it has no list."""
        choices = self._by_kinds[column.kinds] if column.kinds else column.choices
        if not choices:
            return ""
        letter = get_column_letter(self._lists[choices][1] * 2 + 1)
        return f"{quote_sheetname(CHOICES)}!${letter}$2:${letter}${len(choices) + 1}"

    def write(self, sheet: Any) -> None:
        """Write the sheet: each list with what its words mean beside it."""
        sheet.freeze_panes = "A2"
        styles.printed(sheet)
        titles = [title for title, _ in self._lists.values()]
        for number, choices in enumerate(self._lists):
            words, about = (get_column_letter(number * 2 + at) for at in (1, 2))
            sheet.column_dimensions[words].width = 32
            sheet.column_dimensions[about].width = 60 if _explained(choices) else 3
        sheet.append(
            [
                styles.heading(sheet, said)
                for title, choices in zip(titles, self._lists, strict=True)
                for said in (title, "wat het betekent" if _explained(choices) else "")
            ]
        )
        widths = [60 if at % 2 else 32 for at in range(len(self._lists) * 2)]
        for number, row in enumerate(zip_longest(*self._lists, fillvalue=("", "")), 2):
            said = [text for pair in row for text in pair]
            styles.high(sheet, number, said, widths)
            sheet.append([styles.plain(sheet, text) for text in said])


def _explained(choices: Listed) -> bool:
    return any(said for _, said in choices)


def _titled(column: Column) -> str:
    return ", ".join(SINGULAR[kind] for kind in column.kinds) or column.title


def validations(columns: Sequence[Column], lists: Lists) -> Iterable[DataValidation]:
    """For each column what Excel tells, offers and refuses."""
    for number, column in enumerate(columns, 1):
        made = _validation(column, lists)
        letter = get_column_letter(number)
        made.add(f"{letter}2:{letter}{ROWS}")
        yield made


def _validation(column: Column, lists: Lists) -> DataValidation:
    made = DataValidation(allow_blank=True)
    listed = lists.range(column)
    if listed:
        made.type, made.formula1 = "list", listed
        made.showErrorMessage = not column.many
        made.errorStyle = "stop" if column.choices else "warning"
    elif column.value == "boolean" and not column.many:
        made.type, made.formula1, made.showErrorMessage = "list", '"ja,nee"', True
    elif column.value == "integer" and not column.many:
        made.type, made.operator, made.formula1 = "whole", "greaterThanOrEqual", "0"
        made.showErrorMessage = True
    made.errorTitle, made.error = _named(column), _refusal(column)[:_PROMPT]
    made.showInputMessage = True
    made.promptTitle, made.prompt = _named(column), _prompt(column)[:_PROMPT]
    return made


def _named(column: Column) -> str:
    return column.title[:1].upper() + column.title[1 : _NAME - 1]


def _prompt(column: Column) -> str:
    said = ["Verplicht." if column.required else "", column.help]
    if column.many:
        said.append("Meer waarden? Zet elke op een nieuwe regel (Alt+Enter).")
    if column.example and column.value in ("date", "integer", "decimal", "address"):
        said.append(f"Bijvoorbeeld: {column.example}")
    return " ".join(filter(None, said))


def _refusal(column: Column) -> str:
    if column.choices or (column.kinds and not any(kind in NAMES for kind in column.kinds)):
        return "Dit staat niet in de lijst. Kies een waarde met het pijltje naast de cel."
    if column.kinds:
        return (
            "Dit staat nog niet in de lijst. Is het nieuw? Vul het dan ook in op zijn eigen blad, "
            "en kies hier Ja."
        )
    if column.value == "boolean":
        return "Kies ja of nee."
    return f"Vul een heel getal in, bijvoorbeeld {column.example or 30}."
