"""One finding for one cause: of a cell that is empty, and of a row without a source."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from wijk.checking.findings import SEVERITIES, Finding
from wijk.checking.messages import code, level, sentence
from wijk.tabular.intake import Entry
from wijk.tabular.layout import ROW_BASIS, ROW_SOURCE, SLUG, WEB
from wijk.tabular.problems import FOUT, Problem, Spot
from wijk.tabular.rows import Row
from wijk.tabular.things import folded
from wijk.terms import iri

Where = Callable[[Finding], Spot | None]
"""Where in the workbook a finding about the graph is."""

UNPROVEN = "evidence-missing"
"""The rule that what is said has a source."""
_UNREADABLE = ("formule-leeg", "formule-mislukt", "teken")
_NAMES = (SLUG, WEB, "nummer", "titel", "naam")


def apart(
    of_file: Iterable[Problem], of_cells: Iterable[Problem], covered: Collection[Spot]
) -> list[Problem]:
    """What was found in cells, without those of which the file tells why they cannot be read."""
    told = {it.spot: it.code for it in of_file if it.level == FOUT and it.spot.cell}
    return [
        it
        for it in of_cells
        if it.spot not in covered
        and (it.spot not in told or (it.value and told[it.spot] not in _UNREADABLE))
    ]


def named(problems: Iterable[Problem], lost: Iterable[Row]) -> list[Problem]:
    """The same without that a name is not known of which the row could not be taken in."""
    names = {folded(row.get(key)) for row in lost for key in _NAMES} - {""}
    return [it for it in problems if it.code != "unknown" or folded(it.value) not in names]


def once_in_a_row(findings: Iterable[Finding], where: Where) -> list[Finding]:
    """The findings, worst first and as they stand in the workbook, each once at its place.

    Without what evidence repeats of a value that is told at its own cell.
    """
    found = sorted(((_beside(it, where), where(it)) for it in findings), key=_order)
    cells = {_value(it, at) for it, at in found if at is not None and at.cell}
    kept: dict[tuple[object, ...], Finding] = {}
    for number, (it, at) in enumerate(found):
        if at is not None and not at.cell and it.value and _value(it, at) in cells:
            continue
        kept.setdefault((at or number, it.rule, sentence(it, "nl")), it)
    return [*kept.values()]


def _order(found: tuple[Finding, Spot | None]) -> tuple[int | str, ...]:
    at = found[1] or Spot()
    return SEVERITIES.index(found[0].severity), at.sheet, at.row, at.column


def _value(it: Finding, at: Spot) -> tuple[object, ...]:
    """What it says of which value, and the row where that stands."""
    return code(it), it.value, at.sheet, at.row


def _beside(it: Finding, where: Where) -> Finding:
    """The finding, with the row of its other half when that is another one."""
    if it.other is None:
        return it
    own, other = where(it), where(replace(it, thing=iri(it.other.term)))
    if own is None or other is None or (own.sheet, own.row) == (other.sheet, other.row):
        return it
    rows = {"nl": f"De andere staat in rij {other.row}.", "en": f"The other is in row {other.row}."}
    return replace(it, sentence={lang: f"{sentence(it, lang)} {rows[lang]}" for lang in rows})


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
