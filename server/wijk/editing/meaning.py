"""What texts in the form mean, and how values are written: also of what is new in the draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from rdflib import Literal
from rdflib.namespace import DCTERMS, SDO, SKOS

from wijk import terms, tombstones, turtle
from wijk.editing.desk import drafts
from wijk.editing.desk.drafts import Draft
from wijk.editing.fields import Field, by_path, fields
from wijk.editing.records import Evidence, Record, Statement
from wijk.editing.values import Misread, shown, understood
from wijk.loaded import Snapshot
from wijk.namespaces import WIJK

NAMES = (str(DCTERMS.title), str(SDO.name))
SOURCE, BASIS, STATUS = str(DCTERMS.source), str(WIJK.basis), str(WIJK.status)
NOTE = str(SKOS.note)


class Meaning:
    """Of the graph that is served, with what is new in a draft."""

    def __init__(self, taken: Snapshot, records: Sequence[Record] = ()) -> None:
        self.taken = taken
        self._new = {it.thing: it for it in records if it.thing}

    def fields(self, kind: str) -> tuple[Field, ...]:
        """The fields of a kind."""
        return fields(self.taken, kind)

    @cached_property
    def proof(self) -> Mapping[str, Field]:
        """The fields of evidence, by the property."""
        return {it.path: it for it in self.fields("evidence")}

    def text(self, value: str, field: Field) -> str:
        """A value as it stands in the form; what was not understood as it was typed."""
        if (raw := drafts.as_typed(value)) is not None:
            return raw
        if field.value in ("line", "text"):
            return terms.lexical(value)
        here = self._new.get(terms.iri(value))
        if here is not None and (name := called(here)):
            return name
        return self._withdrawn(terms.iri(value)) or shown(value, field, self.taken)

    def value(self, text: str, field: Field, language: str = "") -> str:
        """The term that a text means; what is not understood is kept as typed."""
        if field.value == "thing" and (here := self._named(text, field)):
            return f"<{here}>"
        if any(it.iri == text for it in field.choices):
            return f"<{text}>"
        if field.value in ("line", "text"):
            usual = field.languages[0] if field.languages else None
            spoken = language if language in field.languages else usual
            return turtle.term(Literal(text.strip(), lang=spoken))
        meant = self._understood(text, field)
        return drafts.typed(text) if isinstance(meant, Misread) else meant

    def misread(self, value: str, field: Field) -> Misread | None:
        """Why a value stands as it was typed; None when it does not."""
        if (text := drafts.as_typed(value)) is None:
            return None
        meant = self._understood(text, field)
        return meant if isinstance(meant, Misread) else Misread("unknown", text)

    def source(self, text: str) -> str:
        """The IRI of the source that a text means; what is not understood is kept as typed."""
        if not text.strip():
            return ""
        value = self.value(text, self.proof[SOURCE])
        return drafts.typed_source(text) if drafts.as_typed(value) is not None else terms.iri(value)

    def source_text(self, source: str) -> str:
        """A source as it stands in the form."""
        if (raw := drafts.source_as_typed(source)) is not None or not source:
            return raw or ""
        return self.text(f"<{source}>", self.proof[SOURCE])

    def source_misread(self, source: str) -> Misread | None:
        """Why a source was not understood."""
        raw = drafts.source_as_typed(source)
        return None if raw is None else self.misread(drafts.typed(raw), self.proof[SOURCE])

    def reread(self, record: Record) -> Record:
        """The same with what was typed as what it means now; what means nothing stays typed."""
        parts = tuple(
            replace(it, statements=self._reread(it.kind, it.statements)) for it in record.parts
        )
        statements = self._reread(record.kind, record.statements)
        return replace(record, statements=statements, parts=parts)

    def reread_proof(self, evidence: Evidence) -> Evidence:
        """The same for the source of evidence."""
        raw = drafts.source_as_typed(evidence.source)
        return evidence if raw is None else replace(evidence, source=self.source(raw))

    def is_address(self, text: str) -> bool:
        """Whether a text is a web address, as of a source."""
        field = replace(self.proof[SOURCE], value="address", kinds=())
        return understood(text, field, self.taken) == f"<{text}>"

    def _reread(self, kind: str, said: Sequence[Statement]) -> tuple[Statement, ...]:
        known = by_path(self.taken, kind)
        return tuple(
            Statement(
                it.path,
                self.value(text, known[it.path])
                if (text := drafts.as_typed(it.value)) and it.path in known
                else it.value,
                tuple(map(self.reread_proof, it.evidence)),
            )
            for it in said
        )

    def _understood(self, text: str, field: Field) -> str | Misread:
        """What a text means to people: quotes around it are no syntax."""
        return understood(text.strip().strip('"'), field, self.taken)

    def _withdrawn(self, thing: str) -> str:
        """What is left to call a thing that was withdrawn; nothing for any other."""
        start = f"{self.taken.base}id/"
        document = self.taken.documents.get(thing.replace("/id/", "/doc/", 1))
        if not thing.startswith(start) or document is None or tombstones.of(document) is None:
            return ""
        return f"{document.slug.replace('-', ' ')} (ingetrokken)"

    def _named(self, text: str, field: Field) -> str:
        wanted = text.strip().casefold()
        for thing, record in self._new.items():
            if record.kind in field.kinds and wanted in (called(record).casefold(), thing):
                return thing
        return ""


def reread(draft: Draft, taken: Snapshot) -> Draft:
    """A draft with all that was typed as what it means now: what is new in the draft has names too.

    Whoever reads a draft reads it so: the rest sees a value, or what nobody understands.
    """
    meaning = Meaning(taken, draft.records)
    usual = draft.usual and meaning.reread_proof(draft.usual)
    return replace(draft, records=tuple(map(meaning.reread, draft.records)), usual=usual)


def together(records: Sequence[Record]) -> str:
    """What a draft is called in a list: all of the kind of its first, `Pluktuin en Kookclub`."""
    first = records[0].kind
    *most, last = [name for it in records if it.kind == first and (name := called(it))] or [""]
    return f"{', '.join(most)} en {last}" if most else last


def called(record: Record) -> str:
    """What a record is called: its title or its name, also when it is only typed."""
    for path in NAMES:
        for it in record.values(path):
            raw = drafts.as_typed(it.value)
            if text := (terms.lexical(it.value) if raw is None else raw).strip():
                return " ".join(text.split())
    return record.thing if record.kind == "source" and "://" in record.thing else ""
