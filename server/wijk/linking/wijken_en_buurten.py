"""PDOK's OGC API for wijken en buurten: the same figures, with sentinels for what is missing.

By OGC API Features, Part 1: at most 1,000 features a page, and a link to the next.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import URIRef

from wijk.linking import codes
from wijk.linking.errors import SourceUnreadable
from wijk.linking.fetching import Fetcher, link_next
from wijk.linking.figures import Measure, Region, columns, figure
from wijk.linking.wanted import STATLINE, Delivered, Tell, Wanted

HOST = "https://api.pdok.nl"
_COLLECTIONS = {"gemeenten": "gemeente", "wijken": "wijk", "buurten": "buurt"}
_MOST = "1000"


def pdok(
    fetcher: Fetcher, host: str, wanted: Wanted, known: Mapping[str, Measure], tell: Tell
) -> Delivered:
    """The figures of municipalities, their wijken and the buurten that are named.

    Raises:
        SourceError: what a fetcher raises, or an answer of another shape.
    """
    where = f"{host}/cbs/wijken-en-buurten-{wanted.year}/ogc/v1/collections"
    found: list[Region] = []
    for done, municipality in enumerate(wanted.municipalities):
        tell(done, len(wanted.municipalities))
        starts = tuple(wanted.inside(municipality))
        for name, level in _COLLECTIONS.items():
            if level == "buurt" and not starts[2:]:
                continue
            for told in _features(fetcher, f"{where}/{name}/items", municipality):
                region = _region(told, level, known, where)
                if region.code.text.startswith(starts):
                    found.append(region)
    tell(len(wanted.municipalities), len(wanted.municipalities))
    return Delivered(found, URIRef(STATLINE + wanted.table))


def _features(fetcher: Fetcher, url: str, municipality: str) -> Iterator[Mapping[str, Any]]:
    """What is said of each feature that is land."""
    params = {"f": "json", "limit": _MOST, "gemeentecode": municipality}
    for page in fetcher.pages(url, params, link_next):
        features = page.get("features")
        if not isinstance(features, list):
            raise SourceUnreadable(url, "there is no list of features")
        for feature in features:
            told = feature.get("properties") if isinstance(feature, dict) else None
            if not isinstance(told, dict):
                raise SourceUnreadable(url, "a feature has no properties")
            if str(told.get("water", "NEE")).strip().upper() != "JA":
                yield told


def _region(
    told: Mapping[str, Any], level: str, known: Mapping[str, Measure], where: str
) -> Region:
    code = codes.read(str(told.get(f"{level}code", "")))
    if code is None or code.level.value != level:
        raise SourceUnreadable(where, f"'{told.get(f'{level}code')}' is not the code of a {level}")
    chosen = columns(told, known, where)
    name = str(told.get(f"{level}naam") or code.text)
    return Region(code, name, {slug: figure(told[key], key) for slug, key in chosen.items()})
