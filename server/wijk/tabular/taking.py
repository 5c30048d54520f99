"""Takes the cells of rows into records: what did not change stays as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wijk.editing.kinds import PARTICIPATION
from wijk.editing.names import free
from wijk.editing.sites import sited
from wijk.editing.statements import Part, Statement, general
from wijk.editing.values import Misread
from wijk.namespaces import WIJK
from wijk.tabular import saying
from wijk.tabular.cells import Cells, written
from wijk.tabular.intake import Entries, Entry, with_part
from wijk.tabular.knowing import Knowing, Known
from wijk.tabular.layout import OF_CASE, PART, Column, Table
from wijk.tabular.problems import FOUT, LET_OP, Problem
from wijk.tabular.rows import Row
from wijk.terms import iri

_NEWLY = "Vul deze cel in, bijvoorbeeld {example}."


class Taking:
    """Takes in rows, one sheet after the other; what cannot be read is told."""

    def __init__(self, cells: Cells, knowing: Knowing, entries: Entries) -> None:
        self.cells, self.knowing, self.entries = cells, knowing, entries
        self.problems: list[Problem] = []

    def thing(self, known: Known) -> None:
        """Take in the row of a thing with a document of its own."""
        entry, row = self.entries.of(known), known.row
        stale(entry, row)
        for column in row.table.own:
            if column.field is None or column.key not in row.columns:
                continue
            path = column.field.path
            made = self.changed(entry.record.values(path), row, column)
            if made is not None:
                entry.record = entry.record.having(path, made)
            entry.mark(row, column.key, path)
            for statement in entry.record.values(path):
                entry.mark(row, column.key, path, value=statement.value)
        entry.record = sited(entry.record)

    def look(self, row: Row) -> None:
        """Tell which cells cannot be read of a row that cannot be taken in."""
        for column in row.table.own:
            self.changed((), row, column)

    def _lost(self, row: Row) -> None:
        self.entries.lost.append(row)
        self.look(row)

    def changed(
        self, before: Sequence[Statement], row: Row, column: Column
    ) -> tuple[Statement, ...] | None:
        """What a cell makes of the statements of its field; None when it leaves them.

        An empty cell takes away what was exported in it, and leaves what was not.
        """
        text, stated = row.get(column.key), [it for it in before if it.stated]
        if text == self.cells.shown(stated, column):
            return None
        if not text and not row.state[0]:
            return None
        made = self._meant(stated, row, column)
        kept = [it for it in before if not it.stated]
        return None if made is None else (*made, *kept)

    def _meant(
        self, stated: Sequence[Statement], row: Row, column: Column
    ) -> list[Statement] | None:
        assert column.field is not None, "only columns with a field have values"
        known = {written(self.cells.value(it.value, column)): it for it in stated}
        terms = {it.value: it for it in stated}
        proof = tuple(it for it in general(stated) if not it.candidate)
        found: list[Statement] = []
        for piece in self.cells.pieces(row.get(column.key), column):
            if piece in known:
                found.append(known[piece])
                continue
            meant = self.cells.term(self._on_one_line(piece, row, column), column)
            if isinstance(meant, Misread):
                self.problems.append(saying.misread(meant, column, row.spot(column.key)))
            else:
                found.append(terms.get(meant) or Statement(column.field.path, meant, proof))
        right = len(found) == len(self.cells.pieces(row.get(column.key), column))
        return list(dict.fromkeys(found)) if right else None

    def _on_one_line(self, text: str, row: Row, column: Column) -> str:
        """A text that is one line, also when it was typed on more of them: that is told."""
        if column.value != "line" or column.many or "\n" not in text:
            return text
        said = f"“{column.title}” is één regel. De regels in deze cel staan nu achter elkaar."
        spot = row.spot(column.key)
        self.problems.append(Problem("een-regel", LET_OP, said, spot, column.title, text))
        return " ".join(text.split())

    def one(self, row: Row, column: Column, needed: bool = False) -> str:
        """The IRI that a cell of one word means; empty when it has none, or no known one."""
        text = row.get(column.key)
        if not text:
            if needed:
                said = _NEWLY.format(example=column.example)
                made = Problem("leeg", FOUT, said, row.spot(column.key), column.title)
                self.problems.append(made)
            return ""
        meant = self._word(text, column)
        if isinstance(meant, Misread):
            self.problems.append(saying.misread(meant, column, row.spot(column.key)))
            return ""
        return iri(meant)

    def _word(self, text: str, column: Column) -> str | Misread:
        return self.cells.term(text, column)

    def part(self, row: Row) -> None:
        """Take in the row of a participation."""
        case = self.one(row, row.table.column(OF_CASE), needed=True)
        if not case:
            self._lost(row)
            return
        document = self.cells.things.documents.get(case)
        entry = self.entries.open("case", case.rpartition("/")[2], case, document)
        stale(entry, row)
        name = row.get(PART)
        there = entry.record.part(name) if name else None
        if name and there is None:
            said = (
                f"Er is geen deelname “{name}” bij deze casus. Laat deze cel leeg bij een nieuwe "
                "rij."
            )
            title = row.table.column(PART).title
            self.problems.append(Problem("onbekend", FOUT, said, row.spot(PART), title, name))
            self._lost(row)
        elif row.removed:
            parts = tuple(it for it in entry.record.parts if it.name != name)
            entry.record = replace(entry.record, parts=parts)
        else:
            self._put(entry, row, there or Part(PARTICIPATION, "", ()))

    def _put(self, entry: Entry, row: Row, part: Part) -> None:
        paths = [it.field.path for it in row.table.own if it.field is not None]
        by_path = {path: part.values(path) for path in paths}
        for column in row.table.own:
            if column.field is not None and column.key in row.columns:
                made = self.changed(by_path[column.field.path], row, column)
                if made is not None:
                    by_path[column.field.path] = made
        statements = tuple(it for each in by_path.values() for it in each)
        if not part.name:
            part = _same(entry, statements) or Part(PARTICIPATION, _name(entry, by_path), ())
        made_part = replace(part, statements=statements)
        entry.record = with_part(entry.record, made_part, part.name)
        _marked(entry, row, made_part, row.table)


def stale(entry: Entry, row: Row) -> None:
    """Remember a row that was touched and stood in a workbook of an earlier state."""
    if row.state[0] and row.state[0] != entry.state:
        entry.stale.append(row)


def _same(entry: Entry, statements: Sequence[Statement]) -> Part | None:
    """The part that says just this already: then the row adds nothing."""
    said = {it.content for it in statements}
    return next(
        (it for it in entry.record.parts if {each.content for each in it.statements} == said), None
    )


def _name(entry: Entry, by_path: Mapping[str, Sequence[Statement]]) -> str:
    """A free name for a new part: after its actor."""
    actors = by_path.get(str(WIJK.actor), ())
    start = iri(actors[0].value).rpartition("/")[2] if actors else ""
    return free(start or PARTICIPATION, [it.name for it in entry.record.parts])


def _marked(entry: Entry, row: Row, part: Part, table: Table) -> None:
    for column in table.own:
        if column.field is not None and column.key in row.columns:
            entry.mark(row, column.key, column.field.path, part.name)
            for statement in part.values(column.field.path):
                entry.mark(row, column.key, column.field.path, part.name, statement.value)
