"""The municipality of a case in figures of its year, beside those of the country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wijk.namespaces import SDMX_CODE
from wijk.web import figures as known
from wijk.web import numbers
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

    `href` is the page of what is measured, `base` says of whom or what it is a share.
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
    """The shares of a municipality in a year; inhabitants in words, empty when not known."""

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
    """The figures of the year that is nearest to that of the bundle; None when there are none."""
    found = [*rows]
    years = sorted({row["year"] for row in found if row["year"].isdigit()})
    if not years:
        return None
    best = min(years, key=lambda it: (abs(int(it) - (year or int(years[-1]))), it))
    by = {row["measure"].rpartition("/")[2]: row for row in found if row["year"] == best}
    bars = tuple(_bar(site, by[slug]) for slug in SHARES if slug in by)
    people = by.get(_PEOPLE, {}).get("value", "")
    behind = [around.figures.get(row["measure"], ()) for row in by.values()]
    mark = sources.cited(source for listed in behind for source in listed)
    told = numbers.as_written(people)
    link = Link(site.label(area), site.path(area) or "")
    return Figures(link, best, told, bars, mark, known.documents(site, [*by.values()]))


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
