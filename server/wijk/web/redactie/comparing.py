"""What a draft changes, field by field: what stands there now and what it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wijk.editing.changes import FieldChange, changes
from wijk.editing.desk.drafts import Draft
from wijk.editing.desk.remarks import Remark
from wijk.editing.fields import Field
from wijk.editing.handing import Clash, based
from wijk.editing.meaning import Meaning, called
from wijk.editing.records import Record
from wijk.editing.told import Said, Words
from wijk.editing.writing import path_of
from wijk.snapshot import Snapshot
from wijk.web.redactie.listing import KINDS


@dataclass(frozen=True)
class Row:
    """A field that becomes otherwise; `id` is its place on the page."""

    id: str
    part: str
    path: str
    label: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A thing of the draft with what becomes otherwise of it."""

    thing: str
    kind: str
    title: str
    new: bool
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A field that two people changed: what the draft says and what is there now."""

    name: str
    thing: str
    label: str
    ours: tuple[Said, ...]
    theirs: tuple[Said, ...]


class Comparing:
    """Of one draft, in the words of the fields."""

    def __init__(self, draft: Draft, taken: Snapshot, remarks: Sequence[Remark] = ()) -> None:
        self._draft, self._taken = draft, taken
        self.words = Words(Meaning(taken, draft.records))
        self._remarks = [it for it in remarks if not it.done]

    def sheets(self) -> list[Sheet]:
        """Each thing of the draft that becomes otherwise, or of which something was said."""
        found = [self._sheet(number, it) for number, it in enumerate(self._draft.records)]
        return [it for it in found if it.rows or it.new or it.remarks]

    def typed(self, before: Sequence[Record], named: bool = True) -> list[Sheet]:
        """Of each thing what became otherwise since it was as before, and nothing that stood there.

        Unless `named` also the names of the things and of their parts are left out.
        """
        found = [
            self._typed(number, was, now, named)
            for number, (was, now) in enumerate(zip(before, self._draft.records, strict=True))
        ]
        return [it for it in found if it.rows]

    def choices(self, clashes: Sequence[Clash]) -> list[Choice]:
        """What is to be chosen before this can go on."""
        return [
            Choice(
                f"{clash.record.thing} {it.part} {it.path}",
                called(clash.record),
                self.words.label(it.part, it.path, clash.record),
                self.words.said(self.words.field(clash.record, it.part, it.path), it.ours),
                self.words.said(self.words.field(clash.record, it.part, it.path), it.theirs),
            )
            for clash in clashes
            for it in clash.conflicts
        ]

    def _sheet(self, number: int, record: Record) -> Sheet:
        text = self._draft.bases.get(str(path_of(record)))
        before = based(text, record, self._taken) if text is not None else None
        about = [it for it in self._remarks if it.record == record.thing]
        rows: list[Row] = []
        for at, change in enumerate(changes(before, record)):
            field = self.words.field(record, change.part, change.path)
            here = tuple(it for it in about if (it.part, it.path) == (change.part, change.path))
            rows.append(
                Row(
                    f"veld-{number}-{at}",
                    change.part,
                    change.path,
                    self.words.label(change.part, change.path, record, before),
                    self.words.said(field, change.before),
                    self.words.said(field, change.after),
                    here,
                )
            )
        shown = {it for row in rows for it in row.remarks}
        rest = tuple(it for it in about if it not in shown)
        title, kind = called(record) or "Nog zonder titel", KINDS[record.kind][1]
        return Sheet(record.thing, kind, title, before is None, tuple(rows), rest)

    def _typed(self, number: int, was: Record, now: Record, named: bool) -> Sheet:
        rows = [
            Row(
                f"veld-{number}-{at}",
                it.part,
                it.path,
                self.words.label(it.part, it.path, now, was)
                if named
                else self.words.name(now, it.part, it.path),
                (),
                self._new(self.words.field(now, it.part, it.path), it),
            )
            for at, it in enumerate(changes(was, now))
        ]
        title = called(now) if named else ""
        return Sheet(now.thing, KINDS[now.kind][1], title, False, tuple(rows))

    def _new(self, field: Field | None, change: FieldChange) -> tuple[Said, ...]:
        """What was not said before, with the evidence that was not there before."""
        had = {it.content for it in change.before}
        values = {it.value for it in change.before}
        proofs = {each.content for it in change.before for each in it.evidence}
        new = [
            replace(it, evidence=tuple(e for e in it.evidence if e.content not in proofs))
            for it in change.after
            if it.content not in had
        ]
        return tuple(
            replace(said, text="") if it.value in values else said
            for it, said in zip(new, self.words.said(field, new), strict=True)
        )
