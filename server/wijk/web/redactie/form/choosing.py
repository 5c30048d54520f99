"""What two people made of one thing as one: where both changed the same, what was chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from wijk.editing.changes import Conflict, merged, resolved
from wijk.editing.desk import drafts
from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import NOTE, SOURCE, Meaning, called
from wijk.editing.records import Evidence, Record, Statement, path_of
from wijk.web.redactie.form.inputs import PROOF_OF, USUAL, Sent
from wijk.web.redactie.form.pairing import Pair

THEIRS, OURS = "hun", "mijn"
_NONE = Evidence("", "", "")
Sides = tuple[str, str, str]
"""A text as it was, as we have it and as they have it."""


@dataclass(frozen=True)
class Disputed:
    """What both changed: the name of the choice, what it is, and both versions."""

    name: str
    thing: str
    field: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The name of the input that has which version of theirs was on the page."""
        return f"{self.name}.getoond"

    @property
    def mark(self) -> str:
        """What theirs says, in short."""
        return sha256("\0".join(self.theirs).encode()).hexdigest()[:16]


class Choosing:
    """By what was sent; `usual` is the usual evidence as they have it.

    `conflicts` has what nobody chose yet: of that what is made has ours.
    """

    def __init__(self, sent: Sent, meaning: Meaning, usual: Evidence | None) -> None:
        self._sent = sent
        self._meaning = meaning
        self._usual = usual
        self.conflicts: list[Disputed] = []

    def record(self, pair: Pair, ours: Record, now: Record, theirs: Draft) -> Record:
        """A thing, of which they have `now`; what is published keeps its address."""
        base = pair.was
        made = merged(self._filled(base), self._filled(ours), now, self._meaning.taken)
        chosen = [it for it in made.conflicts if self._theirs(self._disputed(base, it))]
        record = pair.named(resolved(made.record, chosen))
        slug, thing = now.slug, now.thing
        if str(path_of(now)) not in theirs.bases:
            about = (f"samen.{base.thing}.", called(base))
            slug = self._either(
                (*about, "naam in het adres"), (base.slug, ours.slug, now.slug), str
            )
            thing = self._either((*about, "webadres"), (base.thing, ours.thing, now.thing), _told)
        return replace(record, slug=slug, thing=thing)

    def usual(self, base: Evidence | None, ours: Evidence | None) -> Evidence | None:
        """The usual evidence, each part of it by itself."""
        sides = zip(*((it or _NONE).content for it in (base, ours, self._usual)), strict=True)
        source, basis, status, note = map(self._part, PROOF_OF, sides)
        made = Evidence(source, basis, status, note)
        return made if made.source or made.basis or made.note else None

    def _part(self, path: str, sides: Sides) -> str:
        about = (f"samen.{USUAL}", "de vaste bron", self._meaning.proof[path].name["nl"])
        return self._either(about, sides, self._shown(path))

    def _either(
        self, about: tuple[str, str, str], sides: Sides, shown: Callable[[str], str]
    ) -> str:
        """One of three texts: what only one changed, or what was chosen."""
        base, ours, theirs = sides
        if ours == base:
            return theirs
        if theirs in (base, ours):
            return ours
        start, thing, field = about
        if shown(ours) == shown(theirs):
            return theirs
        told = (tuple(filter(None, [shown(it)])) for it in (ours, theirs))
        return theirs if self._theirs(Disputed(f"{start}.{field}", thing, field, *told)) else ours

    def _theirs(self, disputed: Disputed) -> bool:
        """Whether theirs was chosen; when nothing was, or of another text, that is to be done."""
        choice = self._sent.one(disputed.name)
        seen = self._sent.one(disputed.shown) == disputed.mark
        if choice not in (THEIRS, OURS) or not seen:
            self.conflicts.append(disputed)
        return choice == THEIRS and seen

    def _disputed(self, record: Record, each: Conflict) -> Disputed:
        part = record.part(each.part) if each.part else None
        fields = self._meaning.fields(part.kind if part else record.kind)
        field = next((it for it in fields if it.path == each.path), None)

        def told(statements: Sequence[Statement]) -> tuple[str, ...]:
            if field is None:
                return tuple(it.value for it in statements)
            return tuple(self._meaning.text(it.value, field) for it in statements)

        return Disputed(
            f"samen.{record.thing}.{each.part}.{each.path}",
            called(record),
            field.name["nl"] if field else each.path,
            told(each.ours),
            told(each.theirs),
        )

    def _shown(self, path: str) -> Callable[[str], str]:
        """How a part of evidence stands in the form."""
        field = self._meaning.proof[path]
        if path == SOURCE:
            return self._meaning.source_text
        return str if path == NOTE else lambda iri: self._meaning.text(f"<{iri}>", field)

    def _filled(self, record: Record) -> Record:
        """The same with what their usual evidence fills in: that nobody typed."""
        paths = {it.path for it in self._meaning.fields(record.kind) if it.evidence}
        said = (self._proven(it) if it.path in paths else it for it in record.statements)
        return replace(record, statements=tuple(said))

    def _proven(self, statement: Statement) -> Statement:
        own = tuple(it for it in statement.evidence if it.name != drafts.USUAL)
        if (own and own == statement.evidence) or drafts.as_typed(statement.value) == "":
            return replace(statement, evidence=own)
        usual = self._usual and replace(self._usual, name=drafts.USUAL, whole=False)
        return replace(statement, evidence=(usual, *own) if usual else own)


def _told(thing: str) -> str:
    """The address of a source; none when it has none yet."""
    return "" if thing.startswith("urn:wijk:") else thing
