"""What a dataset is about and when it was published, from the graph and the change log."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from wijk import namespaces
from wijk.changelog import ChangeLog
from wijk.harvesting.rights import dataset_of

Row = Mapping[str, str]
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Facts:
    """One dataset: its first and last publication, its years, themes, keywords and sources."""

    issued: datetime | None = None
    modified: datetime | None = None
    years: tuple[int, int] | None = None
    themes: tuple[tuple[str, str], ...] = ()
    keywords: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def gathered(
    rows: Iterable[Row], log: ChangeLog, base: str, names: Iterable[str]
) -> Mapping[str, Facts]:
    """The facts of each of these datasets; the rows are those of `harvest-catalogue.rq`."""
    times: dict[str | None, list[datetime]] = {}
    for entry in log.entries:
        _, kind, _ = namespaces.name_of(entry.path, base)
        times.setdefault(dataset_of(kind), []).append(entry.time)
    told: dict[str, list[Row]] = {}
    for row in rows:
        told.setdefault(row["dataset"], []).append(row)
    found = {name: _facts(told.get(name, []), times.get(name, [])) for name in names}
    return MappingProxyType(found)


def _facts(rows: list[Row], times: list[datetime]) -> Facts:
    years = [match[0] for row in _of("year", rows) if (match := _YEAR.match(row["value"]))]
    return Facts(
        min(times, default=None),
        max(times, default=None),
        (int(min(years)), int(max(years))) if years else None,
        tuple((row["value"], row["label"]) for row in _of("theme", rows)),
        tuple(dict.fromkeys(row["label"] for row in _of("keyword", rows))),
        tuple(row["value"] for row in _of("source", rows)),
    )


def _of(kind: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]
