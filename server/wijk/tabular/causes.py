"""One finding for one cause: of a cell that is empty, and of a row without a source."""

from collections.abc import Iterable, Mapping, Sequence

from wijk.checking.findings import Finding
from wijk.checking.messages import code, level
from wijk.tabular.intake import Entry
from wijk.tabular.layout import ROW_BASIS, ROW_SOURCE
from wijk.tabular.problems import FOUT, Problem
from wijk.tabular.rows import Row

UNPROVEN = "evidence-missing"
"""The rule that what is said has a source."""


def apart(of_file: Iterable[Problem], of_cells: Iterable[Problem]) -> list[Problem]:
    """What was found in cells, without that a cell is empty of which the file tells why."""
    told = {it.spot for it in of_file if it.level == FOUT and it.spot.cell}
    return [it for it in of_cells if it.value or it.spot not in told]


def of_rows(
    findings: Iterable[Finding], entries: Mapping[str, Entry]
) -> tuple[list[Problem], list[Finding]]:
    """Of each row without a source the fields that need one, told once; and all other findings."""
    bare: dict[str, list[Finding]] = {}
    rest = []
    for finding in findings:
        if code(finding) == UNPROVEN and _bare(entries.get(finding.thing)):
            bare.setdefault(finding.thing, []).append(finding)
        else:
            rest.append(finding)
    rows = ((_row(entries[thing]), found) for thing, found in bare.items())
    return [_unproven(row, found) for row, found in rows if row is not None], rest


def _row(entry: Entry | None) -> Row | None:
    return entry.known.row if entry is not None and entry.known is not None else None


def _bare(entry: Entry | None) -> bool:
    row = _row(entry)
    return row is not None and not row.get(ROW_SOURCE) and not row.get(ROW_BASIS)


def _unproven(row: Row, found: Sequence[Finding]) -> Problem:
    column = row.table.column(ROW_SOURCE)
    names = list(dict.fromkeys(it.field["nl"] for it in found if it.field.get("nl")))
    *first, last = names or ["deze rij"]
    listed = f"{', '.join(first)} en {last}" if first else last
    said = (
        f"Waar komt vandaan wat hier nieuw is? Het gaat om {listed}. Vul in deze rij de kolommen "
        f"“{column.title}” en “{row.table.column(ROW_BASIS).title}” in."
    )
    return Problem(
        "bron-ontbreekt", level(found[0], "nl"), said, row.spot(ROW_SOURCE), column.title
    )
