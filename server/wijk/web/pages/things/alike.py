"""Places that are alike by their figures: as urban, and with as many older people and low incomes.

The rule is that of the question `cases-in-places-like-this-one`: of the same year the same class of
urbanity, and at most five points apart in both shares.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

NEAR = 5.0
"""How many points two shares may be apart, in per cent."""
Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True)
class Profile:
    """The figures of an area in one year: a class of urbanity (IRI), two shares in per cent."""

    year: str
    urbanity: str
    older: float
    low: float

    def near(self, other: "Profile") -> bool:
        """Whether these are figures of areas that are alike."""
        same = (self.year, self.urbanity) == (other.year, other.urbanity)
        return same and self.apart(other) is not None

    def apart(self, other: "Profile") -> float | None:
        """How many points they are apart in all; None when that is too many."""
        gaps = abs(self.older - other.older), abs(self.low - other.low)
        return sum(gaps) if max(gaps) <= NEAR else None


@dataclass(frozen=True)
class Likeness:
    """An area that is like another one: its figures, and those of the other."""

    area: str
    profile: Profile
    other: Profile

    @property
    def apart(self) -> float:
        """How many points they are apart in all."""
        return self.profile.apart(self.other) or 0.0


@dataclass(frozen=True)
class Profiles:
    """The figures of each area that has all three, by its IRI and the year."""

    of: Mapping[str, Mapping[str, Profile]]

    def like(self, area: str, among: Iterable[str]) -> list[Likeness]:
        """Which of these other areas are like this one, the nearest first.

        They are compared in the last year of which both have figures.
        """
        own = self.of.get(area, {})
        found = self._near(own, set(among) - {area})
        return sorted(found, key=lambda it: (it.apart, it.area))

    def _near(self, own: Mapping[str, Profile], among: Iterable[str]) -> Iterator[Likeness]:
        for area in among:
            others = self.of.get(area, {})
            year = max(own.keys() & others.keys(), default="")
            if year and own[year].near(others[year]):
                yield Likeness(area, others[year], own[year])


def profiles(rows: Rows) -> Profiles:
    """The figures that rows of an area, a year, a field and a value tell of."""
    told: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        told.setdefault((row["area"], row["year"]), {})[row["field"]] = row["value"]
    found: dict[str, dict[str, Profile]] = {}
    for (area, year), fields in told.items():
        older, low = _number(fields.get("older")), _number(fields.get("low"))
        if "urbanity" in fields and older is not None and low is not None:
            found.setdefault(area, {})[year] = Profile(year, fields["urbanity"], older, low)
    return Profiles(MappingProxyType(found))


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
