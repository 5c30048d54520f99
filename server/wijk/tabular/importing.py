"""A workbook or table comes in: every cell is read, and the graph as it would be is checked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import PurePosixPath

from wijk.checking.findings import Finding
from wijk.checking.messages import code, level, sentence
from wijk.documents import Document
from wijk.editing.changes import FieldChange, changes
from wijk.editing.kinds import EVIDENCE, PARTICIPATION
from wijk.editing.records import path_of, written
from wijk.editing.statements import Record
from wijk.loaded import Snapshot
from wijk.tabular import rows
from wijk.tabular.cells import Cells
from wijk.tabular.exporting import fingerprint
from wijk.tabular.grid import Book, Unreadable
from wijk.tabular.intake import Entries, Entry
from wijk.tabular.knowing import Knowing, Known
from wijk.tabular.layout import Table, tables, this
from wijk.tabular.opening import opened
from wijk.tabular.problems import FOUT, Problem, Spot, once
from wijk.tabular.proving import Proving
from wijk.tabular.rows import Row
from wijk.tabular.taking import Taking
from wijk.tabular.things import Things

Judge = Callable[[Mapping[PurePosixPath, bytes | None]], Sequence[Finding]]
"""Findings about the graph as it would be with these files."""
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """One document that a workbook changes; `document` and `before` are None when it is new."""

    record: Record
    before: Record | None
    document: Document | None
    text: bytes

    @property
    def path(self) -> PurePosixPath:
        """Where its file stands."""
        return self.document.path if self.document else path_of(self.record)

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What is different, field by field."""
        return changes(self.before, self.record)


@dataclass(frozen=True)
class Taken:
    """What became of a file: what it changes, and what was found, worst first."""

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]

    @property
    def right(self) -> bool:
        """Whether all of it can be taken in."""
        return not any(problem.level == FOUT for problem in self.problems)


def take(
    content: bytes,
    taken: Snapshot,
    judge: Judge,
    sheet: str = "",
    tell: Tell = lambda done, of: None,
) -> Taken:
    """Read a file that an editor hands in, and check the graph as it would become.

    `content` is .xlsx, .ods, .csv or .tsv, at most `opening.LARGEST` bytes; `sheet` is what a
    table in text is. Nothing is written: whoever asked does that, when all of it is right.
    """
    try:
        book = opened(content)
    except Unreadable as error:
        return Taken((), (error.problem,))
    return taken_in(book, taken, judge, sheet, tell)


def taken_in(
    book: Book,
    taken: Snapshot,
    judge: Judge,
    sheet: str = "",
    tell: Tell = lambda done, of: None,
) -> Taken:
    """The same of a file that was read already."""
    listed = tables(taken)
    found = rows.found(book, listed, sheet)
    return _Import(taken, listed, judge, tell).whole(found)


class _Import:
    def __init__(self, taken: Snapshot, listed: Sequence[Table], judge: Judge, tell: Tell) -> None:
        self._taken, self._judge, self._tell = taken, judge, tell
        things = Things(taken)
        self._knowing = Knowing(taken, things)
        self._entries = Entries(taken)
        self._taking = Taking(Cells(taken, things), self._knowing, self._entries)
        self._proving = Proving(self._taking, {table.kind: table for table in listed})

    def whole(self, found: rows.Found) -> Taken:
        """All of it."""
        touched = [row for row in found.rows if not _untouched(row)]
        own = [row for row in touched if row.table.kind not in (PARTICIPATION, EVIDENCE)]
        known = [it for row in own if (it := self._knowing.known(row)) is not None]
        self._rows(touched, known)
        made = self._made()
        problems = [*found.problems, *self._knowing.problems, *self._taking.problems]
        for each in made:
            problems += self._told(self._entries.by_thing[each.record.thing])
        if made:
            problems += self._proving.rest()
        if not any(problem.level == FOUT for problem in problems):
            problems += self._judged(made)
        return Taken(tuple(made), once(problems))

    def _rows(self, touched: Sequence[Row], known: Sequence[Known]) -> None:
        parts = [row for row in touched if row.table.kind == PARTICIPATION]
        proofs = [row for row in touched if row.table.kind == EVIDENCE]
        steps = chain(
            (partial(self._taking.thing, each) for each in known),
            (partial(self._taking.part, row) for row in parts),
            (partial(self._proving.row, row) for row in proofs),
        )
        of = len(known) + len(parts) + len(proofs)
        for done, step in enumerate(steps, 1):
            step()
            self._tell(done, of)
        for entry in self._entries.by_thing.values():
            self._proving.fill(entry)

    def _made(self) -> list[Made]:
        found = []
        for entry in self._entries.by_thing.values():
            if entry.record == entry.before:
                continue
            text = written(entry.record, entry.document, self._taken)
            if entry.document is None or text != entry.document.source:
                found.append(Made(entry.record, entry.before, entry.document, text))
        return sorted(found, key=lambda it: it.path)

    def _told(self, entry: Entry) -> Iterable[Problem]:
        """Of what changes: how it was recognised, and whether that undoes the work of others."""
        if entry.known is not None:
            yield from self._knowing.told_by_name(entry.known)
        for row in entry.stale[:1]:
            said = (
                f"{this(entry.record.kind).capitalize()} is veranderd nadat dit werkboek is "
                "gemaakt. Haal een nieuw werkboek op, en doe je verandering daarin."
            )
            yield Problem("verouderd", FOUT, said, row.spot())

    def _judged(self, made: Sequence[Made]) -> Iterable[Problem]:
        """What a check of the graph as it would be says, at the cells that it is about."""
        if not made:
            return
        for finding in self._judge({each.path: each.text for each in made}):
            spot = self._spot(finding)
            if spot is not None or finding.severity == "violation":
                yield Problem(
                    code(finding),
                    level(finding, "nl"),
                    sentence(finding, "nl"),
                    spot or Spot(),
                    finding.field.get("nl", ""),
                    "",
                    next(iter(finding.suggested), ""),
                )

    def _spot(self, finding: Finding) -> Spot | None:
        entry: Entry | None = self._entries.by_thing.get(finding.thing.partition("#")[0])
        if entry is None:
            return None
        return entry.where(finding.thing, finding.property, finding.value)


def _untouched(row: Row) -> bool:
    """Whether a row is as it was exported: then it changes nothing, whatever it says."""
    return bool(row.state[1]) and row.state[1] == fingerprint(row.table, row.cells)
