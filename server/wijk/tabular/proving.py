"""Takes in where facts come from, as the rows of evidence say it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wijk.editing.statements import Evidence, Record, Statement
from wijk.editing.values import Misread
from wijk.tabular import saying
from wijk.tabular.cells import written
from wijk.tabular.exporting import EVIDENCE_KEYS, NOTE
from wijk.tabular.intake import Entry
from wijk.tabular.layout import (
    NAMES,
    OF_FIELD,
    OF_KIND,
    OF_THING,
    OF_VALUE,
    PART,
    SINGULAR,
    Column,
    Table,
    the,
)
from wijk.tabular.problems import FOUT, Problem
from wijk.tabular.rows import Row
from wijk.tabular.sourcing import proven
from wijk.tabular.taking import Taking, stale
from wijk.tabular.things import folded


@dataclass
class Proving:
    """Brings evidence to the statements of records."""

    taking: Taking
    tables: dict[str, Table]

    @property
    def problems(self) -> list[Problem]:
        """Where all is told."""
        return self.taking.problems

    def row(self, row: Row) -> None:
        """Take in a row of evidence."""
        kind, thing = self._about(row)
        column = self._column(row, kind) if kind else None
        name = row.get(PART)
        each = None if row.removed else self._evidence(row, name)
        if column is None or column.field is None:
            self._lost(row, thing or kind)
        elif not thing or (each is None and not row.removed):
            self._value(row, column)
            self._lost(row, thing or kind, column.field.path)
        else:
            self._take(row, self._entry(kind, thing), column, each)

    def _entry(self, kind: str, thing: str) -> Entry:
        document = self.taking.cells.things.documents.get(thing)
        slug = document.slug if document else thing.rpartition("/")[2]
        return self.taking.entries.open(kind, slug, thing, document)

    def _take(self, row: Row, entry: Entry, column: Column, each: Evidence | None) -> None:
        """Put evidence in the place of what had its name; when it cannot, that stays."""
        before = entry.record
        stale(entry, row)
        if name := row.get(PART):
            entry.record = _without(entry.record, name)
        if each is not None and not self._put(entry, row, column, each):
            entry.record = before
            assert column.field is not None, "this is a column with a field"
            self._lost(row, before.thing, column.field.path)

    def _lost(self, row: Row, whose: str, path: str = "") -> None:
        """Remember a row that cannot be taken in: whose evidence, and for which property."""
        entries = self.taking.entries
        entries.lost.append(row)
        if not row.removed:
            entries.doubts.add((whose, path))

    def _about(self, row: Row) -> tuple[str, str]:
        """The kind and IRI of the thing that evidence is about; empty when it cannot be told."""
        kinds = {SINGULAR[kind]: kind for kind in NAMES}
        said, name = folded(row.get(OF_KIND)), row.get(OF_THING)
        kind = kinds.get(said, "")
        if not kind or self.tables[kind].own == ():
            offered = ", ".join(word for word, _ in row.table.column(OF_KIND).choices)
            self._tell(row, OF_KIND, f"Kies waar deze rij over gaat: {offered}.")
            return "", ""
        column = replace(row.table.column(OF_THING), value="thing", kinds=(kind,))
        if not name:
            self._tell(row, OF_THING, f"Vul in over welke {SINGULAR[kind]} deze rij gaat.")
            return kind, ""
        return kind, self.taking.one(row, column)

    def _column(self, row: Row, kind: str) -> Column | None:
        wanted = folded(row.get(OF_FIELD).rstrip(" *"))
        for column in self.tables[kind].own:
            if folded(column.title) == wanted:
                return column
        titles = [column.title for column in self.tables[kind].own]
        said = row.get(OF_FIELD)
        begin = f"“{said}” is geen veld van {the(kind)}." if said else "Vul het veld in."
        self._tell(row, OF_FIELD, f"{begin} Kies uit: {', '.join(titles)}.")
        return None

    def _evidence(self, row: Row, name: str) -> Evidence | None:
        before = len(self.problems)
        said = {
            own: self.taking.one(row, row.table.column(key), needed=key != "bron")
            for key, own in EVIDENCE_KEYS.items()
        }
        whole = not row.get(OF_VALUE)
        made = Evidence(**said, note=row.get(NOTE), name=name, whole=whole)
        return made if len(self.problems) == before else None

    def _put(self, entry: Entry, row: Row, column: Column, each: Evidence) -> bool:
        """Bring evidence to what it is about; tells whether that is there."""
        assert column.field is not None, "this is a column with a field"
        path = column.field.path
        statements = list(entry.record.values(path))
        chosen = self._chosen(statements, row, column, each)
        if chosen is None:
            return False
        made = (proven(it, (each,)) if it in chosen else it for it in statements)
        entry.record = entry.record.having(path, tuple(made))
        entry.spots.setdefault((entry.record.thing,), row.spot())
        entry.spots.setdefault((entry.record.thing, path), row.spot(OF_VALUE))
        return True

    def _value(self, row: Row, column: Column) -> None:
        """Tell that the value of a row cannot be read, when the row cannot be taken in."""
        meant = self.taking.cells.term(row.get(OF_VALUE), column) if row.get(OF_VALUE) else ""
        if isinstance(meant, Misread):
            self.problems.append(saying.misread(meant, column, row.spot(OF_VALUE)))

    def _chosen(
        self, statements: list[Statement], row: Row, column: Column, each: Evidence
    ) -> Sequence[Statement] | None:
        """The statements that evidence is about; of a candidate it may be a new one."""
        stated = [it for it in statements if it.stated]
        text = row.get(OF_VALUE)
        if each.whole:
            if not stated:
                self._tell(row, OF_VALUE, f"De cel “{column.title}” is leeg. Vul de waarde in.")
            return stated or None
        cells = self.taking.cells
        shown = [it for it in statements if written(cells.value(it.value, column)) == text]
        if shown:
            return shown
        meant = cells.term(text, column)
        if isinstance(meant, Misread):
            self.problems.append(saying.misread(meant, column, row.spot(OF_VALUE)))
            return None
        same = [it for it in statements if it.value == meant]
        if not same and each.candidate and column.field is not None:
            same = [Statement(column.field.path, meant)]
            statements += same
        if not same:
            said = (
                f"“{text[:80]}” staat niet in de kolom “{column.title}”. Schrijf de waarde net "
                "zoals daar. Laat je deze cel leeg, dan geldt de bron voor alles wat daar staat."
            )
            self._tell(row, OF_VALUE, said)
        return same or None

    def _tell(self, row: Row, key: str, text: str) -> None:
        title = row.table.column(key).title
        self.problems.append(Problem(key, FOUT, text, row.spot(key), title, row.get(key)))


def _without(record: Record, name: str) -> Record:
    """The record without the evidence of that name, and without what only it was about."""
    found = []
    for statement in record.statements:
        kept = tuple(it for it in statement.evidence if it.name != name)
        if kept or statement.stated:
            found.append(replace(statement, evidence=kept))
    return replace(record, statements=tuple(found))
