"""The municipality of a case in figures of its year, beside those of the country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import RDFS, URIRef

from wijk.namespaces import MEASURE, SDMX_CODE
from wijk.web import figures as known
from wijk.web import numbers
from wijk.web.literals import dutch_first
from wijk.web.pages.cases.around import Around
from wijk.web.site import Site
from wijk.web.sources import Mark, Sources
from wijk.web.views import Link

SHARES = ("pop-65plus", "pop-0-14", "dwelling-ownership", "income-low", "edu-appl-sci")
"""The measures that stand on the page, in per cent; all others are on that of the municipality."""
_PEOPLE = "population"
MISSING = "Niet beschikbaar"


@dataclass(frozen=True)
class Bar:
    """One share: in words, and how wide its bar is and where the country is, in per cent.

    `href` is the page of what is measured, `base` says of whom or what it is a share; `national` is
    empty when there is nothing to lay beside it.
    """

    label: str
    href: str
    base: str
    value: str
    national: str
    width: str
    at: str


@dataclass(frozen=True)
class Figures:
    """The shares of a municipality in a year; inhabitants in words, empty when not known.

    The year is empty when nothing was observed of the municipality.
    """

    area: Link
    year: str
    inhabitants: str
    bars: tuple[Bar, ...]
    mark: Mark
    documents: tuple[Link, ...]


Rows = Iterable[Mapping[str, str]]


async def rows_of(site: Site, area: str) -> list[dict[str, str]]:
    """The figures of an area as the graph has them; asked once per area.

    Raises:
        EngineError: the engine does not answer.
    """

    async def asked() -> list[dict[str, str]]:
        return await site.rows("figures", {"thing": f"<{area}>"})

    return await site.once_asked(("figures", area), asked)


def figures(
    site: Site, sources: Sources, around: Around, area: str, year: int | None, rows: Rows
) -> Figures | None:
    """The figures of the year that is nearest to that of the bundle; None without a municipality.

    A share that was not observed has its place there; without any observation there is no year.
    """
    if not area:
        return None
    best, by = _nearest(rows, year)
    bars = [_bar(site, by[it]) if it in by else _unobserved(site, it) for it in SHARES if best]
    people = by.get(_PEOPLE, {}).get("value", "")
    behind = [around.figures.get(row["measure"], ()) for row in by.values()]
    mark = sources.cited(source for listed in behind for source in listed)
    told = numbers.as_written(people)
    link = Link(site.label(area), site.path(area) or "")
    documents = known.documents(site, [*by.values()])
    return Figures(link, best, told, tuple(it for it in bars if it), mark, documents)


def _nearest(rows: Rows, year: int | None) -> tuple[str, dict[str, Mapping[str, str]]]:
    """The nearest year that has a share, or else anything, and what was observed by measure."""
    found: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in rows:
        if row["year"].isdigit():
            found.setdefault(row["year"], {})[row["measure"].rpartition("/")[2]] = row
    years = sorted(it for it in found if not found[it].keys().isdisjoint(SHARES)) or sorted(found)
    if not years:
        return "", {}
    best = min(years, key=lambda it: (abs(int(it) - (year or int(years[-1]))), it))
    return best, found[best]


def _unobserved(site: Site, slug: str) -> Bar | None:
    """A share of which there is no observation; None when it is not measured here at all."""
    measure = URIRef(f"{site.snapshot.base}id/{MEASURE}/{slug}")
    home = site.snapshot.find(site.addresses.home(str(measure)) or "")
    if home is None:
        return None
    said = sorted(home.graph.objects(measure, RDFS.comment), key=dutch_first)
    base = next(map(str, said), "")
    return Bar(site.label(str(measure)), site.path(str(measure)) or "", base, MISSING, "", "", "")


def _bar(site: Site, row: Mapping[str, str]) -> Bar:
    about = " (benadering)" if row.get("status") == str(SDMX_CODE["obsStatus-E"]) else ""
    value, national = row.get("value"), row.get("national")
    return Bar(
        site.label(row["measure"]),
        site.path(row["measure"]) or "",
        row.get("comment", ""),
        f"{numbers.as_written(value)}%" if value else MISSING,
        f"{numbers.as_written(national)}%{about}" if national else MISSING,
        _share(value),
        _share(national),
    )


def _share(value: str | None) -> str:
    """A share between 0 and 100 for a drawing; empty when it is none."""
    try:
        return f"{min(max(float(value or ''), 0), 100):g}"
    except ValueError:
        return ""
