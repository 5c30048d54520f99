"""Reads a workbook of LibreOffice (.ods), after OpenDocument 1.3 part 3, chapter 9 (tables)."""

import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from lxml import etree

from wijk.tables import sheets
from wijk.tabular.grid import COLUMNS, Book, Sheet, Unreadable

_DAMAGED = (
    "Dit bestand is beschadigd, of heeft een wachtwoord. Open het in LibreOffice en bewaar het "
    "opnieuw, als .ods of .xlsx."
)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _TEXT, _OFFICE = (f"{{{_OASIS}:{name}:1.0}}" for name in ("table", "text", "office"))
_STYLE = f"{{{_OASIS}:style:1.0}}"
_SPACES = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_NOT_SHOWN = (f"{_OFFICE}annotation", f"{_TEXT}note")
_FAILED = ("#", "Err:")
_HIDDEN = ("collapse", "filter")


def read(stream: BinaryIO) -> Book:
    """All sheets of a workbook.

    Raises:
        Unreadable: it is damaged, or a sheet is too large.
    """
    found: list[Sheet] = []
    unseen: set[str] = set()
    try:
        with zipfile.ZipFile(stream) as archive, archive.open("content.xml") as part:
            coming = etree.iterparse(
                part,
                events=("start", "end"),
                tag=(f"{_TABLE}table", f"{_TABLE}table-row", f"{_STYLE}style"),
                resolve_entities=False,
                no_network=True,
                huge_tree=False,
            )
            _take(coming, found, unseen)
    except sheets.UNREADABLE as error:
        raise Unreadable("beschadigd", _DAMAGED) from error
    return Book(found, "ods")


def _take(coming: Any, found: list[Sheet], unseen: set[str]) -> None:
    number = 0
    for event, element in coming:
        if element.tag == f"{_STYLE}style":
            if event == "end" and _is_unseen(element):
                unseen.add(element.get(f"{_STYLE}name", ""))
        elif element.tag == f"{_TABLE}table":
            if event == "start":
                hidden = element.get(f"{_TABLE}style-name", "") in unseen
                state = "hidden" if hidden else "visible"
                found.append(Sheet(element.get(f"{_TABLE}name", ""), state=state))
                number = 0
        elif event == "end" and found:
            number = _row(element, found[-1], number)
            element.clear()


def _is_unseen(style: Any) -> bool:
    shown = style.find(f"{_STYLE}table-properties")
    return shown is not None and shown.get(f"{_TABLE}display") == "false"


def _row(element: Any, sheet: Sheet, before: int) -> int:
    """Take in a row, as often as it is repeated; gives the number of the last of them."""
    times = _times(element, "rows")
    cells: list[object] = []
    for cell, repeated in _cells(element):
        value = _value(cell)
        at = len(cells) + 1
        if cell.get(f"{_TABLE}formula"):
            value, sheet.formulas[before + 1, at] = _outcome(value, _shown(cell))
        _merge(cell, sheet, before + 1, at)
        cells += [value] * (min(repeated, COLUMNS + 1) if value is not None else 0)
        if value is None and repeated < COLUMNS:
            cells += [None] * repeated
    if any(cell is not None for cell in cells):
        for row in range(before + 1, before + times + 1):
            sheet.put(row, cells)
            if element.get(f"{_TABLE}visibility") in _HIDDEN:
                sheet.hidden.append(row)
    return before + times


def _cells(row: Any) -> Iterator[tuple[Any, int]]:
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        yield cell, _times(cell, "columns")


def _times(element: Any, what: str) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(said) if said.isdecimal() and len(said) < 8 else 1


def _merge(cell: Any, sheet: Sheet, row: int, column: int) -> None:
    down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    right = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    if down > 1 or right > 1:
        sheet.merged.append((row, column, row + down - 1, column + right - 1))


def _outcome(value: object, shown: str) -> tuple[object, str]:
    """What came of a formula; of one that failed OpenOffice keeps the number 0 too."""
    if not value and shown.startswith(_FAILED):
        return shown, "error"
    if value is None:
        return None, "empty"
    return value, "error" if str(value).startswith(_FAILED) else "used"


def _value(cell: Any) -> object:
    """What a cell says, in its own type; None when it is empty."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        try:
            return Decimal(cell.get(f"{_OFFICE}value", ""))
        except InvalidOperation:
            return _shown(cell)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        said = cell.get(f"{_OFFICE}date-value", "")
        try:
            return date.fromisoformat(said[:10]) if said[10:] in ("", "T00:00:00") else said
        except ValueError:
            return _shown(cell)
    return _shown(cell) or None


def _shown(cell: Any) -> str:
    return "\n".join(_text(each) for each in cell.iterchildren(f"{_TEXT}p"))


def _text(element: Any) -> str:
    said = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            said.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 1000))
        elif child.tag in _SPACES:
            said.append(_SPACES[child.tag])
        elif child.tag not in _NOT_SHOWN and isinstance(child.tag, str):
            said.append(_text(child))
        said.append(child.tail or "")
    return "".join(said)
