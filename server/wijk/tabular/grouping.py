"""Which of what a workbook makes belongs together: a case, and what is new with it."""

from collections.abc import Iterable, Iterator, Sequence

from wijk.editing.kinds import KINDS
from wijk.editing.statements import Record, Statement
from wijk.tabular.importing import Made
from wijk.terms import iri


def groups(made: Sequence[Made]) -> list[tuple[Made, ...]]:
    """What names what is new goes with it; cases come first, also within a group."""
    new = {each.record.thing: number for number, each in enumerate(made) if each.before is None}
    home = list(range(len(made)))
    for number, each in enumerate(made):
        for thing in _named(each.record):
            if thing in new:
                _join(home, number, new[thing])
    found: dict[int, list[Made]] = {}
    for number, each in enumerate(made):
        found.setdefault(_root(home, number), []).append(each)
    sorted_groups = (tuple(sorted(group, key=_rank)) for group in found.values())
    return sorted(sorted_groups, key=lambda group: _rank(group[0]))


def _named(record: Record) -> Iterator[str]:
    parts: Iterable[Sequence[Statement]] = (part.statements for part in record.parts)
    for statement in (*record.statements, *(it for part in parts for it in part)):
        yield iri(statement.value)
        yield from (each.source for each in statement.evidence)


def _rank(made: Made) -> tuple[int, str]:
    return KINDS.index(made.record.kind), made.record.slug


def _root(home: list[int], number: int) -> int:
    while home[number] != number:
        home[number] = home[home[number]]
        number = home[number]
    return number


def _join(home: list[int], one: int, other: int) -> None:
    home[_root(home, one)] = _root(home, other)
