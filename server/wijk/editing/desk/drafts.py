"""A draft: what someone is entering, whole or not yet.

It has the record that it is about and the things that are made along with it. What was typed and
not understood stands in a record as it was typed: a term that says so, and that no document has.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import quote, unquote

from rdflib import Literal, URIRef

from wijk import terms, turtle
from wijk.editing.kinds import KINDS
from wijk.editing.records import Evidence, Part, Record, Statement

STATES = ("draft", "checked", "review", "returned", "published", "dropped")
OPEN = STATES[:4]
"""States of a draft that is still worked on."""
_TYPED = URIRef("urn:wijk:getypt")
_ADDRESS = f"{_TYPED}:"
USUAL = "vaste bron"
"""The name of evidence in a draft that is there because the usual evidence is: it follows that."""


@dataclass(frozen=True)
class Draft:
    """One draft; `id` cannot be guessed, `version` rises with each time it is saved.

    `bases` has the text of each document it began from by its path; what is new has none. `records`
    begins with what the draft is about. `usual` is the evidence of what is entered without any,
    `by` who saved this version, `brought` the documents that were published with it.
    """

    id: str
    kind: str
    slug: str
    title: str
    author: str
    state: str
    made: str
    changed: str
    version: int
    records: tuple[Record, ...]
    bases: Mapping[str, str] = field(default_factory=dict)
    usual: Evidence | None = None
    by: str = ""
    brought: tuple[str, ...] = ()

    @property
    def record(self) -> Record:
        """What it is about."""
        return self.records[0]

    @property
    def open(self) -> bool:
        """Whether it is still worked on."""
        return self.state in OPEN


def typed(text: str) -> str:
    """What was typed and not understood, as a term."""
    return turtle.term(Literal(text, datatype=_TYPED))


def as_typed(value: str) -> str | None:
    """What was typed, of such a term; None of any other."""
    if not value.endswith(f"^^<{_TYPED}>"):
        return None
    return terms.lexical(value)


def typed_source(text: str) -> str:
    """What was typed as a source and not understood, where an IRI stands."""
    return _ADDRESS + quote(text, safe="")


def source_as_typed(source: str) -> str | None:
    """What was typed, of such a source; None of any other."""
    return unquote(source.removeprefix(_ADDRESS)) if source.startswith(_ADDRESS) else None


def unclear(record: Record) -> bool:
    """Whether anything in a record stands as it was typed."""
    said = (*record.statements, *(each for it in record.parts for each in it.statements))
    return any(
        as_typed(it.value) is not None
        or any(source_as_typed(each.source) is not None for each in it.evidence)
        for it in said
    )


def understood(record: Record) -> Record:
    """The same without what was not understood: as much of it as can be written."""
    parts = tuple(Part(it.kind, it.name, tuple(_kept(it.statements))) for it in record.parts)
    statements = tuple(_kept(record.statements))
    return Record(record.kind, record.slug, record.thing, statements, parts)


def _kept(statements: tuple[Statement, ...]) -> Iterator[Statement]:
    for it in statements:
        if as_typed(it.value) is None:
            sources = (
                replace(each, name="") if each.name == USUAL else each
                for each in it.evidence
                if source_as_typed(each.source) is None
            )
            yield Statement(it.path, it.value, tuple(sources))


def new_id() -> str:
    """An id for a thing or a part of a draft, that nothing else in it has or had."""
    return secrets.token_hex(4)


def identified(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The records, of which each thing and part that had no id yet has one."""
    return tuple(
        replace(
            record,
            id=record.id or new_id(),
            parts=tuple(replace(it, id=it.id or new_id()) for it in record.parts),
        )
        for record in records
    )


def same(record: Record, was: Record) -> Record:
    """A record with the ids of one of the same thing, and of its parts of the same name."""
    ids = {it.name: it.id for it in was.parts}
    parts = tuple(replace(it, id=ids.get(it.name, "")) for it in record.parts)
    return replace(record, id=was.id, parts=parts)


def to_json(records: tuple[Record, ...], usual: Evidence | None, bases: Mapping[str, Any]) -> str:
    """What a draft holds, to be kept."""
    told = {
        "records": [asdict(it) for it in records],
        "usual": asdict(usual) if usual else None,
        "bases": dict(bases),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[tuple[Record, ...], Evidence | None, Mapping[str, str]]:
    """The records, the usual evidence and the texts it began from.

    What is of no kind that has a document of its own is left out: it cannot be shown or written.
    """
    told = json.loads(text)
    records = tuple(_record(it) for it in told["records"] if it["kind"] in KINDS)
    return records, Evidence(**told["usual"]) if told["usual"] else None, told["bases"]


def _record(told: Mapping[str, Any]) -> Record:
    parts = (Part(it["kind"], it["name"], _statements(it), it["id"]) for it in told["parts"])
    about = told["kind"], told["slug"], told["thing"]
    return Record(*about, _statements(told), tuple(parts), told["id"])


def _statements(told: Mapping[str, Any]) -> tuple[Statement, ...]:
    return tuple(
        Statement(it["path"], it["value"], tuple(Evidence(**each) for each in it["evidence"]))
        for it in told["statements"]
    )
