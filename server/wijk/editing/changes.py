"""What differs between two records, and three records made into one, statement by statement."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from wijk.editing.fields import by_path
from wijk.editing.kinds import PARTICIPATION
from wijk.editing.statements import Evidence, Part, Record, Statement
from wijk.loaded import Snapshot

Statements = tuple[Statement, ...]


@dataclass(frozen=True)
class FieldChange:
    """What was and is said with one property, of the thing or of a part of it (by its name)."""

    part: str
    path: str
    before: Statements
    after: Statements


@dataclass(frozen=True)
class Conflict:
    """A property of which two people said different things."""

    part: str
    path: str
    base: Statements
    ours: Statements
    theirs: Statements


@dataclass(frozen=True)
class Merged:
    """The record with what both said; where they disagree it has ours."""

    record: Record
    conflicts: tuple[Conflict, ...] = ()


def changes(before: Record | None, after: Record) -> tuple[FieldChange, ...]:
    """The fields that differ, with all statements of them; of a new record every field.

    Names and order of evidence, and the order of statements, are no difference.
    """
    old = before or Record(after.kind, after.slug, after.thing)
    found = []
    for part in _names(old, after):
        was, now = _of(old, part), _of(after, part)
        for path in _paths(was, now):
            one, other = _with(was, path), _with(now, path)
            if not _same(one, other):
                found.append(FieldChange(part, path, one, other))
    return tuple(found)


def merged(base: Record, ours: Record, theirs: Record, taken: Snapshot) -> Merged:
    """What two people made of one record, together.

    Each statement that one of them added, changed or took out is so in the result. It is a conflict
    when they gave a field of one value two different values, when they put different values in the
    place of the same one, or when one took out what the other gave other evidence. Parts without a
    name yet are those of both.
    """
    if not changes(base, theirs):
        return Merged(ours)
    if not changes(base, ours):
        return Merged(theirs)
    conflicts: list[Conflict] = []
    done: dict[str, Statements] = {}
    for part in _names(base, ours, theirs):
        was, one, other = (_of(each, part) for each in (base, ours, theirs))
        apart = _taken_out(was, one, other)
        said: list[Statement] = []
        for path, field in by_path(taken, PARTICIPATION if part else base.kind).items():
            sides = (_with(was, path), _with(one, path), _with(other, path))
            differs = apart and not _same(sides[0], _with(one or other, path))
            found = None if differs else sides[1] if apart else _three(sides, field.many)
            if found is None:
                conflicts.append(Conflict(part, path, *sides))
            said += sides[1] if found is None else found
        done[part] = tuple(said)
    statements, parts = done.pop(""), _parts(done, base, ours, theirs)
    return Merged(replace(base, statements=statements, parts=parts), tuple(conflicts))


def resolved(record: Record, conflicts: Iterable[Conflict]) -> Record:
    """The record with what they said in these fields."""
    for it in conflicts:
        if not it.part:
            record = record.having(it.path, it.theirs)
            continue
        parts = [_having(part, it) if name == it.part else part for name, part in numbered(record)]
        record = replace(record, parts=tuple(part for part in parts if part.statements))
    return record


def _having(part: Part, conflict: Conflict) -> Part:
    kept = tuple(each for each in part.statements if each.path != conflict.path)
    return replace(part, statements=kept + conflict.theirs)


def _taken_out(base: Statements, ours: Statements, theirs: Statements) -> bool:
    """Whether one took out a part that the other changed."""
    return bool(base and not (ours and theirs) and (ours or theirs)) and not _same(
        base, ours or theirs
    )


def _three(sides: tuple[Statements, Statements, Statements], many: bool) -> Statements | None:
    """The statements of a field: of the base, ours and theirs; None when it is a conflict."""
    base, ours, theirs = sides
    if _same(ours, theirs):
        return min(ours, theirs, key=repr)
    if _same(base, theirs):
        return ours
    if _same(base, ours):
        return theirs
    was, one, other = _by_value(base), _by_value(ours), _by_value(theirs)
    if not many and _stated(ours) != _stated(theirs):
        return None
    gone = (was.keys() - one.keys()) & (was.keys() - other.keys())
    if gone and one.keys() - was.keys() != other.keys() - was.keys():
        return None
    found = []
    for value in [*was, *sorted((one.keys() | other.keys()) - was.keys())]:
        statement = _one(was.get(value), one.get(value), other.get(value))
        if isinstance(statement, Statement):
            found.append(statement)
        elif statement:
            return None
    return tuple(found)


def _one(
    base: Statement | None, ours: Statement | None, theirs: Statement | None
) -> Statement | bool:
    """One statement as both have it; False when it is gone, True when they disagree."""
    if _alike(ours, theirs):
        return min(ours, theirs, key=repr) if ours and theirs else False
    if _alike(base, theirs):
        return ours or False
    if _alike(base, ours):
        return theirs or False
    if ours is None or theirs is None:
        return True
    was = {it.content for it in base.evidence} if base else set()
    one, other = ({it.content: it for it in each.evidence} for each in (ours, theirs))
    kept = ((one.keys() | other.keys()) - was) | (one.keys() & other.keys())
    evidence = tuple(_named(one.get(key), other.get(key)) for key in sorted(kept))
    return Statement(ours.path, ours.value, evidence)


def _named(one: Evidence | None, other: Evidence | None) -> Evidence:
    """Of the same evidence twice, the one with the first name."""
    return min((it for it in (one, other) if it), key=lambda it: (not it.name, it.name, it.whole))


def _alike(one: Statement | None, other: Statement | None) -> bool:
    return (one and one.content) == (other and other.content)


def _stated(statements: Iterable[Statement]) -> set[str]:
    return {each.value for each in statements if each.stated}


def _by_value(statements: Iterable[Statement]) -> dict[str, Statement]:
    """Each value once, with all evidence for it: who names a thing twice may say two things."""
    found: dict[str, Statement] = {}
    for each in statements:
        before = found[each.value].evidence if each.value in found else ()
        found[each.value] = replace(each, evidence=(*before, *each.evidence))
    return found


def _same(one: Iterable[Statement], other: Iterable[Statement]) -> bool:
    return {each.content for each in one} == {each.content for each in other}


def _names(*records: Record) -> Iterator[str]:
    """The thing itself, which has no name here, and every part once."""
    yield from dict.fromkeys(["", *(name for each in records for name, _ in numbered(each))])


def numbered(record: Record) -> Iterator[tuple[str, Part]]:
    """The parts of a record by name; one without a name is called after what it says."""
    for part in record.parts:
        yield part.name or f"#{sorted(it.content for it in part.statements)}", part


def _of(record: Record, name: str) -> Statements:
    if not name:
        return record.statements
    return next((part.statements for known, part in numbered(record) if known == name), ())


def _with(statements: Statements, path: str) -> Statements:
    return tuple(each for each in statements if each.path == path)


def _paths(*records: Statements) -> list[str]:
    return list(dict.fromkeys(each.path for statements in records for each in statements))


def _parts(
    done: Mapping[str, Statements], base: Record, ours: Record, theirs: Record
) -> tuple[Part, ...]:
    """The parts that are left: those that were there, and then the new ones by name."""
    there = {name: part for each in (theirs, ours, base) for name, part in numbered(each)}
    first = {name: at for at, (name, _) in enumerate(numbered(base))}
    order = sorted(done, key=lambda name: (first.get(name, len(first)), name))
    return tuple(replace(there[name], statements=done[name]) for name in order if done[name])
