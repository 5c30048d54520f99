"""Which cases a frame shows: what its address asks, by theme, province, municipality, audience."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process

from wijk.errors import WijkError
from wijk.harvesting.records import By, Group, Record, Records

LIMIT = "limit"
MOST = 1000
_FILTERS: Mapping[str, tuple[By, str]] = {
    "thema": ("theme", "over"),
    "provincie": ("province", "in"),
    "gemeente": ("municipality", "in"),
    "doelgroep": ("audience", "met lessen voor"),
}


class BadChoice(WijkError):
    """An address that asks what cannot be; the message is Dutch, for who pasted it."""


@dataclass(frozen=True)
class Choice:
    """The cases that were asked for, the newest change first, and how many there are in all."""

    title: str
    records: tuple[Record, ...]
    count: int


def chosen(records: Records, asked: Iterable[tuple[str, str]], limit: int) -> Choice:
    """The cases with one of the values of every filter that is asked.

    Raises:
        BadChoice: an unknown filter or value, or a limit that is none.
    """
    groups: dict[str, list[Group]] = {}
    for name, value in asked:
        if name == LIMIT:
            limit = _limit(value)
        elif name not in _FILTERS:
            raise BadChoice(
                f"'{name[:40]}' is geen filter. Kies uit: {', '.join((*_FILTERS, LIMIT))}."
            )
        else:
            groups.setdefault(name, []).append(_group(records, name, value))
    found = records.all
    for several in groups.values():
        wanted = {record.iri for group in several for record in group.records}
        found = tuple(record for record in found if record.iri in wanted)
    return Choice(_title(groups), found[:limit], len(found))


def _title(groups: Mapping[str, list[Group]]) -> str:
    parts = (
        f"{word} {_joined([it.about.label for it in groups[name]])}"
        for name, (_, word) in _FILTERS.items()
        if name in groups
    )
    return " ".join(("Casussen", *parts))


def _joined(labels: list[str]) -> str:
    *first, last = labels
    return f"{', '.join(first)} of {last}" if first else last


def _group(records: Records, name: str, value: str) -> Group:
    groups = records.by(_FILTERS[name][0])
    wanted = value.strip()
    if (found := groups.get(wanted.lower())) is not None:
        return found
    for group in groups.values():
        if getattr(group.about, "code", None) == wanted.upper():
            return group
    near = [
        key for key, *_ in process.extract(wanted[:80], groups.keys(), limit=3, score_cutoff=60)
    ]
    hint = f" Bedoel je {_joined(near)}?" if near else ""
    raise BadChoice(f"Er is geen {name} '{wanted[:40]}'.{hint}")


def _limit(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 5 and 1 <= int(value) <= MOST):
        raise BadChoice(f"'{value[:40]}' kan niet als {LIMIT}: kies een getal van 1 tot {MOST}.")
    return int(value)
