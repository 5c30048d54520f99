"""A table of figures at a service: which municipalities are asked, and what comes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from wijk.linking.errors import SourceRefuses
from wijk.linking.fetching import Fetcher
from wijk.linking.figures import Measure, Region

Tell = Callable[[int, int], None]
"""Hears how many municipalities of how many are in."""
STATLINE = "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/"
# Kerncijfers wijken en buurten by year; a table that is newer is named by who asks for it.
TABLES = {
    **{2014: "82931NED", 2016: "83487NED", 2017: "83765NED", 2018: "84286NED", 2019: "84583NED"},
    **{2020: "84799NED", 2021: "85039NED", 2022: "85318NED", 2023: "85618NED", 2024: "85984NED"},
    2025: "86165NED",
}
LATEST = 2024
"""The last year of which all figures are there; those of a newer one are provisional."""


@dataclass(frozen=True)
class Wanted:
    """What is asked: the table of a year, and in it these municipalities and buurten.

    A municipality is asked with all of its wijken; a buurt only when it is named.
    """

    year: int
    table: str
    municipalities: Sequence[str]
    buurten: Sequence[str] = ()

    def inside(self, municipality: str) -> list[str]:
        """The beginnings of the codes that are wanted of a municipality."""
        number = municipality[2:]
        return [municipality, f"WK{number}", *(it for it in self.buurten if it[2:6] == number)]


@dataclass(frozen=True)
class Delivered:
    """What came of it: the areas with their figures, and the table they come from."""

    regions: Sequence[Region]
    source: URIRef


Service = Callable[[Fetcher, str, Wanted, Mapping[str, Measure], Tell], Delivered]
"""Asks a host for what is wanted of these measures."""


def table_of(year: int, given: str | None) -> str:
    """The table of a year, or the one that is given.

    Raises:
        SourceRefuses: a year of which the table is not known here.
    """
    if given or year in TABLES:
        return given or TABLES[year]
    known = ", ".join(map(str, TABLES))
    reason = f"the table of {year} is not known here (known are {known}); name it with --table"
    raise SourceRefuses("CBS", 0, reason)
