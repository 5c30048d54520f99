"""Takes in where facts come from: rows of evidence, and what a row says for all that is new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from wijk.editing.fields import Field
from wijk.editing.kinds import EVIDENCE
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
    ROW_BASIS,
    ROW_SOURCE,
    SINGULAR,
    Column,
    Table,
    the,
)
from wijk.tabular.problems import FOUT, LET_OP, TIP, Problem, Spot, several
from wijk.tabular.rows import Row
from wijk.tabular.taking import Taking, stale
from wijk.tabular.things import folded

_ASSERTED = "zeker"


@dataclass
class Proving:
    """Brings evidence to the statements of records."""

    taking: Taking
    tables: dict[str, Table]
    idle: dict[str, list[int]] = field(default_factory=dict)

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
            return
        if not thing or (each is None and not row.removed):
            self._value(row, column)
            return
        document = self.taking.cells.things.documents.get(thing)
        slug = document.slug if document else thing.rpartition("/")[2]
        entry = self.taking.entries.open(kind, slug, thing, document)
        stale(entry, row)
        if name:
            entry.record = _without(entry.record, name)
        if each is not None:
            self._put(entry, row, column, each)

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
        begin = f'"{said}" is geen veld van {the(kind)}.' if said else "Vul het veld in."
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

    def _put(self, entry: Entry, row: Row, column: Column, each: Evidence) -> None:
        assert column.field is not None, "this is a column with a field"
        path = column.field.path
        statements = list(entry.record.values(path))
        chosen = self._chosen(statements, row, column, each)
        if chosen is None:
            return
        for at, statement in enumerate(statements):
            told = {it.content for it in statement.evidence}
            if statement in chosen and each.content not in told:
                statements[at] = replace(statement, evidence=(*statement.evidence, each))
        entry.record = entry.record.having(path, tuple(statements))
        entry.spots.setdefault((entry.record.thing,), row.spot())
        entry.spots.setdefault((entry.record.thing, path), row.spot(OF_VALUE))

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
                self._tell(row, OF_VALUE, f'De cel "{column.title}" is leeg. Vul de waarde in.')
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
                f'"{text[:80]}" staat niet in de kolom "{column.title}". Schrijf de waarde net '
                "zoals daar. Laat je deze cel leeg, dan geldt de bron voor alles wat daar staat."
            )
            self._tell(row, OF_VALUE, said)
        return same or None

    def look(self, row: Row) -> None:
        """Tell which cells cannot be read of a row that cannot be taken in."""
        self.taking.look(row)
        self._given(row)

    def fill(self, entry: Entry) -> None:
        """Give what is new in a row the source of that row, where it has none of its own."""
        if entry.known is None:
            return
        row, used = entry.known.row, False
        given = self._given(row)
        if given is None and (row.get(ROW_SOURCE) or row.get(ROW_BASIS)):
            return  # It cannot be read: what is new gets nothing, and nothing is said of it.
        for column in row.table.own:
            if column.field is None or not column.field.evidence:
                continue
            used |= self._fill(entry, row, column, column.field, given)
        if row.get(ROW_SOURCE) and not used and entry.record != entry.before:
            self.idle.setdefault(row.sheet, []).append(row.number)

    def _fill(
        self, entry: Entry, row: Row, column: Column, field: Field, given: Evidence | None
    ) -> bool:
        """Give the new values of one field what is given; tells whether any took it."""
        now = entry.record.values(field.path)
        before = entry.before.values(field.path) if entry.before else ()
        known = {it.value for it in before}
        general = any(each.whole for it in before for each in it.evidence)
        bare = [it for it in now if not it.evidence and it.value not in known]
        if not bare or general:
            return False
        old = [each for it in before for each in it.evidence]
        found = (given,) if given else tuple(old) if not column.many else ()
        if found and not given:
            self._kept(row, column)
        made = tuple(replace(it, evidence=found) if it in bare else it for it in now)
        entry.record = entry.record.having(field.path, made)
        return given is not None

    def _given(self, row: Row) -> Evidence | None:
        """What a row says for all that is new in it."""
        if not row.get(ROW_SOURCE) and not row.get(ROW_BASIS):
            return None
        table = self.tables[EVIDENCE]
        source = self.taking.one(row, row.table.column(ROW_SOURCE))
        basis = self.taking.one(
            row,
            replace(table.column("grondslag"), key=ROW_BASIS),
            needed=ROW_BASIS in row.columns,
        )
        zeker = self.taking.cells.term(_ASSERTED, table.column("zekerheid"))
        assert isinstance(zeker, str), "the list of the shapes has the word"
        return Evidence(source, basis, zeker[1:-1]) if basis else None

    def _kept(self, row: Row, column: Column) -> None:
        said = (
            f'"{column.title}" is veranderd. De bron van de oude waarde blijft erbij staan. Klopt '
            "dat niet? Vul dan de bron van deze rij in."
        )
        spot = row.spot(column.key)
        self.problems.append(Problem("bron-blijft", LET_OP, said, spot, column.title))

    def rest(self) -> Iterable[Problem]:
        """The cells with a source that was not needed."""
        for sheet, rows in self.idle.items():
            many = len(rows) > 1
            said = (
                f"In {'de rijen' if many else 'rij'} {several(rows)} is niets nieuws dat een bron "
                "nodig heeft. De bron van de rij is daar niet gebruikt."
            )
            yield Problem("bron-niet-gebruikt", TIP, said, Spot(sheet, rows[0]))

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
