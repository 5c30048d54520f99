"""The form of a draft as a template shows it: things, groups, boxes, rows and their evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wijk.editing.desk import drafts
from wijk.editing.desk.remarks import Remark
from wijk.editing.fields import Field
from wijk.editing.meaning import BASIS, STATUS, Meaning, called
from wijk.editing.records import Evidence, Part, Record, Statement, path_of
from wijk.web.redactie.form.inputs import PROOF, of_record
from wijk.web.redactie.form.options import Option, chosen, options


@dataclass(frozen=True)
class Fault:
    """What is wrong with an input, or else with a thing; `level` is fout, let op or tip."""

    at: str
    text: str
    level: str = "fout"
    nearest: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True)
class Proof:
    """One piece of evidence in the form; `help` says what to choose, and what nothing means.

    `faults` is by its inputs; of an `unknown` source nothing is known here.
    """

    name: str
    source: str
    bases: tuple[Option, ...]
    states: tuple[Option, ...]
    note: str
    faults: Mapping[str, tuple[Fault, ...]]
    unknown: bool
    new: bool
    help: Mapping[str, str] = field(default_factory=dict)

    @property
    def basis(self) -> str:
        """What it rests on, in a word."""
        return next((it.label for it in self.bases if it.chosen and it.value), "")


@dataclass(frozen=True)
class Row:
    """One value in the form; `there` is whether it is kept already."""

    name: str
    text: str
    language: str
    faults: tuple[Fault, ...]
    proofs: tuple[Proof, ...]
    there: bool
    typed: bool


@dataclass(frozen=True)
class Box:
    """One field in the form."""

    name: str
    field: Field
    widget: str
    rows: tuple[Row, ...]
    options: tuple[Option, ...]
    whole: tuple[Proof, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]

    @property
    def wrong(self) -> bool:
        """Whether something is wrong with the field itself."""
        return any(it.level == "fout" for it in self.faults)

    @property
    def target(self) -> str:
        """Its first input, to go to."""
        return f"{self.name}.o0" if self.widget == "vinkjes" else self.rows[0].name


@dataclass(frozen=True)
class Group:
    """Boxes under one heading."""

    heading: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Sheet:
    """A thing of the draft, or a part of it."""

    name: str
    kind: str
    heading: str
    record: Record
    groups: tuple[Group, ...]
    new: bool
    faults: tuple[Fault, ...] = ()
    parts: tuple["Sheet", ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All of its boxes, and those of its parts."""
        own = tuple(box for group in self.groups for box in group.boxes)
        return own + tuple(box for part in self.parts for box in part.boxes)

    @property
    def wrong(self) -> bool:
        """Whether something is wrong in it."""
        rows = any(row.faults for box in self.boxes for row in box.rows)
        return rows or bool(self.faults) or any(box.faults for box in self.boxes)


