"""What a cell says of the values of a field, and which values a cell that was changed means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wijk.characters import legal
from wijk.editing.fields import Field
from wijk.editing.statements import Statement
from wijk.editing.values import Misread, shown, understood
from wijk.loaded import Snapshot
from wijk.tabular import grid
from wijk.tabular.layout import NAMES, Column
from wijk.tabular.styles import LONGEST
from wijk.tabular.things import Things, folded

_LINE_END = "↵"
"""Stands for the end of a line within one of several values of a cell."""
_APART = (";", ",")
"""What people put between words of a list on one line."""
_LISTED = ("choice", "thing")
_FEW = 6


def written(text: str) -> str:
    """A text as it is found again in a workbook."""
    return grid.text(legal(text)[:LONGEST])


@dataclass
class Cells:
    """Writes and reads cells of one graph, with the things that a workbook adds to it."""

    taken: Snapshot
    things: Things
    _labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def shown(self, statements: Iterable[Statement], column: Column) -> str:
        """The cell with these values: each on a line of its own."""
        said = [self.value(it.value, column) for it in statements if it.stated]
        return written("\n".join(said))

    def value(self, value: str, column: Column) -> str:
        """One value, an N-Triples term, as it stands in a cell."""
        if column.field is None:
            return value
        iri = value[1:-1] if value.startswith("<") else ""
        if column.value == "thing" and iri:
            return self.things.shown(iri, column.kinds)
        if column.value == "choice" and iri:
            labels = {choice.iri: choice.label for choice in column.field.choices}
            return labels.get(iri, iri)
        text = shown(value, column.field, self.taken)
        return text.replace("\n", _LINE_END) if column.many else text

    def pieces(self, text: str, column: Column) -> list[str]:
        """The values in a cell, as they are written."""
        if not column.many:
            return [text] if text else []
        found: list[str] = []
        for line in filter(None, (line.strip() for line in text.split("\n"))):
            found += self._apart(line, column)
        return found

    def _apart(self, line: str, column: Column) -> Sequence[str]:
        """A line with several words of a list, when that is what it is."""
        if column.value not in _LISTED or not isinstance(self.term(line, column), Misread):
            return [line]
        for sign in _APART:
            parts = [part.strip() for part in line.split(sign)]
            if sign == ";" and len(parts) > 1:
                return [part for part in parts if part]
            if len(parts) > 1 and not any(
                isinstance(self.term(part, column), Misread) for part in parts
            ):
                return parts
        return [line]

    def term(self, text: str, column: Column) -> str | Misread:
        """The value that one piece of a cell means, as an N-Triples term."""
        if column.value == "thing":
            return self.thing(text, column.kinds)
        assert column.field is not None, "a column without a field has things or words only"
        plain = text.replace(_LINE_END, "\n") if column.many else text
        if column.value == "choice":
            iri = self._choices(column.field).get(folded(plain))
            return f"<{iri}>" if iri else understood(plain, column.field, self.taken)
        return understood(plain, column.field, self.taken)

    def thing(self, text: str, kinds: Sequence[str]) -> str | Misread:
        """The thing that a name means."""
        found = self.things.called(text, kinds)
        if len(found) == 1:
            return f"<{found[0]}>"
        if found:
            names = tuple(it.rpartition("/")[2] for it in found)
            return Misread("ambiguous", text, names)
        return Misread("unknown", text, self.things.nearest(text, kinds) or self._few(kinds))

    def _few(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """All there is of what a workbook cannot add, when that is little."""
        listed = () if any(kind in NAMES for kind in kinds) else self.things.listed(kinds)
        return tuple(listed) if 1 < len(listed) <= _FEW else ()

    def _choices(self, field: Field) -> dict[str, str]:
        known = self._labels.get(field.path)
        if known is None or len(known) < len(field.choices):
            known = {folded(choice.label): choice.iri for choice in field.choices}
            known |= {choice.iri: choice.iri for choice in field.choices}
            self._labels[field.path] = known
        return known


def looks_like_address(text: str) -> bool:
    """Whether a text is meant as the address of a page."""
    return re.match(r"https?://", text) is not None
