"""Cases in places that are like a place or an area, with the reason in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wijk.search.shelf import OnShelf
from wijk.web import numbers
from wijk.web.pages.things import alike
from wijk.web.pages.things.alike import Likeness, Profile, Profiles
from wijk.web.pages.things.filed import Filed, filed
from wijk.web.pages.things.linking import link
from wijk.web.site import Site
from wijk.web.views import Link

_MOST = 6


@dataclass(frozen=True)
class Reason:
    """A case, and the area that is why it is shown: what is the same, and both figures."""

    case: OnShelf
    area: Link
    words: str


@dataclass(frozen=True)
class Similar:
    """The cases in areas like this one; `area` is the area whose figures were looked at."""

    area: Link
    words: str
    year: str
    reasons: tuple[Reason, ...]
    count: int

    @property
    def left(self) -> str:
        """How many there are besides these; nothing when these are all."""
        left = self.count - len(self.reasons)
        return numbers.whole(left) if left else ""


@dataclass(frozen=True)
class _Compared:
    profiles: Profiles
    cases: Mapping[str, tuple[int, ...]]


async def similar(site: Site, offers: Iterable[str], own: Iterable[str]) -> Similar | None:
    """What is like the first of these areas that has figures; without the cases that are its own.

    None when none of them has.

    Raises:
        EngineError: the engine cannot tell it.
    """
    compared = await _all(site)
    area = next((each for each in offers if each in compared.profiles.of), None)
    if area is None:
        return None
    found = compared.profiles.like(area, compared.cases)
    filing = await filed(site)
    without = set(own)
    cases: dict[int, Likeness] = {}
    for likeness in found:
        for at in compared.cases[likeness.area]:
            if filing.shelf.cases[at].iri not in without:
                cases.setdefault(at, likeness)
    reasons = (_reason(site, filing, at, cases[at]) for at in [*cases][:_MOST])
    profiles = compared.profiles.of[area]
    year = max(profiles)
    words = _described(site, profiles[year])
    return Similar(link(site, area), words, year, tuple(reasons), len(cases))


async def areas(site: Site) -> frozenset[str]:
    """The areas that can be compared, by IRI.

    Raises:
        EngineError: the engine cannot tell it.
    """
    return frozenset((await _all(site)).profiles.of)


async def urban(site: Site) -> Mapping[str, str]:
    """How urban each of these areas is in its last year, by IRI: the IRI of a class.

    Raises:
        EngineError: the engine cannot tell it.
    """
    profiles = (await _all(site)).profiles.of
    return {area: its[max(its)].urbanity for area, its in profiles.items()}


async def _all(site: Site) -> _Compared:
    return await site.once_asked("areas-alike", lambda: _compared(site))


async def _compared(site: Site) -> _Compared:
    """The figures of all areas, and where the cases stand in the areas that their places are."""
    profiles = alike.profiles(await site.rows("alike", {}))
    filing = await filed(site)
    values = filing.values.get("plaats", {})
    cases: dict[str, set[int]] = {}
    for row in await site.rows("placed", {}):
        if row["thing"] in values:
            cases.setdefault(row["value"], set()).update(values[row["thing"]].at)
    known = {area: tuple(sorted(at)) for area, at in cases.items() if area in profiles.of}
    return _Compared(profiles, MappingProxyType(known))


def _reason(site: Site, filing: Filed, at: int, likeness: Likeness) -> Reason:
    there, here = likeness.profile, likeness.other
    words = (
        f"ook {site.label(there.urbanity)}, {_share(there.older)} is 65 jaar of ouder "
        f"(hier {_share(here.older)}) en {_share(there.low)} heeft een laag inkomen "
        f"(hier {_share(here.low)})"
    )
    return Reason(filing.shelf.cases[at], link(site, likeness.area), words)


def _described(site: Site, profile: Profile) -> str:
    return (
        f"{site.label(profile.urbanity)}, {_share(profile.older)} van de inwoners is 65 jaar of "
        f"ouder en {_share(profile.low)} heeft een laag inkomen"
    )


def _share(share: float) -> str:
    return f"{numbers.as_written(f'{share:g}')}%"
