"""What follows from what was entered: usual evidence, addresses, and who refers to them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rdflib import URIRef

from wijk.editing import naming
from wijk.editing.desk import drafts
from wijk.editing.meaning import BASIS, SOURCE, STATUS, Meaning, called
from wijk.editing.names import free, slugged
from wijk.editing.records import Evidence, Part, Record, Statement
from wijk.editing.sites import sited
from wijk.namespaces import WIJK

Statements = tuple[Statement, ...]
_PLACE = ("http://purl.org/dc/terms/spatial", "https://schema.org/containedInPlace")
_WITH_OWN = ("lesson", "participation")
"""What has its source and basis as fields of its own."""


class Settling:
    """Of a draft that had those records; `known` are the things that have a document already.

    What `was`, the usual evidence before, filled in follows the usual evidence of now.
    """

    def __init__(
        self,
        meaning: Meaning,
        before: Sequence[Record],
        known: Sequence[str],
        usual: Evidence | None,
        was: Evidence | None = None,
    ) -> None:
        self._meaning = meaning
        self._taken = meaning.taken
        self._before = {it.thing: it for it in before}
        self._known = frozenset(known)
        base = f"{self._taken.base}id"
        self._stated = Evidence("", f"{base}/basis/stated", f"{base}/status/asserted")
        self._usual: Evidence | None = None
        self._usual = self._whole(usual) if usual else None
        self._was = was

    @property
    def usual(self) -> Evidence | None:
        """The usual evidence, as far as it was entered, whole."""
        return self._usual

    def records(self, records: Sequence[Record]) -> tuple[Record, ...]:
        """The records with all that follows."""
        moved: dict[str, str] = {}
        named: list[Record] = []
        for it in map(self._filled, records):
            made = it if it.thing in self._known else self._named(it, named)
            moved[it.thing] = made.thing
            named.append(made)
        return moving(named, moved)

    def _filled(self, record: Record) -> Record:
        paths = {it.path for it in self._meaning.fields(record.kind) if it.evidence}
        statements = tuple(self._proven(it) if it.path in paths else it for it in record.statements)
        if record.kind in _WITH_OWN and record.thing not in self._known:
            statements = self._own(record.kind, statements)
        parts: list[Part] = []
        for it in record.parts:
            names = [each.name for each in (*record.parts, *parts)]
            written = self._written(record, it)
            parts.append(it if written else self._part(it, names))
        return sited(replace(record, statements=statements, parts=tuple(parts)))

    def _written(self, record: Record, part: Part) -> bool:
        """Whether a part stands in a document already."""
        document = self._taken.documents.get(f"{self._taken.base}doc/{record.kind}/{record.slug}")
        there = (URIRef(f"{record.thing}#{part.name}"), None, None)
        return document is not None and there in document.graph

    def _part(self, part: Part, names: Sequence[str]) -> Part:
        """A new part: it is named after its actor, and has the usual evidence."""
        if part.name != unnamed(part.id):
            return replace(part, statements=self._own(part.kind, part.statements))
        fields = {it.path: it for it in self._meaning.fields(part.kind)}
        actors = [it for it in part.values(str(WIJK.actor)) if drafts.as_typed(it.value) is None]
        told = self._meaning.text(actors[0].value, fields[actors[0].path]) if actors else ""
        name = free(slugged(told) or part.kind, names) if actors else part.name
        return replace(part, name=name, statements=self._own(part.kind, part.statements))

    def _proven(self, statement: Statement) -> Statement:
        own = tuple(self._whole(it) for it in statement.evidence if it.name != drafts.USUAL)
        follows = len(own) < len(statement.evidence) or not own
        if follows and self._usual is not None and drafts.as_typed(statement.value) != "":
            usual = replace(self._usual, name=drafts.USUAL, whole=False)
            return replace(statement, evidence=(usual, *own))
        return replace(statement, evidence=own)

    def _whole(self, evidence: Evidence) -> Evidence:
        """The same with what the usual evidence rests on, and sure, when that was left open."""
        basis = evidence.basis or (self._usual or self._stated).basis
        return replace(evidence, basis=basis, status=evidence.status or self._stated.status)

    def _own(self, kind: str, statements: Statements) -> Statements:
        """The same with source, basis and status, when something else is entered."""
        if self._was is not None and self._was != self._usual:
            filled = {Statement(*it) for it in self._as_fields(self._was).items()}
            if filled <= set(statements):
                statements = tuple(it for it in statements if it not in filled)
        said = {it.path for it in statements}
        if self._usual is None or not said:
            return statements
        more = self._as_fields(self._usual)
        new = (Statement(path, value) for path, value in more.items() if path not in said)
        return (*statements, *new)

    def _as_fields(self, evidence: Evidence) -> Mapping[str, str]:
        """Evidence as the fields of what has its own: the value of each property."""
        raw = drafts.source_as_typed(evidence.source)
        source = drafts.typed(raw) if raw is not None else f"<{evidence.source}>"
        more = {BASIS: f"<{evidence.basis}>", STATUS: f"<{evidence.status}>"}
        return more | ({SOURCE: source} if evidence.source else {})

    def _named(self, record: Record, others: Sequence[Record]) -> Record:
        """A new thing under the name that follows from its title, unless another was chosen."""
        before, slug, thing = self._before.get(record.thing), record.slug, record.thing
        also = {it.slug for it in others if it.kind == record.kind}
        if before is not None and slug != before.slug:
            slug = slugged(slug) or before.slug
        elif called(record) and (before is None or self._follows(before, also)):
            slug = self._slug(record, also)
        if record.kind != "source":
            thing = f"{self._taken.base}id/{record.kind}/{slug}"
        return replace(record, slug=slug, thing=thing)

    def _follows(self, record: Record, also: set[str]) -> bool:
        """Whether its name is the one that followed from its title."""
        return record.slug == unnamed(record.id) or record.slug == self._slug(record, also)

    def _slug(self, record: Record, also: set[str]) -> str:
        places = [it for path in _PLACE for it in record.values(path)][:1]
        fields = {it.path: it for it in self._meaning.fields(record.kind)}
        place = "".join(self._meaning.text(it.value, fields[it.path]) for it in places)
        return naming.slug(record.kind, called(record), place, self._taken, also)


def unnamed(id: str) -> str:
    """The name of what is new, as long as it has no better one."""
    return f"nieuw-{id}"


def moving(records: Sequence[Record], moved: Mapping[str, str]) -> tuple[Record, ...]:
    """The records, which refer to things by what those are called now."""
    changed = {old: new for old, new in moved.items() if old != new}
    return tuple(_moving(it, changed) for it in records) if changed else tuple(records)


def _moving(record: Record, moved: Mapping[str, str]) -> Record:
    terms = {f"<{old}>": f"<{new}>" for old, new in moved.items()}

    def said(statements: Statements) -> Statements:
        return tuple(
            Statement(
                it.path,
                terms.get(it.value, it.value),
                tuple(replace(e, source=moved.get(e.source, e.source)) for e in it.evidence),
            )
            for it in statements
        )

    parts = tuple(replace(it, statements=said(it.statements)) for it in record.parts)
    return replace(record, statements=said(record.statements), parts=parts)
