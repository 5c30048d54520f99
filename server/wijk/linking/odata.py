"""Kerncijfers wijken en buurten of CBS, by OData 4 and by OData 3.

After the shapes in docs/figures.md. Version 3 numbers its columns anew each year, pads its codes
with spaces, answers in XML unless JSON is asked for, and refuses more than 10,000 rows: then its
feed is asked, which has pages. Version 4 has one number a row.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import URIRef

from wijk.linking import codes
from wijk.linking.errors import SourceRefuses, SourceUnreadable
from wijk.linking.fetching import Fetcher, odata_v3, odata_v4
from wijk.linking.figures import Measure, Region, columns, figure, plain
from wijk.linking.wanted import STATLINE, Delivered, Tell, Wanted

V3 = "https://opendata.cbs.nl"
V4 = "https://datasets.cbs.nl"
COUNTRY = "NL00"
_AREA = "WijkenEnBuurten"
_TOO_MANY = "10000"
_Rows = Iterator[dict[str, Any]]


def v3(
    fetcher: Fetcher, host: str, wanted: Wanted, known: Mapping[str, Measure], tell: Tell
) -> Delivered:
    """The figures by OData 3: one row per area, a column per figure.

    Raises:
        SourceError: what a fetcher raises, a table of another year, or an answer of another shape.
    """
    where = f"{host}/ODataApi/odata/{wanted.table}"
    _of_the_year(fetcher, f"{where}/TableInfos", wanted.year, {"$format": "json"}, "Period")
    told = _pages(fetcher, f"{where}/DataProperties", {})
    chosen = columns((str(row["Key"]) for row in told if row.get("Key")), known, where)
    found: list[Region] = []
    asked = [[COUNTRY], *map(wanted.inside, wanted.municipalities)]
    for done, starts in enumerate(asked):
        tell(done, len(asked))
        names = {
            _text(row, "Key", where): _text(row, "Title", where)
            for row in _pages(fetcher, f"{where}/{_AREA}", {"$filter": _begins("Key", starts)})
        }
        select = {"$select": ",".join([_AREA, *chosen.values()])}
        filtered = {"$filter": _begins(_AREA, starts), **select}
        for row in _pages(fetcher, f"{where}/TypedDataSet", filtered):
            code = _text(row, _AREA, where)
            values = {slug: _value(row, key, where) for slug, key in chosen.items()}
            found.append(_region(code, names.get(code, code), values, where))
    tell(len(asked), len(asked))
    return Delivered(found, URIRef(STATLINE + wanted.table))


def v4(
    fetcher: Fetcher, host: str, wanted: Wanted, known: Mapping[str, Measure], tell: Tell
) -> Delivered:
    """The figures by OData 4: one row per area and figure.

    Raises:
        SourceError: what a fetcher raises, a table of another year, or an answer of another shape.
    """
    where = f"{host}/odata/v1/CBS/{wanted.table}"
    _of_the_year(fetcher, f"{where}/Properties", wanted.year, {}, "TemporalCoverage", "Title")
    chosen = _codes(fetcher, f"{where}/MeasureCodes", known)
    slugs = {measure: slug for slug, measure in chosen.items()}
    found: list[Region] = []
    asked = [[COUNTRY], *map(wanted.inside, wanted.municipalities)]
    for done, starts in enumerate(asked):
        tell(done, len(asked))
        values: dict[str, dict[str, str | None]] = {}
        area = {"$filter": _begins("Identifier", starts)}
        titles = {
            _text(row, "Identifier", where): _text(row, "Title", where)
            for row in _all(fetcher, f"{where}/{_AREA}Codes", area)
        }
        measured = " or ".join(f"Measure eq '{name}'" for name in slugs)
        both = {"$filter": f"({_begins(_AREA, starts)}) and ({measured})"}
        for row in _all(fetcher, f"{where}/Observations", both) if slugs else ():
            if (slug := slugs.get(_text(row, "Measure", where))) is not None:
                values.setdefault(_text(row, _AREA, where), {})[slug] = _value(row, "Value", where)
        for code, title in titles.items():
            own = values.get(code, {})
            found.append(_region(code, title, {slug: own.get(slug) for slug in chosen}, where))
    tell(len(asked), len(asked))
    return Delivered(found, URIRef(STATLINE + wanted.table))


def _codes(fetcher: Fetcher, url: str, known: Mapping[str, Measure]) -> dict[str, str]:
    """The code of each measure, which is known by its code or else by its title."""
    every = frozenset(name for measure in known.values() for name in measure.names)
    names: dict[str, str] = {}
    for row in _all(fetcher, url, {}):
        code, title = _text(row, "Identifier", url), _text(row, "Title", url)
        names[code if plain(code) in every else title] = code
    return {slug: names[name] for slug, name in columns(names, known, url).items()}


def _of_the_year(
    fetcher: Fetcher, url: str, year: int, params: Mapping[str, str], *keys: str
) -> None:
    """See that the table is of the year: a number of a table is easily another one's."""
    said = fetcher.json(url, params or None)
    rows = said.get("value") or [said]
    first = rows[0] if isinstance(rows, list) and isinstance(rows[0], dict) else {}
    told = " ".join(str(first.get(key, "")) for key in keys).strip()
    if str(year) not in told:
        raise SourceUnreadable(url, f"this table is of '{told or '?'}', not of {year}")


def _pages(fetcher: Fetcher, url: str, params: Mapping[str, str]) -> _Rows:
    """All rows of an entity; of the feed, when there are more than it gives at once."""
    given = {"$format": "json", **params}
    try:
        yield from _rows(fetcher, url, given)
    except SourceRefuses as error:
        if error.status != 500 or _TOO_MANY not in error.reason:
            raise
        yield from _rows(fetcher, url.replace("/ODataApi/", "/ODataFeed/"), given)


def _rows(fetcher: Fetcher, url: str, params: Mapping[str, str]) -> _Rows:
    for page in fetcher.pages(url, params, odata_v3, _TOO_MANY):
        yield from _value_of(page, url)


def _all(fetcher: Fetcher, url: str, params: Mapping[str, str]) -> _Rows:
    for page in fetcher.pages(url, params, odata_v4):
        yield from _value_of(page, url)


def _value_of(page: Mapping[str, Any], url: str) -> list[dict[str, Any]]:
    rows = page.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceUnreadable(url, "there is no list of rows in 'value'")
    return rows


def _begins(key: str, starts: list[str]) -> str:
    return " or ".join(f"startswith({key},'{start}')" for start in starts)


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    if not isinstance(row.get(key), str):
        raise SourceUnreadable(where, f"a row has no text for '{key}'")
    return str(row[key]).strip()


def _value(row: Mapping[str, Any], key: str, where: str) -> str | None:
    if key not in row:
        raise SourceUnreadable(where, f"a row has no '{key}'")
    return figure(row[key], f"{where}, {key}")


def _region(code: str, name: str, values: Mapping[str, str | None], where: str) -> Region:
    found = codes.read(code)
    if found is None:
        raise SourceUnreadable(where, f"'{code}' is not a code of an area")
    return Region(found, name, values)
