"""What a case needs of the rest of the graph, in tables that are made once per snapshot."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wijk import days
from wijk.engine import formats
from wijk.web.api import listing
from wijk.web.site import Site


@dataclass(frozen=True)
class Around:
    """By IRI: the kinds of actors, what holds for or is about a thing, sizes, sources.

    `lessons` are those that hold for a case, bundle or project; `media` those about a case or
    initiative; `cases` says how many are in a bundle; `sources` have publisher and day.
    """

    kinds: Mapping[str, list[str]]
    lessons: Mapping[str, list[str]]
    targets: Mapping[str, list[str]]
    media: Mapping[str, list[str]]
    cases: Mapping[str, int]
    sources: Mapping[str, tuple[str, str]]
    figures: Mapping[str, list[str]]


async def around(site: Site) -> Around:
    """The tables of a site; asked once.

    Raises:
        EngineError: the engine cannot tell them.
    """

    async def made() -> Around:
        answer = await site.answer("case-around", {}, formats.CSV)
        return await asyncio.to_thread(lambda: _tables(listing.rows(answer)))

    return await site.once_asked("case-around", made)


def day(written: str) -> str:
    """A day, month or year of the graph as people write it."""
    return days.told(written) or written


def _tables(rows: Iterable[Mapping[str, str]]) -> Around:
    said: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        by = said.setdefault(row["field"], {})
        by.setdefault(row["thing"], []).append(row["value"])
    publishers, dates = said.get("publisher", {}), said.get("day", {})
    sources = {
        iri: (next(iter(publishers.get(iri, ())), ""), day(next(iter(dates.get(iri, ())), "")))
        for iri in {*publishers, *dates}
    }
    return Around(
        said.get("kind", {}),
        _turned(said.get("lesson", {})),
        said.get("lesson", {}),
        _turned(said.get("media", {})),
        {iri: int(count) for iri, (count, *_) in said.get("cases", {}).items()},
        sources,
        said.get("figures", {}),
    )


def _turned(table: Mapping[str, list[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for thing, values in table.items():
        for value in values:
            found.setdefault(value, []).append(thing)
    return found
