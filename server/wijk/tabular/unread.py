"""What of a workbook could not be read, and which findings about the graph follow from that."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib.namespace import DCTERMS, SDO

from wijk.checking.consequences import ANYWHERE
from wijk.checking.findings import Finding
from wijk.checking.messages import code
from wijk.namespaces import WIJK
from wijk.tabular.causes import UNPROVEN
from wijk.tabular.intake import Entries, Entry
from wijk.tabular.layout import ROW_BASIS, ROW_SOURCE, Column
from wijk.tabular.problems import FOUT, Problem, Spot
from wijk.tabular.rows import Row

_WHERE = str(DCTERMS.spatial), str(WIJK.online)
_BEGIN = str(SDO.startDate), str(SDO.endDate)
_SOURCELESS = "source-missing"
_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "state-and-initiative": (str(WIJK.state), str(SDO.about)),
    "abstract-missing": (str(SDO.about),),
    "case-without-place": _WHERE,
    "online-with-place": _WHERE,
    "dates-in-order": _BEGIN,
    "place-within": tuple(str(WIJK[it]) for it in ("exactArea", "closeArea", "withinArea")),
    _SOURCELESS: (str(WIJK.basis), str(DCTERMS.source)),
}
"""Rules about more than one field of a thing, and those fields."""
_HEADS = ("kolom-ontbreekt", "kolom-onbekend")


@dataclass(frozen=True)
class Unread:
    """The cells and rows that could not be read; `blind` when what they name is not known."""

    cells: Collection[Spot] = ()
    rows: Collection[tuple[str, int]] = ()
    """Sheet and number of rows that could not be taken in."""
    partly: Collection[tuple[str, int]] = ()
    """Those of rows with such a cell."""
    heads: Collection[tuple[str, str]] = ()
    """Sheet and heading of columns that are there under another name."""
    doubts: Collection[tuple[str, str]] = ()
    """Whose evidence could not be read: a thing, its kind or nothing; and a property or none."""
    blind: bool = False

    def follows(self, finding: Finding, entry: Entry | None, spot: Spot | None) -> bool:
        """Whether a finding may be there only because something could not be read."""
        rule = code(finding)
        if entry is not None and _nameless(entry, finding):
            return True
        if rule in ANYWHERE:
            return self.blind
        if entry is None:
            return False
        if rule == UNPROVEN and self._doubted(entry, finding.property):
            return True
        if rule == _SOURCELESS and _is_evidence(entry, finding) and self._sourceless(entry):
            return True
        if any(self._lacks(entry, finding.thing, path) for path in _looked_at(finding)):
            return True
        if spot is None:
            return False
        if spot in self.cells or (spot.sheet, spot.row) in self.rows:
            return True
        partly = (spot.sheet, spot.row) in self.partly
        return partly and not spot.column and not finding.missing

    def there(self, problems: Iterable[Problem]) -> list[Problem]:
        """What was found in cells, without that there is none in a column of another name."""
        return [
            it for it in problems if it.spot.column or (it.spot.sheet, it.field) not in self.heads
        ]

    def _lacks(self, entry: Entry, thing: str, path: str) -> bool:
        """Whether the cell of a property of a thing could not be read."""
        if entry.spots.get((thing, path)) in self.cells:
            return True
        row = entry.known.row if entry.known is not None else None
        return row is not None and any(
            self.hides(row, it.key)
            for it in row.table.own
            if it.field is not None and it.field.path == path
        )

    def _doubted(self, entry: Entry, path: str) -> bool:
        """Whether the evidence for a property of a thing could not be read."""
        names = (entry.record.thing, entry.record.kind, "")
        said = any((name, said) in self.doubts for name in names for said in (path, ""))
        return said or self._sourceless(entry)

    def _sourceless(self, entry: Entry) -> bool:
        """Whether the source for all that is new in a row could not be read."""
        row = entry.known.row if entry.known is not None else None
        return row is not None and any(
            self.hides(row, it.key) for it in row.table.columns if it.key in (ROW_SOURCE, ROW_BASIS)
        )

    def hides(self, row: Row, key: str) -> bool:
        """Whether what stands in a row in the column of that key could not be read."""
        return row.spot(key) in self.cells or (row.sheet, row.table.column(key).title) in self.heads


def _looked_at(finding: Finding) -> tuple[str, ...]:
    return (*_TOGETHER.get(code(finding), ()), *filter(None, [finding.property]))


def _is_evidence(entry: Entry, finding: Finding) -> bool:
    """Whether it is about evidence in the document, and not about its thing or a part of it."""
    name = finding.thing.partition("#")[2]
    return bool(name) and entry.record.part(name) is None


def _nameless(entry: Entry, finding: Finding) -> bool:
    """Whether it is about a name that is still to be filled in, or about who uses that."""
    if entry.known is None or not entry.known.lacks:
        return False
    field = entry.known.row.table.column(entry.known.lacks).field
    return code(finding) in ANYWHERE or (field is not None and finding.property == field.path)


def unread(
    rows: Iterable[Row], problems: Iterable[Problem], entries: Entries, covered: Collection[Spot]
) -> Unread:
    """What could not be read of these rows; `covered` are cells that were merged with others."""
    by_place = {(row.sheet, row.number): row for row in rows}
    wrong = [it for it in problems if it.level == FOUT]
    places = [*covered, *(it.spot for it in wrong)]
    lost = {(row.sheet, row.number) for row in entries.lost}
    whole = (it.spot for it in wrong if it.spot.row and not it.spot.column and not it.field)
    lost |= {(it.sheet, it.row) for it in whole}
    cells = {*covered, *(it.spot for it in wrong if it.spot.cell)}
    return Unread(
        cells,
        lost,
        {(it.sheet, it.row) for it in cells},
        {(it.spot.sheet, it.nearest) for it in wrong if it.code in _HEADS and it.nearest},
        frozenset(entries.doubts),
        bool(lost) or any(_blinding(it, by_place) for it in places),
    )


def _blinding(spot: Spot, rows: Mapping[tuple[str, int], Row]) -> bool:
    """Whether what cannot be read there may name a thing."""
    row = rows.get((spot.sheet, spot.row))
    return row is None or any(it.value == "thing" for it in _columns(row, spot))


def _columns(row: Row, spot: Spot) -> Iterator[Column]:
    return (row.table.column(key) for key, at in row.columns.items() if at == spot.column)
