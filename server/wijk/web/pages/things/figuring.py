"""The key figures of an area as people read them: bars for shares, the rest in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from wijk.web import figures as known
from wijk.web import numbers
from wijk.web.figures import MISSING, Compared
from wijk.web.pages.things.linking import link
from wijk.web.site import Site
from wijk.web.views import Link

_PERCENT = "procent"
_TOLD = ("duizend euro", "vierkante kilometer")
_NOT_THERE = "Niet beschikbaar"


@dataclass(frozen=True)
class Figure:
    """One figure: its value and that of the country, in words; as a share also for a bar.

    `href` is the page of what is measured, `base` says in a sentence what that is. `width` and
    `national_at` are in per cent; None where there is no value.
    """

    label: str
    href: str
    base: str
    value: str
    national: str
    width: str | None = None
    national_at: str | None = None


@dataclass(frozen=True)
class Figures:
    """The figures of an area in a year: its shares, and what is no share."""

    iri: str
    area: Link
    year: str
    shares: tuple[Figure, ...]
    others: tuple[Figure, ...]
    documents: tuple[Link, ...]

    @property
    def code(self) -> str:
        """Its code of CBS, as its short name has it: `gm0344`, `2022-wk199101`."""
        return self.iri.rpartition("/")[2].rpartition("-")[2].upper()


async def figures(site: Site, offers: Iterable[str]) -> Figures | None:
    """The newest figures of the first of these areas that has any; None when none has.

    Raises:
        EngineError: the engine does not answer.
    """
    for area in offers:
        if found := await known.compared(site, area):
            year = max(each.year for each in found)
            of_year = [each for each in found if each.year == year]
            shares = tuple(_figure(each) for each in of_year if each.unit == _PERCENT)
            others = tuple(_figure(each) for each in of_year if each.unit != _PERCENT)
            told_in = tuple(dict.fromkeys(it for each in of_year for it in each.documents))
            return Figures(area, link(site, area), year, shares, others, told_in)
    return None


async def beside_the_country(site: Site, offers: Iterable[str]) -> Figures | None:
    """The same, but None of the country itself: its figures stand beside no other.

    Raises:
        EngineError: the engine does not answer.
    """
    found = await figures(site, offers)
    return found if found and len(found.documents) > 1 else None


def _figure(one: Compared) -> Figure:
    value, national = _words(one.value, one.unit), _words(one.national, one.unit)
    told = (one.label, one.href, one.base, value, national)
    if one.unit != _PERCENT:
        return Figure(*told)
    return Figure(*told, _share(one.value), _share(one.national))


def _words(value: str, unit: str) -> str:
    if value == MISSING:
        return _NOT_THERE
    number, _, approximate = value.partition(" (")
    text = numbers.as_written(number)
    if unit == _PERCENT:
        text += "%"
    elif text[:1].isdigit() and unit in _TOLD:
        text += f" {unit}"
    return f"{text} ({approximate}" if approximate else text


def _share(value: str) -> str | None:
    """A share as a number between 0 and 100 for a drawing; None when it is none."""
    try:
        share = float(value.partition(" ")[0])
    except ValueError:
        return None
    return f"{min(max(share, 0), 100):g}"
