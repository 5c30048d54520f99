"""The rows of the workbook with what is in the graph: one for each thing, part and evidence."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wijk import stamps, tombstones
from wijk.documents import Document, base_of
from wijk.editing.kinds import EVIDENCE, KINDS, PARTICIPATION
from wijk.editing.records import read
from wijk.editing.statements import Evidence, Part, Record, Statement
from wijk.loaded import Snapshot
from wijk.namespaces import WIJK
from wijk.tabular.cells import Cells, written
from wijk.tabular.layout import (
    OF_CASE,
    OF_FIELD,
    OF_KIND,
    OF_THING,
    OF_VALUE,
    PART,
    SINGULAR,
    SLUG,
    STATE,
    WEB,
    Column,
    Table,
    tables,
)
from wijk.tabular.things import Things

EVIDENCE_KEYS = {"grondslag": "basis", "zekerheid": "status", "bron": "source"}
"""The columns of evidence that name things."""
NOTE = "toelichting"
_CUT = 10


def digest(document: Document) -> str:
    """What tells one state of a document from another; when it was published does not matter."""
    bare, _ = stamps.parted(document.source, base_of(document.iri))
    return hashlib.sha256(bare).hexdigest()[:_CUT]


def fingerprint(table: Table, cells: Mapping[str, str]) -> str:
    """What tells whether any cell of a row was touched."""
    said = "\x1f".join(cells.get(column.key, "") for column in table.columns if not column.hidden)
    return hashlib.sha256(said.encode()).hexdigest()[:_CUT]


def rows(taken: Snapshot) -> dict[str, list[list[str]]]:
    """What stands on each sheet, by kind."""
    return _Rows(taken).whole()


class _Rows:
    def __init__(self, taken: Snapshot) -> None:
        self._taken = taken
        self._cells = Cells(taken, Things(taken))
        self._tables = {table.kind: table for table in tables(taken)}
        self._found: dict[str, list[list[str]]] = {kind: [] for kind in self._tables}

    def whole(self) -> dict[str, list[list[str]]]:
        """All rows."""
        for document in self._documents():
            record = read(document, self._taken)
            state = digest(document)
            self._add(record.kind, self.of_record(record), state)
            for part in record.parts:
                self._add(PARTICIPATION, self.of_part(record, part), state)
            for cells in self.of_evidence(record):
                self._add(EVIDENCE, cells, state)
        return self._found

    def _documents(self) -> Iterator[Document]:
        found = [
            document
            for document in self._taken.documents.values()
            if document.kind in KINDS and tombstones.of(document) is None
        ]
        return iter(sorted(found, key=_order))

    def _add(self, kind: str, cells: dict[str, str], state: str) -> None:
        table = self._tables[kind]
        cells[STATE] = f"{state}-{fingerprint(table, cells)}"
        self._found[kind].append([cells.get(column.key, "") for column in table.columns])

    def of_record(self, record: Record) -> dict[str, str]:
        """The row of a thing."""
        web = {WEB: written(record.thing)} if record.kind == "source" else {}
        return {SLUG: record.slug, **web, **self._own(record.kind, record)}

    def of_part(self, record: Record, part: Part) -> dict[str, str]:
        """The row of a participation."""
        case = written(self._cells.things.shown(record.thing, ("case",)))
        return {OF_CASE: case, PART: part.name, **self._own(PARTICIPATION, part)}

    def _own(self, kind: str, said: Record | Part) -> dict[str, str]:
        return {
            column.key: self._cells.shown(said.values(column.field.path), column)
            for column in self._tables[kind].own
            if column.field is not None
        }

    def of_evidence(self, record: Record) -> Iterator[dict[str, str]]:
        """A row for each evidence in a document; of what holds for all values, one."""
        seen: set[str] = set()
        for column in self._tables[record.kind].own:
            assert column.field is not None, "these are the columns with a field"
            for statement in record.values(column.field.path):
                for each in statement.evidence:
                    if each.name not in seen:
                        seen.add(each.name)
                        yield self._proof(record, column, statement, each)

    def _proof(
        self, record: Record, column: Column, statement: Statement, each: Evidence
    ) -> dict[str, str]:
        value = "" if each.whole else written(self._cells.value(statement.value, column))
        return {
            OF_KIND: SINGULAR[record.kind],
            OF_THING: record.slug,
            OF_FIELD: column.title,
            OF_VALUE: value,
            PART: each.name,
            **told(each, self._tables[EVIDENCE], self._cells),
        }


def told(each: Evidence, table: Table, cells: Cells) -> dict[str, str]:
    """What evidence says, by the columns of its sheet."""
    said = {NOTE: written(each.note)}
    for key, name in EVIDENCE_KEYS.items():
        iri = str(getattr(each, name))
        said[key] = written(cells.value(f"<{iri}>", table.column(key))) if iri else ""
    return said


def _order(document: Document) -> tuple[int, int, str]:
    numbers: Iterable[object] = (
        document.graph.objects(None, WIJK.number) if document.kind == "case" else ()
    )
    listed: Sequence[str] = sorted(str(number) for number in numbers)
    number = int(listed[0]) if listed and listed[0].isdecimal() else 0
    return KINDS.index(document.kind), number, document.slug
