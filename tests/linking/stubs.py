"""Services of others as their documentation has them, on loopback: what they know is told first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What each service of the Locatieserver takes; anything else is refused since 3.1.
_SHARED = {"fl", "rows", "start", "sort", "wt", "fq", "df", "bq", "qf", "lat", "lon"}
TAKES = {
    "free": {"q", *_SHARED},
    "suggest": {"q", *_SHARED},
    "lookup": {"id", "fl", "wt"},
    "reverse": {"X", "Y", "lat", "lon", "type", "rows", "start", "fl", "fq", "distance", "wt"},
}
_DEFAULT = "type:(gemeente OR woonplaats OR weg OR postcode OR adres)"


def buurt(code: str, name: str, wijk: str, municipality: str, **more: object) -> dict[str, Any]:
    """A buurt as the Locatieserver tells it: the municipality has no GM before its code."""
    return {
        "bron": "CBS",
        "type": "buurt",
        "id": f"bu-{code}",
        "weergavenaam": f"{name}, {wijk}, {municipality}",
        "buurtcode": code,
        "buurtnaam": name,
        "wijkcode": f"WK{code[2:8]}",
        "wijknaam": wijk,
        "gemeentecode": code[2:6],
        "gemeentenaam": municipality,
        "provinciecode": "PV30",
        "provincienaam": "Noord-Brabant",
        "provincieafkorting": "NB",
        "identificatie": code,
        "score": 9.5,
        "centroide_ll": "POINT(5.309 51.695)",
        "centroide_rd": "POINT(148990.1 411890.2)",
        **more,
    }


def gemeente(digits: str, name: str, **more: object) -> dict[str, Any]:
    """A municipality as the Locatieserver tells it."""
    return {
        "bron": "Bestuurlijke Grenzen",
        "type": "gemeente",
        "id": f"gem-{digits}",
        "identificatie": digits,
        "weergavenaam": f"Gemeente {name}",
        "gemeentecode": digits,
        "gemeentenaam": name,
        "provinciecode": "PV30",
        "provincienaam": "Noord-Brabant",
        "score": 9.8,
        "centroide_ll": "POINT(5.313 51.708)",
        **more,
    }


@dataclass
class Pdok:
    """What the Locatieserver answers: places by words in their names, and what is at any point."""

    docs: Sequence[Mapping[str, Any]] = ()
    spellings: Sequence[str] = ()
    here: Sequence[Mapping[str, Any]] = ()

    def on(self, service: Any, reply: Any) -> str:
        """Answer at this service, from now on; the address."""
        for name in TAKES:
            service.makes(
                f"/locatieserver/{name}", lambda asked, name=name: self._said(asked, name, reply)
            )
        return f"{service.url}/locatieserver"

    def _said(self, request: Any, name: str, reply: Any) -> Any:
        unknown = request.query.keys() - TAKES[name]
        if unknown or (name in ("suggest",) and not request.query.get("q")):
            title = f"Unknown parameter: {', '.join(sorted(unknown))}"
            return reply({"type": "about:blank", "title": title, "status": 400}, 400)
        found = list(getattr(self, f"_{name}")(request.query))
        fields = request.query.get("fl", "id,weergavenaam,type,score").split(",")
        docs = [{key: doc[key] for key in fields if key in doc} for doc in found]
        said: dict[str, Any] = {
            "response": {
                **{"numFound": len(docs), "start": 0, "maxScore": 9.8, "numFoundExact": True},
                "docs": docs,
            }
        }
        return reply(said | (self._around(request.query["q"], docs) if name == "suggest" else {}))

    def _free(self, query: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
        kinds = query.get("fq", _DEFAULT).removeprefix("type:(").rstrip(")").split(" OR ")
        words = query.get("q", "").lower().split()
        known = [(doc, str(doc["weergavenaam"]).lower()) for doc in self.docs]
        return [
            doc for doc, name in known if doc["type"] in kinds and all(it in name for it in words)
        ]

    _suggest = _free

    def _lookup(self, query: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
        return [doc for doc in self.docs if doc["id"] == query["id"]]

    def _reverse(self, query: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
        return [doc for doc in self.here if doc["type"] == query.get("type", "adres")]

    def _around(self, asked: str, docs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        marked = {doc["id"]: {"suggest": [f"<b>{doc['weergavenaam']}</b>"]} for doc in docs}
        about = {"numFound": len(self.spellings), "startOffset": 0, "endOffset": len(asked)}
        listed = [asked, {**about, "suggestion": [*self.spellings]}] if self.spellings else []
        return {"highlighting": marked, "spellcheck": {"suggestions": listed, "collations": []}}


def items(*rows: Mapping[str, str]) -> dict[str, Any]:
    """Rows as the query service of Wikidata gives them."""
    kinds = {"item": "uri", "ended": "literal"}
    return {
        "head": {"vars": ["code", "item", "label", "ended"]},
        "results": {
            "bindings": [
                {
                    key: {"type": kinds.get(key, "literal"), "value": text}
                    for key, text in row.items()
                }
                for row in rows
            ]
        },
    }
