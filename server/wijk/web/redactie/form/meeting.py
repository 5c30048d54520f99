"""Two people on one draft: what both entered comes together; where it cannot, one chooses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.responses import Response

from wijk.editing.changes import Conflict, merged
from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import Meaning, called
from wijk.editing.records import Record, Statement
from wijk.loaded import Snapshot
from wijk.web.redactie.form.inputs import Sent
from wijk.web.redactie.form.settling import moving
from wijk.web.redactie.visit import Visit
from wijk.web.views import Link

THEIRS, OURS = "hun", "mijn"


@dataclass(frozen=True)
class Disputed:
    """A field that both changed: the name of the choice, what it is, and both versions."""

    name: str
    thing: str
    field: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Meeting:
    """The records with what both entered; `met` says whether someone else did."""

    records: tuple[Record, ...]
    conflicts: tuple[tuple[Record, Conflict], ...] = ()
    met: bool = False

    @classmethod
    def of(
        cls, base: Draft, ours: Sequence[Record], theirs: Draft, sent: Sent, taken: Snapshot
    ) -> "Meeting":
        """Put together what was made of one version with what is there now."""
        if (base.records, base.usual) == (theirs.records, theirs.usual):
            return cls(tuple(ours))
        pairs, come = _paired(base, theirs)
        records: list[Record] = []
        conflicts: list[tuple[Record, Conflict]] = []
        for (was, their), our in zip(pairs, ours, strict=True):
            if their is None:
                records += [our] if our != was else []
                continue
            made = merged(was, our, their, taken)
            record = replace(made.record, slug=our.slug, thing=our.thing)
            for each in made.conflicts:
                choice = sent.one(_name(was, each))
                if choice == THEIRS:
                    record = _having(record, each, each.theirs)
                elif choice != OURS:
                    conflicts.append((was, each))
            records.append(record)
        return cls((*records, *come), tuple(conflicts), True)


def _paired(base: Draft, theirs: Draft) -> tuple[list[tuple[Record, Record | None]], list[Record]]:
    """Each thing of the version before with what it is now, and what came since.

    A new thing has another address when its title changed: then it is the one in the same place.
    """
    was = {it.thing for it in base.records}
    now = {it.thing: it for it in theirs.records}
    same: dict[str, str] = {}
    for at, it in enumerate(base.records):
        other = theirs.records[at] if at < len(theirs.records) else None
        if it.thing not in now and other and other.kind == it.kind and other.thing not in was:
            same[other.thing] = it.thing
    moved = {it.thing: it for it in moving(theirs.records, same)}
    known = {same.get(thing, thing): thing for thing in now}
    found = [moved.get(known.get(it.thing, "")) for it in base.records]
    pairs = list(zip(base.records, found, strict=True))
    return pairs, [it for it in moved.values() if same.get(it.thing, it.thing) not in was]


def page(visit: Visit, draft: Draft, met: Meeting, anew: str = "") -> Response:
    """Both versions of each field that both changed, side by side; nothing is saved yet.

    Its button saves, and does nothing else: the button that was pressed is left out.
    With `anew`, an address, theirs is what is published now, and the button makes a new draft.
    """
    meaning = Meaning(visit.site.snapshot, met.records)
    disputed = [_disputed(meaning, record, each) for record, each in met.conflicts]
    names = {it.name for it in disputed} | {"csrf", "actie"}
    return visit.shown(
        "samen.html",
        409,
        crumbs=[Link(draft.title or "Nog zonder titel", "")],
        draft=draft,
        anew=anew,
        disputed=disputed,
        fields=[it for it in visit.sent if it[0] not in names],
    )


def _disputed(meaning: Meaning, record: Record, each: Conflict) -> Disputed:
    part = record.part(each.part) if each.part else None
    kind = part.kind if part else record.kind
    field = next((it for it in meaning.fields(kind) if it.path == each.path), None)

    def told(statements: Sequence[Statement]) -> tuple[str, ...]:
        if field is None:
            return tuple(it.value for it in statements)
        return tuple(meaning.text(it.value, field) for it in statements)

    name = field.name["nl"] if field else each.path
    return Disputed(_name(record, each), called(record), name, told(each.ours), told(each.theirs))


def _name(record: Record, each: Conflict) -> str:
    return f"samen.{record.thing}.{each.part}.{each.path}"


def _having(record: Record, each: Conflict, rows: tuple[Statement, ...]) -> Record:
    if not each.part:
        return record.having(each.path, rows)
    parts = tuple(
        replace(it, statements=(*(s for s in it.statements if s.path != each.path), *rows))
        if it.name == each.part
        else it
        for it in record.parts
    )
    return replace(record, parts=parts)