@dataclass(frozen=True)
class Showing:
    """Makes the form; `faults` by the name of the input, `more` the names that get an empty row."""

    draft: drafts.Draft
    meaning: Meaning
    faults: Mapping[str, Sequence[Fault]]
    remarks: Sequence[Remark] = ()
    more: frozenset[str] = field(default_factory=frozenset)

    def sheets(self) -> tuple[Sheet, ...]:
        """The things of the draft, in order."""
        return tuple(self._sheet(number, it) for number, it in enumerate(self.draft.records))

    def usual(self) -> Proof:
        """The usual evidence of the draft."""
        help = {
            name: f"{self.meaning.proof[of].help['nl']} Kies je niets, dan geldt: {otherwise}."
            for name, of, otherwise in (("basis", BASIS, "vermeld"), ("status", STATUS, "zeker"))
        }
        return replace(self._proof("vast.b0", self.draft.usual), help=help)

    def _sheet(self, number: int, record: Record) -> Sheet:
        name = of_record(number)
        parts = tuple(
            self._part(of_record(number, at), record, part) for at, part in enumerate(record.parts)
        )
        return Sheet(
            *(name, record.kind, called(record), record),
            self._groups(name, record.kind, record.statements, record.thing, ""),
            str(path_of(record)) not in self.draft.bases,
            tuple(self.faults.get(name, ())),
            parts,
        )

    def _part(self, name: str, record: Record, part: Part) -> Sheet:
        groups = self._groups(name, part.kind, part.statements, record.thing, part.name)
        boxes = [box for group in groups for box in group.boxes]
        named = next((row.text for box in boxes[:1] for row in box.rows), "")
        return Sheet(name, part.kind, named, record, groups, True, tuple(self.faults.get(name, ())))

    def _groups(
        self, prefix: str, kind: str, said: Iterable[Statement], thing: str, part: str
    ) -> tuple[Group, ...]:
        rows: dict[str, list[Statement]] = {}
        for it in said:
            rows.setdefault(it.path, []).append(it)
        grouped: dict[str, list[Box]] = {}
        for each in self.meaning.fields(kind):
            remarks = tuple(
                it for it in self.remarks
                if (it.record, it.part, it.path) == (thing, part, each.path) and not it.done
            )  # fmt: skip
            box = self._box(f"{prefix}.{each.key}", each, rows.get(each.path, []), remarks)
            grouped.setdefault(each.heading["nl"], []).append(box)
        return tuple(Group(heading, tuple(boxes)) for heading, boxes in grouped.items())

    def _box(
        self, name: str, each: Field, said: Sequence[Statement], remarks: tuple[Remark, ...]
    ) -> Box:
        widget = _widget(each)
        ticked = widget == "vinkjes"
        rows = [self._row(f"{name}.{at}", each, it) for at, it in enumerate(said)]
        if ticked:
            rows = [it for it in rows if any(not proof.new for proof in it.proofs)]
        elif not rows or name in self.more:
            rows.append(self._row(f"{name}.{len(rows)}", each, None))
        whole = [e for e in (said[0].evidence if said else ()) if e.whole]
        shared = self._proofs(f"{name}.alle", whole) if whole or ticked else ()
        return Box(
            *(name, each, widget, tuple(rows), options(each, said)),
            shared if each.evidence else (),
            tuple(self.faults.get(name, ())),
            remarks,
        )

    def _row(self, name: str, each: Field, said: Statement | None) -> Row:
        text = self.meaning.text(said.value, each) if said else ""
        own = [it for it in said.evidence if not it.whole] if said else []
        shared = said is not None and any(it.whole for it in said.evidence)
        proofs = self._proofs(name, own) if each.evidence and not (shared and not own) else ()
        language = said.value.rpartition("@")[2] if said and '"@' in said.value else ""
        typed = said is not None and drafts.as_typed(said.value) is not None
        faults = tuple(self.faults.get(name, ()))
        return Row(name, text, language, faults, proofs, said is not None, typed)

    def _proofs(self, name: str, said: Sequence[Evidence]) -> tuple[Proof, ...]:
        shown = [self._proof(f"{name}.b{at}", it) for at, it in enumerate(said)]
        if not shown or name in self.more:
            shown.append(self._proof(f"{name}.b{len(shown)}", None))
        return tuple(shown)

    def _proof(self, name: str, said: Evidence | None) -> Proof:
        fields = self.meaning.proof
        return Proof(
            name,
            self.meaning.source_text(said.source) if said else "",
            chosen(fields[BASIS].choices, said.basis if said else ""),
            chosen(fields[STATUS].choices, said.status if said else ""),
            said.note if said else "",
            {it: tuple(self.faults[at]) for it in PROOF if (at := f"{name}.{it}") in self.faults},
            said is not None and self.meaning.source_misread(said.source) is not None,
            said is None,
        )


def _widget(each: Field) -> str:
    if each.value == "choice":
        return "vinkjes" if each.many else "keuze"
    return {"boolean": "ja-nee", "text": "tekst", "thing": "ding"}.get(each.value, "regel")
