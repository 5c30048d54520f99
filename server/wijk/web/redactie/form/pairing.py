"""What of one version of a draft is what of a later one: what is new may be called otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import BASIS, SOURCE, STATUS
from wijk.editing.names import free
from wijk.editing.records import Part, Record
from wijk.web.redactie.form.settling import moving, unnamed

_PROOF = (SOURCE, BASIS, STATUS)


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
    pairs = tuple(_pair(it, moved.get(known.get(it.thing, ""))) for it in base.records)
    come = tuple(it for it in moved.values() if same.get(it.thing, it.thing) not in was)
    return Pairs(pairs, come, same)


def _pair(was: Record, now: Record | None) -> Pair:
    """A thing as it was and is; what is called as a part was that it is not has another name."""
    if now is None:
        return Pair(was, None, {})
    places = {it.name: at for at, it in enumerate(was.parts)}
    stay = {
        it.name
        for at, it in enumerate(now.parts)
        if at <= places.get(it.name, -1) or (it.name in places and not unnamed(it.name))
    }
    then = [it for it in was.parts if it.name not in stay and unnamed(it.name)]
    since = [it for it in now.parts if it.name not in stay]
    same = _same(then, since)
    taken = [*places, *(it.name for it in now.parts)]
    apart = {it.name: free(it.name, taken) for it in since if it.name in places}
    return Pair(was, _renamed(now, {**apart, **same}), {old: new for new, old in same.items()})


def _same(then: Sequence[Part], since: Sequence[Part]) -> Mapping[str, str]:
    """What parts that have a name by now were called before they had one.

    A new part is called after its actor once that is known. Which it was, its place tells; when
    one was taken out, what it says.
    """
    if len(then) <= len(since):
        return {now.name: was.name for was, now in zip(then, since, strict=False)}
    left = {it.name: _said(it) for it in then}
    found: dict[str, str] = {}
    for it in since:
        shared = {name: len(said & _said(it)) for name, said in left.items()}
        most = max(shared, key=shared.__getitem__)
        if shared[most]:
            found[it.name] = most
            del left[most]
    return found


def _said(part: Part) -> set[tuple[str, str]]:
    """What somebody said of a part; where it comes from may be filled in."""
    return {(it.path, it.value) for it in part.statements if it.path not in _PROOF}


def _renamed(record: Record, names: Mapping[str, str]) -> Record:
    parts = tuple(replace(it, name=names.get(it.name, it.name)) for it in record.parts)
    return replace(record, parts=parts)
