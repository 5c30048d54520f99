"""What a draft changes, field by field: what stands there now and what it becomes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wijk.editing.changes import FieldChange, changes, numbered
from wijk.editing.desk.drafts import Draft
from wijk.editing.desk.remarks import Remark
from wijk.editing.fields import Field, by_path
from wijk.editing.handing import Clash, based
from wijk.editing.kinds import PARTICIPATION
from wijk.editing.records import Evidence, Record, Statement
from wijk.editing.writing import path_of
from wijk.snapshot import Snapshot
from wijk.web.redactie.form.meaning import BASIS, STATUS, Meaning, called
from wijk.web.redactie.listing import KINDS


@dataclass(frozen=True)
class Said:
    """One value as people read it, and what it rests on: `Vermeld, bron: …`."""

    text: str
    proofs: tuple[str, ...]


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
        self._meaning = Meaning(taken, draft.records)
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
                self._label(clash.record, it.part, it.path),
                self._said(self._field(clash.record, it.part, it.path), it.ours),
                self._said(self._field(clash.record, it.part, it.path), it.theirs),
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
            field = self._field(record, change.part, change.path)
            here = tuple(it for it in about if (it.part, it.path) == (change.part, change.path))
            rows.append(
                Row(
                    f"veld-{number}-{at}",
                    change.part,
                    change.path,
                    self._label(record, change.part, change.path),
                    self._said(field, change.before),
                    self._said(field, change.after),
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
                (self._label if named else self._name)(now, it.part, it.path),
                (),
                self._new(self._field(now, it.part, it.path), it),
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
            for it, said in zip(new, self._said(field, new), strict=True)
        )

    def _fields(self, record: Record, part: str) -> Mapping[str, Field]:
        return by_path(self._taken, PARTICIPATION if part else record.kind)

    def _field(self, record: Record, part: str, path: str) -> Field | None:
        return self._fields(record, part).get(path)

    def _label(self, record: Record, part: str, path: str) -> str:
        name = self._name(record, part, path)
        return f"{name} ({self._part(record, part)})" if part else name

    def _name(self, record: Record, part: str, path: str) -> str:
        field = self._field(record, part, path)
        return field.name["nl"] if field else path

    def _part(self, record: Record, part: str) -> str:
        """Who takes part: the first thing that a part names."""
        there = dict(numbered(record)).get(part)
        fields = self._fields(record, part)
        for it in there.statements if there else ():
            if (field := fields.get(it.path)) is not None and field.value == "thing":
                return self._meaning.text(it.value, field)
        return "deelname"

    def _said(self, field: Field | None, said: Sequence[Statement]) -> tuple[Said, ...]:
        if field is None:
            return tuple(Said(it.value, ()) for it in said)
        return tuple(
            Said(self._meaning.text(it.value, field), tuple(self.proofs(it.evidence)))
            for it in said
        )

    def proofs(self, evidence: Iterable[Evidence]) -> Iterator[str]:
        """Each piece of evidence in words: `vermeld, Movisie, bladzijde 3`."""
        for it in evidence:
            basis, status = self._chosen(BASIS, it.basis), self._chosen(STATUS, it.status)
            source = self._meaning.source_text(it.source)
            words = [basis, "" if status == "zeker" else status, source, it.note]
            yield ", ".join(word for word in words if word)

    def _chosen(self, path: str, iri: str) -> str:
        choices = self._meaning.proof[path].choices
        return next((it.label for it in choices if it.iri == iri), "")
