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
from wijk.tabular import causes, rows
from wijk.tabular.cells import Cells
from wijk.tabular.exporting import fingerprint
from wijk.tabular.grid import Book, Unreadable
from wijk.tabular.intake import Entries, Entry
from wijk.tabular.knowing import Knowing, Known
from wijk.tabular.layout import Table, tables, this
from wijk.tabular.opening import UNPACKED, opened
from wijk.tabular.problems import FOUT, Problem, Spot, once
from wijk.tabular.proving import Proving
from wijk.tabular.rows import Row
from wijk.tabular.sourcing import Sourcing
from wijk.tabular.taking import Taking
from wijk.tabular.things import Things
from wijk.tabular.unread import Unread, unread

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


@dataclass(frozen=True)
class Given:
    """What was read of a file, and not checked yet as the graph that it would make."""

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
    entries: Mapping[str, Entry]
    unread: Unread

    @property
    def files(self) -> Mapping[PurePosixPath, bytes]:
        """The files that it would write."""
        return {each.path: each.text for each in self.made}

    def judged(self, findings: Iterable[Finding]) -> Taken:
        """With what a check found of the graph as it would be, each at its cell."""
        told, rest = self.causes(findings)
        found = (self._at_its_cell(finding) for finding in rest)
        made = tuple(it for it in self.made if not self.entries[it.record.thing].nameless)
        return Taken(made, once([*self.problems, *told, *filter(None, found)]))

    def causes(self, findings: Iterable[Finding]) -> tuple[list[Problem], list[Finding]]:
        """What is missing in a row as a whole, and the other findings that follow from nothing."""
        files = {str(path) for path in self.files}
        turned = (finding.turned(files) for finding in findings)
        own = [finding for finding in turned if not self.follows(finding)]
        return causes.of_rows(causes.once_in_a_row(own, self.spot), self.entries)

    def spot(self, finding: Finding) -> Spot | None:
        """The cell, or else the row, that a finding about the graph is about."""
        entry = self.entries.get(finding.thing.partition("#")[0])
        return entry.where(finding.thing, finding.property, finding.value) if entry else None

    def said(self, finding: Finding) -> str:
        """What stands in the cell that a finding about the graph is about."""
        spot, entry = self.spot(finding), self.entries.get(finding.thing.partition("#")[0])
        return entry.texts.get(spot, "") if entry is not None and spot is not None else ""

    def _at_its_cell(self, finding: Finding) -> Problem | None:
        """The finding about a cell; None when it is about nothing in it, and stops nothing."""
        spot = self.spot(finding)
        if spot is None and finding.severity != "violation":
            return None
        return Problem(
            code(finding),
            level(finding, "nl"),
            sentence(finding, "nl"),
            spot or Spot(),
            finding.field.get("nl", ""),
            self.said(finding),
            next(iter(finding.suggested), ""),
        )

    def follows(self, finding: Finding) -> bool:
        """Whether it may be found only because something could not be read."""
        entry = self.entries.get(finding.thing.partition("#")[0])
        return self.unread.follows(finding, entry, self.spot(finding))


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
    found = read(content, taken, sheet, tell)
    return found.judged(judge(found.files) if found.made else ())


def read(
    content: bytes,
    taken: Snapshot,
    sheet: str = "",
    tell: Tell = lambda done, of: None,
    unpacked: int = UNPACKED,
) -> Given:
    """The same without the check of the graph: for who asks that elsewhere.

    A workbook may be `unpacked` bytes once it is unpacked.
    """
    try:
        book = opened(content, unpacked)
    except Unreadable as error:
        return Given((), (error.problem,), {}, Unread())
    return read_of(book, taken, sheet, tell)


def read_of(
    book: Book, taken: Snapshot, sheet: str = "", tell: Tell = lambda done, of: None
) -> Given:
    """The same of a file that was opened already."""
    listed = tables(taken)
    return _Import(taken, listed, rows.found(book, listed, sheet), tell).whole()


class _Import:
    def __init__(
        self, taken: Snapshot, listed: Sequence[Table], found: rows.Found, tell: Tell
    ) -> None:
        self._taken, self._found, self._tell = taken, found, tell
        things = Things(taken)
        self._entries = Entries(taken)
        dark = unread((), found.problems, self._entries, found.covered)
        self._knowing = Knowing(taken, things, dark.hides)
        self._taking = Taking(Cells(taken, things), self._knowing, self._entries)
        by_kind = {table.kind: table for table in listed}
        self._proving = Proving(self._taking, by_kind)
        self._sourcing = Sourcing(self._taking, by_kind[EVIDENCE])

    def whole(self) -> Given:
        """All of it."""
        found = self._found
        touched = [row for row in found.rows if not _untouched(row)]
        own = [row for row in touched if row.table.kind not in (PARTICIPATION, EVIDENCE)]
        things = [(row, self._knowing.known(row)) for row in own]
        self._rows(touched, [it for _, it in things if it is not None])
        for row in (row for row, it in things if it is None):
            self._entries.lost.append(row)
            self._sourcing.look(row)
        made = self._made()
        of_cells = [*self._knowing.problems, *self._taking.problems]
        old = [it for each in made for it in self._told(self._entries.by_thing[each.record.thing])]
        missed = unread(touched, [*found.problems, *of_cells, *old], self._entries, found.covered)
        of_cells = causes.named(missed.there(of_cells), self._entries.lost)
        problems = [*found.problems, *causes.apart(found.problems, of_cells, found.covered), *old]
        if made:
            problems += self._sourcing.rest()
        return Given(tuple(made), tuple(problems), self._entries.by_thing, missed)

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
            self._sourcing.fill(entry)

    def _made(self) -> list[Made]:
        found, entries = [], self._entries.by_thing.values()
        for done, entry in enumerate(entries, 1):
            self._tell(done, len(entries))
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


def _untouched(row: Row) -> bool:
    """Whether a row is as it was exported: then it changes nothing, whatever it says."""
    return bool(row.state[1]) and row.state[1] == fingerprint(row.table, row.cells)
