"""A kind of thing at `/api/v1`: all of them, and one by its slug; as JSON or as GeoJSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rapidfuzz import process
from rdflib import URIRef
from starlette.requests import Request
from starlette.responses import Response

from wijk import turtle
from wijk.web import negotiation, problems, replies
from wijk.web.api import geojson
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.site import Site

JSON = "application/json"
_OFFERED = (JSON, geojson.MEDIA_TYPE)

Row = Mapping[str, str]
"""One value of a thing, as the query of its kind gives it: `thing`, `field`, `value` and more."""


@dataclass(frozen=True)
class Resource:
    """One kind: its path, the query in queries/pages that finds them, and how to tell one."""

    path: str
    kind: str
    query: str
    fields: Callable[[Sequence[Row]], dict[str, Any]]

    async def several(self, request: Request) -> Response:
        """All things of this kind, in the order of their IRIs."""
        site: Site = request.app.state.site
        if (wanted := _wanted(request)) is None:
            return problems.response(site, request, _not_acceptable(request))
        things = await self._things(site, {})
        if wanted == JSON:
            return _told(request, wanted, {"count": len(things), "items": things})
        return _told(request, wanted, geojson.collection(things))

    async def one(self, request: Request) -> Response:
        """One thing; 404 with the nearest names when there is none."""
        site: Site = request.app.state.site
        slug = request.path_params["slug"]
        if slug not in site.snapshot.slugs(self.kind):
            return problems.response(site, request, self._missing(site, request, slug))
        if (wanted := _wanted(request)) is None:
            return problems.response(site, request, _not_acceptable(request))
        iri = URIRef(f"{site.snapshot.base}id/{self.kind}/{slug}")
        things = await self._things(site, {"thing": turtle.term(iri)})
        if not things:  # the folder changed between the two
            return problems.response(site, request, self._missing(site, request, slug))
        return _told(request, wanted, things[0] if wanted == JSON else geojson.feature(things[0]))

    async def _things(self, site: Site, bindings: Mapping[str, str]) -> list[dict[str, Any]]:
        rows = await site.rows(self.query, bindings)
        start = f"{site.snapshot.base}id/{self.kind}/"
        return [
            {"id": iri, "slug": iri.removeprefix(start), **self.fields(list(of_one))}
            for iri, of_one in groupby(rows, lambda row: row["thing"])
        ]

    def _missing(self, site: Site, request: Request, slug: str) -> Problem:
        known = site.snapshot.slugs(self.kind)
        nearest = process.extract(slug[:200], known, limit=3, score_cutoff=60)
        start = f"{replies.root(request)}{self.path}/"
        hint = f" The nearest: {', '.join(start + name for name, *_ in nearest)}."
        detail = f"There is nothing at {start}{slug}.{hint if nearest else ''}"
        return Problem(404, "Not found", detail)


def values(rows: Sequence[Row], field: str) -> list[str]:
    """The values of one field, in the order of the query."""
    return [row["value"] for row in rows if row["field"] == field]


def value(rows: Sequence[Row], field: str) -> str | None:
    """The value of a field that has at most one."""
    return next(iter(values(rows, field)), None)


def references(rows: Sequence[Row], field: str, label: str = "name") -> list[dict[str, str]]:
    """The things that a field refers to: IRI and name."""
    return [{"id": row["value"], label: row["label"]} for row in rows if row["field"] == field]


def positions(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The points of a thing, or of its places: of each of those the one that ranks first."""
    best: dict[str, tuple[str, tuple[float, float]]] = {}
    for row in rows:
        if row["field"] == "point" and (found := geojson.position(row["value"])):
            offer = (row["rank"], found)
            of = row.get("of", row["thing"])
            best[of] = min(best.get(of, offer), offer)
    return [found for _, found in best.values()]


def _wanted(request: Request) -> str | None:
    return negotiation.choose(replies.accept(request), _OFFERED)


def _told(request: Request, media_type: str, body: object) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return replies.reply(request, Representation(media_type, text.encode()))


def _not_acceptable(request: Request) -> Problem:
    detail = f"{replies.path(request)} is there as {' and '.join(_OFFERED)}."
    return Problem(406, "Not acceptable", detail, more={"available": list(_OFFERED)})
