"""Gives what is new in a row the source that the row says for all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from wijk.editing.fields import Field
from wijk.editing.statements import Evidence, Statement, general
from wijk.tabular.intake import Entry
from wijk.tabular.layout import ROW_BASIS, ROW_SOURCE, Column, Table
from wijk.tabular.problems import LET_OP, TIP, Problem, Spot, several
from wijk.tabular.rows import Row
from wijk.tabular.taking import Taking

_ASSERTED = "zeker"


@dataclass
class Sourcing:
    """Brings the source of a row to what is new in it; `evidence` is the sheet of evidence."""

    taking: Taking
    evidence: Table
    idle: dict[str, list[int]] = field(default_factory=dict)

    def look(self, row: Row) -> None:
        """Tell which cells cannot be read of a row that cannot be taken in."""
        self.taking.look(row)
        self.given(row)

    def fill(self, entry: Entry) -> None:
        """Give what is new in a row the source of that row, where it has none of its own.

        So too in a field that needs no source and has one.
        """
        if entry.known is None:
            return
        row, used = entry.known.row, False
        given = self.given(row)
        if given is None and (row.get(ROW_SOURCE) or row.get(ROW_BASIS)):
            return  # It cannot be read: what is new gets nothing, and nothing is said of it.
        for column in row.table.own:
            if column.field is None:
                continue
            before = entry.before.values(column.field.path) if entry.before else ()
            if not column.field.evidence and not any(it.evidence for it in before):
                continue
            used |= self._fill(entry, row, column, column.field, given)
        if row.get(ROW_SOURCE) and not used and entry.record != entry.before:
            self.idle.setdefault(row.sheet, []).append(row.number)

    def _fill(
        self, entry: Entry, row: Row, column: Column, field: Field, given: Evidence | None
    ) -> bool:
        """Give the new values of one field what is given; tells whether any took it.

        What covers the whole field covers them already, and stays.
        """
        before = entry.before.values(field.path) if entry.before else ()
        known = {it.value for it in before}
        covering = {it.content for it in general(before)}
        now = entry.record.values(field.path)
        new = [it for it in now if it.value not in known]
        bare = [it for it in new if all(each.content in covering for each in it.evidence)]
        if not bare:
            return False
        own = [each for it in before if it.stated for each in it.evidence if not each.whole]
        found = (given,) if given else tuple(own) if not column.many else ()
        self._stays(row, column, bare[0].evidence, () if given else found)
        made = tuple(proven(it, found) if it in bare else it for it in now)
        entry.record = entry.record.having(field.path, made)
        return given is not None

    def given(self, row: Row) -> Evidence | None:
        """What a row says for all that is new in it."""
        if not row.get(ROW_SOURCE) and not row.get(ROW_BASIS):
            return None
        source = self.taking.one(row, row.table.column(ROW_SOURCE))
        basis = self.taking.one(
            row,
            replace(self.evidence.column("grondslag"), key=ROW_BASIS),
            needed=ROW_BASIS in row.columns,
        )
        zeker = self.taking.cells.term(_ASSERTED, self.evidence.column("zekerheid"))
        assert isinstance(zeker, str), "the list of the shapes has the word"
        return Evidence(source, basis, zeker[1:-1]) if basis else None

    def _stays(
        self, row: Row, column: Column, covering: Sequence[Evidence], kept: Sequence[Evidence]
    ) -> None:
        """Tell that sources that were there stay at what is new."""
        changed, spot = f"“{column.title}” is veranderd.", row.spot(column.key)
        if any(it.source for it in covering):
            said = (
                f"{changed} De bron die voor alles in dit veld geldt, blijft erbij staan. Klopt "
                "dat niet? Verander die dan op het blad Onderbouwing."
            )
            self._tell(Problem("bron-geldt", LET_OP, said, spot, column.title))
        elif any(it.source for it in kept):
            said = (
                f"{changed} De bron van de oude waarde blijft erbij staan. Klopt dat niet? Vul "
                "dan de bron van deze rij in."
            )
            self._tell(Problem("bron-blijft", LET_OP, said, spot, column.title))

    def _tell(self, problem: Problem) -> None:
        self.taking.problems.append(problem)

    def rest(self) -> Iterable[Problem]:
        """The cells with a source that was not needed."""
        for sheet, rows in self.idle.items():
            many = len(rows) > 1
            said = (
                f"Wat nieuw is in {'de rijen' if many else 'rij'} {several(rows)}, heeft geen bron "
                "nodig of heeft er al een. De bron van de rij is daar niet gebruikt."
            )
            yield Problem("bron-niet-gebruikt", TIP, said, Spot(sheet, rows[0]))


def proven(statement: Statement, found: Iterable[Evidence]) -> Statement:
    """The statement with this evidence too, each once."""
    told = {each.content for each in statement.evidence}
    new = (each for each in found if each.content not in told)
    return replace(statement, evidence=(*statement.evidence, *new))
