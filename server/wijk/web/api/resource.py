"""A kind of thing at `/api/v1`: all of them, and one by its slug; as JSON, CSV or GeoJSON."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rapidfuzz import process
from rdflib import URIRef
from starlette.requests import Request
from starlette.responses import Response

from wijk import turtle
from wijk.changelog import Entry
from wijk.engine import formats
from wijk.questions import Param
from wijk.snapshot import is_there
from wijk.web import gone, negotiation, problems, replies, signposts
from wijk.web.api import geojson, listing, paging, parameters, schemas, table
from wijk.web.api.geojson import Thing
from wijk.web.api.listing import Listing
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.requests import BadRequest
from wijk.web.site import Site

JSON = "application/json"
ROOT = "/api/v1"

Row = Mapping[str, str]
"""One value of a thing, as the query of its kind gives it: `thing`, `field`, `value` and more."""


@dataclass(frozen=True)
class Resource:
    """One kind: its path below `/api/v1`, the query in queries/pages that finds them, and more.

    `schema` names how one is told, `fields` tells it, `filters` are what a list is chosen by: the
    query with `filter-` before its name says which things have which values.
    """

    path: str
    kind: str
    query: str
    schema: str
    fields: Callable[[Sequence[Row]], dict[str, Any]]
    filters: tuple[Param, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """The media types of a list and of one: GeoJSON is for what has a geometry."""
        located = "geometry" in schemas.properties(self.schema)
        return (JSON, geojson.MEDIA_TYPE, table.MEDIA_TYPE) if located else (JSON, table.MEDIA_TYPE)

    async def several(self, request: Request) -> Response:
        """A page of the things of this kind, in the order of their IRIs."""
        site: Site = request.app.state.site
        if away := gone.asked(site, self.filters, request.query_params):
            return problems.response(site, request, away)
        try:
            wanted = negotiated(request, self.offered)
            asked = parameters.asked(request.query_params, self.filters, site.snapshot)
        except BadRequest as error:
            return refused(site, request, error, self.offered)
        kept = await self.listing(site)
        count, things = kept.page(asked.filters, asked.page)
        links = paging.links(site.url(ROOT + self.path), asked.given, asked.page, count)
        headers = signposts.rights(site, self.kind, paging.header(links))
        listed = {"count": count, "items": things, "_links": hrefs(links)}
        return replies.reply(request, self._written(wanted, things, listed, headers))

    async def one(self, request: Request) -> Response:
        """One thing; 404 with the nearest names when there is none, 410 when it was withdrawn."""
        site: Site = request.app.state.site
        slug = request.path_params["slug"]
        if not is_there(f"{site.snapshot.base}doc/{self.kind}/{slug}", site.snapshot):
            return problems.response(site, request, self._missing(site, request, slug))
        try:
            wanted = negotiated(request, self.offered)
            parameters.only(request.query_params, ())
        except BadRequest as error:
            return refused(site, request, error, self.offered)
        iri = URIRef(f"{site.snapshot.base}id/{self.kind}/{slug}")
        rows = await site.rows(self.query, {"thing": turtle.term(iri)})
        things = self._things(site, filter(listing.says, rows))
        if not things:  # the folder changed between the two
            return problems.response(site, request, self._missing(site, request, slug))
        headers = signposts.rights(site, self.kind)
        return replies.reply(request, self._written(wanted, things, things[0], headers))

    async def listing(self, site: Site) -> Listing:
        """All things of this kind; made once for a site.

        Raises:
            EngineError: the engine cannot tell them.
        """

        async def made() -> Listing:
            told = await site.answer(self.query, {}, formats.CSV)
            by = await site.answer(f"filter-{self.query}", {}, formats.CSV)
            return await asyncio.to_thread(self._listed, site, told, by)

        return await site.once_asked((Listing, self.query), made)

    def _listed(self, site: Site, told: bytes, by: bytes) -> Listing:
        return listing.made(self._things(site, listing.rows(told)), listing.rows(by))

    def _things(self, site: Site, rows: Iterable[Row]) -> list[Thing]:
        start = f"{site.snapshot.base}id/{self.kind}/"
        found: list[Thing] = []
        for iri, of_one in groupby(rows, lambda row: row["thing"]):
            slug = iri.removeprefix(start)
            entry = self._entry(site, slug)
            told = {"id": iri, "slug": slug, **self.fields(list(of_one))}
            found.append({**told, "modified": entry.stamp if entry else None})
        return found

    def _entry(self, site: Site, slug: str) -> Entry | None:
        """What the log says last of the document that tells of this thing."""
        document = f"{site.snapshot.base}doc/{self.kind}/{slug}"
        scheme = site.snapshot.concepts.get(document)
        return site.log.latest.get(scheme.iri if scheme else document)

    def _written(
        self, wanted: str, things: Sequence[Thing], told: object, headers: Mapping[str, str]
    ) -> Representation:
        """The things in this media type; as JSON what is told of them."""
        if wanted == table.MEDIA_TYPE:
            listed = table.columns(self.schema)
            name = f'attachment; filename="{self.path[1:]}.csv"'
            headers = {**headers, "Content-Disposition": name}
            return Representation(wanted, table.written(things, listed), headers)
        if wanted == geojson.MEDIA_TYPE:
            several = isinstance(told, Mapping) and "items" in told
            told = geojson.collection(things) if several else geojson.feature(things[0])
        return Representation(wanted, json.dumps(told, ensure_ascii=False).encode(), headers)

    def _missing(self, site: Site, request: Request, slug: str) -> Problem:
        withdrawn = gone.problem(site, f"{site.snapshot.base}doc/{self.kind}/{slug}")
        if withdrawn is not None:
            return withdrawn
        start = f"{replies.root(request)}{ROOT}{self.path}/"
        there = f"{site.snapshot.base}doc/{self.kind}/"
        known = [name for name in site.snapshot.slugs(self.kind) if there + name not in site.gone]
        nearest = process.extract(slug[:200], known, limit=3, score_cutoff=60)
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
    return [{"id": row["value"], label: called(row)} for row in rows if row["field"] == field]


def called(row: Row) -> str:
    """The name of what a row refers to; without one, that in its address."""
    name = row.get("label", "")
    return name if name.strip() else row["value"].rpartition("/")[2]


def positions(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The points of a thing, or of its places: of each of those the one that ranks first."""
    best: dict[str, tuple[str, tuple[float, float]]] = {}
    for row in rows:
        if row["field"] == "point" and (found := geojson.position(row["value"])):
            offer = (row["rank"], found)
            of = row.get("of", row["thing"])
            best[of] = min(best.get(of, offer), offer)
    return [found for _, found in best.values()]


def negotiated(request: Request, offered: Sequence[str]) -> str:
    """The media type that the client wants of these.

    Raises:
        BadRequest: none of them, with status 406.
    """
    wanted = negotiation.choose(replies.accept(request), tuple(offered))
    if wanted is None:
        there = " and ".join((", ".join(offered[:-1]), offered[-1]) if offered[1:] else offered)
        raise BadRequest(f"{replies.path(request)} is there as {there}.", 406)
    return wanted


def refused(
    site: Site, request: Request, error: BadRequest, offered: Sequence[str] = ()
) -> Response:
    """The refusal of a request as a problem; a 406 says which media types there are."""
    if error.status == 406:
        more = {"available": list(offered)}
        problem = Problem(406, "Not acceptable", str(error), more=more)
    else:
        problem = Problem(error.status, "The request is not taken", str(error))
    return problems.response(site, request, problem)


def hrefs(links: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Addresses by relation, in the way of HAL."""
    return {relation: {"href": address} for relation, address in links.items()}
