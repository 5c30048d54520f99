"""What a draft has no more: who referred to it has what it was called, as typed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from wijk.editing.desk import drafts
from wijk.editing.meaning import called
from wijk.editing.records import Evidence, Record, Statement, path_of

Names = Mapping[str, str]
"""What each thing was called that is there no more."""


def lost(before: Iterable[Record], now: Sequence[Record], bases: Mapping[str, str]) -> Names:
    """Of the new things of before those that are there no more; `bases` has what is not new."""
    there = {it.thing for it in now}
    new = (it for it in before if str(path_of(it)) not in bases)
    return {it.thing: called(it) for it in new if it.thing not in there}


def without(records: Sequence[Record], names: Names) -> tuple[Record, ...]:
    """The records, which refer to none of those things."""
    return tuple(_without(it, names) for it in records) if names else tuple(records)


def without_proof(evidence: Evidence | None, names: Names) -> Evidence | None:
    """Evidence, of which the source is none of those things."""
    if evidence is None or evidence.source not in names:
        return evidence
    name = names[evidence.source]
    return replace(evidence, source=drafts.typed_source(name) if name else "")


def _without(record: Record, names: Names) -> Record:
    parts = (replace(it, statements=tuple(_said(it.statements, names))) for it in record.parts)
    return replace(record, statements=tuple(_said(record.statements, names)), parts=tuple(parts))


def _said(statements: Sequence[Statement], names: Names) -> Iterator[Statement]:
    for it in statements:
        evidence = tuple(e for each in it.evidence if (e := without_proof(each, names)))
        name = names.get(it.value[1:-1]) if it.value.startswith("<") else None
        if name is None:
            yield replace(it, evidence=evidence)
        elif name:
            yield Statement(it.path, drafts.typed(name), evidence)
