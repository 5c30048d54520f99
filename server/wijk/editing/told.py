"""What a record says and what changed in it, in the words of its fields."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wijk.editing.changes import numbered
from wijk.editing.fields import Field, by_path
from wijk.editing.kinds import PARTICIPATION
from wijk.editing.meaning import BASIS, STATUS, Meaning
from wijk.editing.statements import Evidence, Record, Statement


@dataclass(frozen=True)
class Said:
    """One value as people read it, and what it rests on: `Vermeld, bron: …`."""

    text: str
    proofs: tuple[str, ...]


class Words:
    """How statements are told, by what names and values mean."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def label(self, part: str, path: str, record: Record, before: Record | None = None) -> str:
        """What a field is called, of a part with who takes part: by the record before if need be.

        A record that has lost a part does not know it any more.
        """
        name = self.name(record, part, path)
        if not part:
            return name
        known = (self._part(it, part) for it in (record, before) if it is not None)
        return f"{name} ({next(filter(None, known), 'deelname')})"

    def name(self, record: Record, part: str, path: str) -> str:
        """What a field is called."""
        field = self.field(record, part, path)
        return field.name["nl"] if field else path

    def field(self, record: Record, part: str, path: str) -> Field | None:
        """The field that a property is."""
        return self._fields(record, part).get(path)

    def said(self, field: Field | None, said: Sequence[Statement]) -> tuple[Said, ...]:
        """Each statement as people read it."""
        if field is None:
            return tuple(Said(it.value, ()) for it in said)
        return tuple(
            Said(self._meaning.text(it.value, field), tuple(self.proofs(it.evidence)))
            for it in said
        )

    def _fields(self, record: Record, part: str) -> Mapping[str, Field]:
        return by_path(self._meaning.taken, PARTICIPATION if part else record.kind)

    def _part(self, record: Record, part: str) -> str:
        """Who takes part: the first thing that a part names; nothing when there is none."""
        there = dict(numbered(record)).get(part)
        fields = self._fields(record, part)
        for it in there.statements if there else ():
            if (field := fields.get(it.path)) is not None and field.value == "thing":
                return self._meaning.text(it.value, field)
        return ""

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
