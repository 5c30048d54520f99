"""What a workbook changes, in words: field by field, what it was and what it is to be."""

from collections.abc import Iterable, Iterator, Mapping

from rdflib.namespace import DCTERMS, SDO

from wijk.editing.changes import FieldChange
from wijk.editing.kinds import PARTICIPATION
from wijk.editing.statements import Evidence, Statement
from wijk.loaded import Snapshot
from wijk.tabular.cells import Cells
from wijk.tabular.importing import Made
from wijk.tabular.layout import Column, Table, tables
from wijk.tabular.things import Things
from wijk.terms import lexical

_LONGEST = 100
_NAMES = (str(DCTERMS.title), str(SDO.name))
_NO_SOURCE = "eigen toekenning"


class Telling:
    """Tells changes with the names of fields and things that people know."""

    def __init__(self, taken: Snapshot, made: Iterable[Made]) -> None:
        self._cells = Cells(taken, Things(taken))
        self._columns = {table.kind: _by_path(table) for table in tables(taken)}
        self._new = {each.record.thing: _name(each) for each in made if each.document is None}

    def lines(self, made: Made) -> Iterator[str]:
        """Each change on lines of its own: `- ` what it was, `+ ` what it is to be."""
        ahead = [*self._columns[made.record.kind], *self._columns[PARTICIPATION]]
        for change in sorted(made.changes, key=lambda it: (it.part, ahead.index(it.path))):
            kind = PARTICIPATION if change.part else made.record.kind
            column = self._columns[kind].get(change.path)
            if column is not None:
                yield from self._change(change, column)

    def _change(self, change: FieldChange, column: Column) -> Iterator[str]:
        name = f"deelname {change.part}, {column.title}" if change.part else column.title
        before = {it.value: it for it in change.before}
        after = {it.value: it for it in change.after}
        for value in [value for value in before if value not in after]:
            yield f"- {name}: {self._shown(value, column)}"
        for value in [value for value in after if value not in before]:
            yield f"+ {name}: {self._shown(value, column)}"
        for sign, ours, other in (
            ("-", change.before, change.after),
            ("+", change.after, change.before),
        ):
            for said in self._sources(ours, other):
                yield f"{sign} bron bij {name}: {said}"

    def _sources(self, ours: Iterable[Statement], other: Iterable[Statement]) -> list[str]:
        known = {_about(it, each) for it in other for each in it.evidence}
        found = {
            _source(each) for it in ours for each in it.evidence if _about(it, each) not in known
        }
        return sorted(found)

    def _shown(self, value: str, column: Column) -> str:
        said = self._new.get(value.strip("<>")) or self._cells.value(value, column)
        flat = " ".join(said.split())
        return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"


def _about(statement: Statement, each: Evidence) -> tuple[object, ...]:
    """What evidence says, and of which value; what covers the field is about none."""
    return "" if each.whole else statement.value, each.content


def _source(each: Evidence) -> str:
    return each.source or _NO_SOURCE


def _name(made: Made) -> str:
    """What a new thing is called in the workbook that adds it; a source has its address."""
    told = (it for path in _NAMES for it in made.record.values(path))
    first = next(told, None) if made.record.kind != "source" else None
    return lexical(first.value) if first is not None else made.record.thing


def _by_path(table: Table) -> Mapping[str, Column]:
    return {column.field.path: column for column in table.own if column.field is not None}
