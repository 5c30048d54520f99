"""What a workbook makes of the graph: records with what changed, and where each value stands."""

from dataclasses import dataclass, field, replace

from wijk.documents import Document
from wijk.editing.records import read
from wijk.editing.statements import Part, Record
from wijk.loaded import Snapshot
from wijk.tabular.exporting import digest
from wijk.tabular.knowing import Known
from wijk.tabular.problems import Spot
from wijk.tabular.rows import Row


@dataclass
class Entry:
    """One document as it is to be; `before` is None when it is new."""

    record: Record
    document: Document | None
    before: Record | None
    known: Known | None = None
    spots: dict[tuple[str, ...], Spot] = field(default_factory=dict)
    """Where in the workbook things stand: by thing; by thing and property; or with the value."""
    texts: dict[Spot, str] = field(default_factory=dict)
    """What stands in those cells."""
    state: str = ""
    """What tells this state of the document from another; empty when it is new."""
    stale: list[Row] = field(default_factory=list)
    """Rows that were exported from an earlier state of the document, and touched since."""

    def mark(self, row: Row, key: str, path: str, part: str = "", value: str = "") -> None:
        """Remember where a value of a property stands."""
        thing = f"{self.record.thing}#{part}" if part else self.record.thing
        spot = row.spot(key)
        self.texts.setdefault(spot, row.get(key))
        self.spots.setdefault((thing,), row.spot())
        self.spots.setdefault((thing, path), spot)
        if value:
            self.spots.setdefault((thing, path, value), spot)

    @property
    def nameless(self) -> bool:
        """Whether it is new and its name is still to be filled in."""
        return self.known is not None and bool(self.known.lacks)

    def where(self, thing: str, path: str, value: str) -> Spot | None:
        """The cell that a finding is about, or else the row, if any of it is in the workbook."""
        keys = ((thing, path, value), (thing, path), (thing,), (thing.partition("#")[0],))
        return next((self.spots[key] for key in keys if key in self.spots), None)


@dataclass
class Entries:
    """All documents that rows of a workbook are about."""

    taken: Snapshot
    by_thing: dict[str, Entry] = field(default_factory=dict)
    lost: list[Row] = field(default_factory=list)
    """Rows that could not be taken in."""
    doubts: set[tuple[str, str]] = field(default_factory=set)
    """Whose evidence could not be read: a thing, its kind or nothing; and a property or none."""

    def of(self, known: Known) -> Entry:
        """The entry of a row of its own."""
        entry = self.open(known.row.table.kind, known.slug, known.thing, known.document)
        entry.known = known
        entry.spots.setdefault((known.thing,), known.row.spot())
        return entry

    def open(self, kind: str, slug: str, thing: str, document: Document | None) -> Entry:
        """The entry of a thing; its document is read when it is asked for first."""
        if thing not in self.by_thing:
            before = read(document, self.taken) if document is not None else None
            record = before or Record(kind, slug, thing)
            state = digest(document) if document is not None else ""
            self.by_thing[thing] = Entry(record, document, before, state=state)
        return self.by_thing[thing]


def with_part(record: Record, part: Part, name: str) -> Record:
    """The record with a part in the place of the one of that name, or as a new one."""
    if any(it.name == name for it in record.parts):
        parts = tuple(part if it.name == name else it for it in record.parts)
    else:
        parts = (*record.parts, part)
    return replace(record, parts=parts)
