"""PDOK's Locatieserver, version 3.1: Dutch places by name and by point, with their codes.

https://api.pdok.nl/bzk/locatieserver/search/v3_1/ui/ ; it refuses parameters that it does not know.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wijk.linking import codes
from wijk.linking.codes import Level
from wijk.linking.errors import SourceUnreadable
from wijk.linking.fetching import Fetcher

URL = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"
KINDS = ("gemeente", "woonplaats", "wijk", "buurt")
"""What a place can be. Without asking for them, wijken and buurten are not found."""
_OWN = {"provincie": "provinciecode", "gemeente": "gemeentecode", "wijk": "wijkcode"}
_OWN["buurt"] = "buurtcode"
_FIELDS = (
    *("id", "type", "weergavenaam", "score", "centroide_ll", "woonplaatsnaam"),
    *("buurtcode", "buurtnaam", "wijkcode", "wijknaam", "gemeentecode", "gemeentenaam"),
    *("provinciecode", "provincienaam"),
)
_POINT = re.compile(r"POINT\((-?[0-9]+(?:\.[0-9]+)?) (-?[0-9]+(?:\.[0-9]+)?)\)")


@dataclass(frozen=True)
class Found:
    """One place: its name, its own code when its kind has one, and what it lies in.

    `point` is longitude, latitude in WGS 84.
    """

    id: str
    kind: str
    name: str
    shown: str
    code: str | None = None
    municipality: str | None = None
    province: str | None = None
    score: float = 0.0
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Suggestions:
    """Places whose name begins like this, and other spellings of what was asked."""

    found: tuple[Found, ...]
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Locatieserver:
    """The service at an address; each method raises what a Fetcher raises."""

    fetcher: Fetcher
    url: str = URL

    def free(self, text: str, kinds: Sequence[str] = KINDS, rows: int = 10) -> tuple[Found, ...]:
        """Places by name, the best first."""
        asked = {"q": text, "fq": _only(kinds), "rows": str(rows), "fl": ",".join(_FIELDS)}
        return self._found("free", asked)

    def suggest(self, text: str, kinds: Sequence[str] = KINDS, rows: int = 10) -> Suggestions:
        """Places whose name begins like this; only their id, kind and name are told."""
        asked = {"q": text, "fq": _only(kinds), "rows": str(rows)}
        said = self._said("suggest", asked)
        return Suggestions(self._read(said), tuple(dict.fromkeys(_spellings(said))))

    def lookup(self, id: str) -> Found | None:
        """All that is known of a place that was suggested."""
        found = self._found("lookup", {"id": id, "fl": ",".join(_FIELDS)})
        return found[0] if found else None

    def reverse(
        self, longitude: float, latitude: float, kinds: Sequence[str] = ("buurt",), rows: int = 5
    ) -> tuple[Found, ...]:
        """What is at a point in WGS 84, the nearest first."""
        found: list[Found] = []
        for kind in kinds:
            asked = {"lat": str(latitude), "lon": str(longitude), "type": kind, "rows": str(rows)}
            found += self._found("reverse", {**asked, "fl": ",".join(_FIELDS)})
        return tuple(found)

    def _found(self, service: str, asked: Mapping[str, str]) -> tuple[Found, ...]:
        return self._read(self._said(service, asked))

    def _said(self, service: str, asked: Mapping[str, str]) -> dict[str, Any]:
        return self.fetcher.json(f"{self.url}/{service}", asked)

    def _read(self, said: Mapping[str, Any]) -> tuple[Found, ...]:
        response = said.get("response")
        docs = response.get("docs") if isinstance(response, dict) else None
        if not isinstance(docs, list) or not all(isinstance(doc, dict) for doc in docs):
            raise SourceUnreadable(self.url, "the answer has no response with docs")
        return tuple(_place(doc) for doc in docs)


def _only(kinds: Iterable[str]) -> str:
    return f"type:({' OR '.join(kinds)})"


def _place(doc: Mapping[str, Any]) -> Found:
    kind = str(doc.get("type", ""))
    name = doc.get(f"{kind}naam") or doc.get("weergavenaam", "")
    own = _code(doc.get(_OWN.get(kind, "")))
    return Found(
        str(doc.get("id", "")),
        kind,
        str(name),
        str(doc.get("weergavenaam", "")),
        own,
        _code(doc.get("gemeentecode"), Level.GEMEENTE),
        _code(doc.get("provinciecode"), Level.PROVINCIE),
        float(doc.get("score") or 0),
        _point(doc.get("centroide_ll")),
    )


def _code(text: object, level: Level | None = None) -> str | None:
    """A code as CBS writes it; of a municipality the service gives the digits alone."""
    found = codes.read(str(text)) if text else None
    return found.text if found and level in (None, found.level) else None


def _point(text: object) -> tuple[float, float] | None:
    found = _POINT.fullmatch(str(text))
    return (float(found[1]), float(found[2])) if found else None


def _spellings(said: Mapping[str, Any]) -> Iterable[str]:
    """What may have been meant: a flat list, in which words and what is said of them alternate."""
    checked = said.get("spellcheck")
    listed = checked.get("suggestions") if isinstance(checked, dict) else None
    for part in listed if isinstance(listed, list) else ():
        if isinstance(part, dict):
            for one in part.get("suggestion") or ():
                yield str(one.get("word", "")) if isinstance(one, dict) else str(one)
