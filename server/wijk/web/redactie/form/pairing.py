"""What of one version of a draft is what of a later one: what is new may be called otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wijk.editing.desk.drafts import Draft
from wijk.editing.names import free
from wijk.editing.records import Record
from wijk.web.redactie.form.settling import moving


@dataclass(frozen=True)
class Pair:
    """A thing of the version before, and what it is now; None when it was taken out.

    `now` names things and has parts as they were called then; `parts` has how those are called now.
    """

    was: Record
    now: Record | None
    parts: Mapping[str, str]

    def named(self, record: Record) -> Record:
        """The record with its parts as they are called now."""
        return _renamed(record, self.parts)

    def places(self, record: Record) -> Mapping[int, int]:
        """By where each part stood, where it stands in the record; one taken out is not there."""
        now = {it.name: at for at, it in enumerate(record.parts)}
        names = [self.parts.get(it.name, it.name) for it in self.was.parts]
        return {at: now[name] for at, name in enumerate(names) if name in now}


@dataclass(frozen=True)
class Pairs:
    """Each thing of the version before, what came since, and by things of now those of then."""

    pairs: tuple[Pair, ...]
    come: tuple[Record, ...]
    same: Mapping[str, str]


def paired(base: Draft, theirs: Draft) -> Pairs:
    """Each thing of the version before with what it is now, and what came since.

    What came goes by a name that nothing had; it is settled to what follows from its title.
    """
    was = {it.id: it for it in base.records}
    then = {it.thing for it in base.records}
    same = {it.thing: was[it.id].thing for it in theirs.records if it.id in was}
    come = [it for it in theirs.records if it.id not in was]
    same |= {it.thing: f"{it.thing}-{it.id}" for it in come if it.thing in then}
    now = {it.id: it for it in moving(theirs.records, same)}
    pairs = tuple(_pair(it, now.get(it.id)) for it in base.records)
    return Pairs(pairs, tuple(it for it in now.values() if it.id not in was), same)


def _pair(was: Record, now: Record | None) -> Pair:
    """A thing as it was and is; a part that came since has a name that no part had."""
    if now is None:
        return Pair(was, None, {})
    then = {it.id: it.name for it in was.parts}
    same = {it.name: then[it.id] for it in now.parts if it.id in then}
    taken = [*then.values(), *(it.name for it in now.parts)]
    come = (it.name for it in now.parts if it.id not in then and it.name in then.values())
    apart = {name: free(name, taken) for name in come}
    return Pair(was, _renamed(now, {**apart, **same}), {old: new for new, old in same.items()})


def _renamed(record: Record, names: Mapping[str, str]) -> Record:
    parts = tuple(replace(it, name=names.get(it.name, it.name)) for it in record.parts)
    return replace(record, parts=parts)
