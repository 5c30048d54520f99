"""Reads a form back into the records that it was made of. What is unchanged stays as it was."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from wijk.editing.desk import drafts
from wijk.editing.fields import Field
from wijk.editing.meaning import BASIS, STATUS, Meaning
from wijk.editing.names import slugged
from wijk.editing.records import Evidence, Part, Record, Statement
from wijk.editing.statements import general
from wijk.web.redactie.form.inputs import PROOF, USUAL, Sent, of_record

Statements = tuple[Statement, ...]
Proofs = tuple[Evidence, ...]


class Taking:
    """Takes in what was sent; `gone` is the name of a value, or of evidence, that is taken out.

    `known` are the things that have a document: those keep their address.
    """

    def __init__(
        self, sent: Sent, meaning: Meaning, known: Collection[str] = (), gone: str = ""
    ) -> None:
        self._sent = sent
        self._meaning = meaning
        self._known = known
        self._gone = gone
        self._proofs_of = {
            path: {it.iri for it in meaning.proof[path].choices} for path in (BASIS, STATUS)
        }

    def records(self, before: Sequence[Record]) -> tuple[Record, ...]:
        """The records as they are in the form."""
        return tuple(self._record(number, it) for number, it in enumerate(before))

    def usual(self, before: Evidence | None) -> Evidence | None:
        """The usual evidence of the draft."""
        found = self._proof(f"{USUAL}.b0", before)
        return found if found and (found.source or found.basis or found.note) else None

    def _record(self, number: int, record: Record) -> Record:
        prefix = of_record(number)
        parts = tuple(
            self._part(of_record(number, at), part) for at, part in enumerate(record.parts)
        )
        slug, thing = record.slug, record.thing
        if record.thing not in self._known:
            slug = slugged(self._sent.one(f"{prefix}.adresnaam")) or record.slug
            if record.kind == "source":
                thing = self._sent.one(f"{prefix}.webadres").strip() or record.thing
        statements = self._statements(prefix, record.kind, record.statements)
        return replace(record, slug=slug, thing=thing, statements=statements, parts=parts)

    def _part(self, prefix: str, part: Part) -> Part:
        return replace(part, statements=self._statements(prefix, part.kind, part.statements))

    def _statements(self, prefix: str, kind: str, before: Statements) -> Statements:
        """The statements, each property where it stood, and then those of new ones."""
        by_path = {it.path: list[Statement]() for it in before}
        for it in before:
            by_path[it.path].append(it)
        for field in self._meaning.fields(kind):
            name = f"{prefix}.{field.key}"
            if self._sent.has(f"{name}.er"):
                rows = tuple(by_path.get(field.path, ()))
                by_path[field.path] = list(self._field(name, field, rows))
        return tuple(it for rows in by_path.values() for it in rows)

    def _field(self, name: str, field: Field, before: Statements) -> Iterator[Statement]:
        whole = self._whole(name, before)
        if field.value == "choice" and field.many:
            yield from self._chosen(name, field, before, whole)
            return
        seen = set()
        rows = [f"{name}.{at}" for at in range(self._sent.count(name))]
        for at, row in enumerate(rows):
            old = before[at] if at < len(before) else None
            found = None if row == self._gone else self._row(row, field, old, whole)
            if found is not None and (found.value not in seen or found.evidence):
                seen.add(found.value)
                yield found
        if not seen and self._gone not in rows:
            yield from self._noted(field, whole, before)

    def _row(
        self, name: str, field: Field, old: Statement | None, whole: Proofs
    ) -> Statement | None:
        """One value; None when there is none, or not any more."""
        text = self._sent.value(name)
        if field.value != "text":
            text = text.strip().replace("\n", " ")
        had = tuple(it for it in old.evidence if not it.whole) if old else ()
        own = self._proofs(name, had)
        if not text.strip():
            empty = old is None or drafts.as_typed(old.value) == ""
            return _nothing(field, own) if empty or _more(own, had) else None
        evidence = own + whole
        if old is not None and self._same(name, text, field, old):
            return replace(old, evidence=evidence)
        language = self._sent.one(f"{name}.taal")
        return Statement(field.path, self._meaning.value(text, field, language), evidence)

    def _same(self, name: str, text: str, field: Field, old: Statement) -> bool:
        if drafts.as_typed(old.value) is not None:
            return False
        language = self._sent.one(f"{name}.taal")
        if language and not old.value.endswith(f"@{language}"):
            return False
        now = self._meaning.text(old.value, field)
        # A thing may be called otherwise by now, or be withdrawn, than when the form was made.
        shown = {now, self._sent.one(f"{name}.stond", now)}
        return text in (shown if field.value == "text" else {it.strip() for it in shown})

    def _chosen(
        self, name: str, field: Field, before: Statements, whole: Proofs
    ) -> Iterator[Statement]:
        """What is ticked: first what was there."""
        ticked = dict.fromkeys(self._sent.all(name))
        allowed = {it.iri for it in field.choices}
        for at, old in enumerate(before):
            if ticked.pop(old.value[1:-1], old) is None:
                own = tuple(it for it in old.evidence if not it.whole)
                yield replace(old, evidence=self._proofs(f"{name}.{at}", own) + whole)
        for iri in ticked:
            if iri in allowed:
                yield Statement(field.path, f"<{iri}>", whole)
        if not self._sent.has(name):
            yield from self._noted(field, whole, before)

    def _noted(self, field: Field, whole: Proofs, before: Statements) -> Iterator[Statement]:
        """What was entered of where all values come from, of which there is none."""
        empty = all(drafts.as_typed(it.value) == "" for it in before)
        if (empty or _more(whole, general(before))) and (said := _nothing(field, whole)):
            yield said

    def _whole(self, name: str, before: Statements) -> Proofs:
        """The evidence for all values of a field."""
        proofs = self._proofs(f"{name}.alle", general(before))
        return tuple(replace(it, whole=True) for it in proofs)

    def _proofs(self, name: str, before: Proofs) -> Proofs:
        count = self._sent.proofs(name)
        if not count:
            return before
        found = (
            self._proof(f"{name}.b{at}", before[at] if at < len(before) else None)
            for at in range(count)
            if f"{name}.b{at}" != self._gone
        )
        return tuple(it for it in found if it is not None)

    def _proof(self, name: str, old: Evidence | None) -> Evidence | None:
        """One piece of evidence; None when nothing of it was entered."""
        bron, basis, status, note = (self._sent.one(f"{name}.{it}") for it in PROOF)
        source = self._sent.one(f"{name}.bron.keuze") or bron
        basis = self._allowed(basis, BASIS, old.basis if old else "")
        status = self._allowed(status, STATUS, old.status if old else "")
        if not (source.strip() or note.strip() or basis):
            return None
        known = old is not None and self._meaning.source_text(old.source) == source.strip()
        iri = old.source if old is not None and known else self._meaning.source(source)
        name_of, whole = (old.name, old.whole) if old else ("", False)
        made = Evidence(iri, basis, status, note.strip(), name_of, whole)
        # What somebody made of the usual evidence is their own from now on.
        own = old is not None and name_of == drafts.USUAL and made.content != old.content
        return replace(made, name="") if own else made

    def _allowed(self, iri: str, path: str, old: str) -> str:
        """One of the values of a list, or what it was; else nothing."""
        return iri if iri == old or iri in self._proofs_of[path] else ""


def _more(now: Proofs, before: Proofs) -> bool:
    """Whether evidence was entered that was not there before."""
    return not {it.content for it in now} <= {it.content for it in before}


def _nothing(field: Field, evidence: Proofs) -> Statement | None:
    """What was entered of where a value comes from that is not there; None when that is nothing."""
    entered = tuple(it for it in evidence if it.source or it.note)
    return Statement(field.path, drafts.typed(""), entered) if entered else None
