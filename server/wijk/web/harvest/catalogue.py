"""`/catalog` and `/dataset/…`: what can be had here, for portals and for people."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from fastapi import FastAPI
from rdflib import Graph
from starlette.requests import Request
from starlette.responses import Response

from wijk import days, turtle, versions
from wijk.harvesting.catalogue import (
    dcat,
    facts,
    files,
    linkset,
    offers,
    schemaorg,
)
from wijk.harvesting.catalogue.model import Catalogue
from wijk.harvesting.catalogue.offers import STANDARDS, Offer
from wijk.harvesting.discovery import signposting
from wijk.harvesting.discovery.signposting import Link
from wijk.harvesting.dumps import Dump, Dumps
from wijk.harvesting.rights import CASES, said
from wijk.namespaces import SPDX
from wijk.snapshot import Document
from wijk.web import negotiation, problems, replies
from wijk.web.answering import by_a_server
from wijk.web.documents import ALIASES
from wijk.web.harvest import dumping
from wijk.web.negotiation import HTML
from wijk.web.replies import Representation
from wijk.web.site import Site
from wijk.web.suffixes import NAMES
from wijk.web.views import Link as Shown

SUFFIXES: Mapping[str, str] = {
    ".ttl": turtle.TURTLE,
    ".html": HTML,
    ".jsonld": turtle.JSONLD,
    ".rdf": turtle.RDFXML,
    ".nt": turtle.NTRIPLES,
}
_PREFIXES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "spdx": str(SPDX),
}


async def catalogue(request: Request) -> Catalogue | None:
    """The catalogue of what this application serves; None for a folder that has none."""
    site: Site = request.app.state.site
    return await site.once_asked("catalogue", lambda: _gathered(site, request.app))


async def _gathered(site: Site, app: FastAPI) -> Catalogue | None:
    document = site.snapshot.documents.get(f"{site.snapshot.base}doc/catalog")
    if document is None or not site.rights.described:
        return None
    rows = await site.rows("harvest-catalogue", {})
    dumps, measured = await dumping.latest(app), await dumping.measured(app)
    return await asyncio.to_thread(_made, site, document, rows, dumps, measured, _served(app))


def _made(
    site: Site,
    document: Document,
    rows: Iterable[Mapping[str, str]],
    dumps: Dumps,
    measured: Mapping[str, Dump],
    served: frozenset[str],
) -> Catalogue:
    rights, base = site.rights, site.snapshot.base
    known = versions.of(site.snapshot.documents, base)
    found = (*files.distributions(dumps.all), *offers.streams(served))
    beside = site.snapshot.documents.get(f"{base}doc/{versions.PATH.stem}")
    return Catalogue(
        base,
        [*document.graph, *(beside.graph if beside else ())],
        rights,
        facts.gathered(rows, site.log, base, rights.datasets),
        tuple(it for it in found if it.dataset in rights.datasets),
        offers.services(served),
        site.url(""),
        _versions(site, dumps),
        known,
        measured,
        frozenset(it.name for it in known if not site.log.is_whole(it.time)),
        site.services or "",
    )


def _served(app: FastAPI) -> frozenset[str]:
    """The routes that something answers: of files, without those that only a server does."""
    site: Site = app.state.site
    routes = (str(getattr(route, "path", "")) for route in app.routes)
    return frozenset(it for it in routes if site.services is not None or not by_a_server(it))


def _versions(site: Site, dumps: Dumps) -> dict[str, str]:
    """What each dataset says is its version: a name, as long as nothing was published since."""
    told = {name: about.version for name, about in dumps.about.items()}
    named = versions.of(site.snapshot.documents, site.snapshot.base)
    if named and CASES in told and named[-1].time == site.log.last:
        told[CASES] = named[-1].name
    return told


async def graph(request: Request) -> Graph | None:
    """The same in DCAT."""
    site: Site = request.app.state.site
    found = await catalogue(request)
    return None if found is None else await site.once("dcat", lambda: dcat.graph(found))


async def whole(request: Request) -> Response:
    """`/catalog`, with or without a suffix, and `/.well-known/datacatalog`."""
    suffix = PurePosixPath(replies.path(request)).suffix
    return await _answered(request, "", suffix)


async def dataset(request: Request) -> Response:
    """`/dataset/<name>`, with or without a suffix."""
    path = PurePosixPath(request.path_params["name"])
    suffix = path.suffix if path.suffix in SUFFIXES else ""
    return await _answered(request, path.name.removesuffix(suffix), suffix)


def beside(site: Site, licence: str) -> Iterator[Link]:
    """The signposts to the licence, to who publishes and to the whole."""
    yield from signposting.rights(licence, site.rights.publisher.iri)
    yield Link(site.url(linkset.PATH), "api-catalog")


async def _answered(request: Request, name: str, suffix: str) -> Response:
    site: Site = request.app.state.site
    found = await catalogue(request)
    if found is None or (name and name not in found.rights.datasets):
        return problems.response(site, request, problems.not_found(site, request))
    path = f"/dataset/{name}" if name else "/catalog"
    media_type = SUFFIXES.get(suffix)
    headers = {"Link": signposting.header(_links(found, site, name, suffix))}
    if media_type is None:
        offered = tuple(SUFFIXES.values())
        media_type = negotiation.choose(replies.accept(request), offered, ALIASES)
        if media_type is None:
            return problems.response(site, request, problems.not_acceptable(path, offered))
        chosen = next(suffix for suffix, kind in SUFFIXES.items() if kind == media_type)
        headers["Content-Location"] = f"{replies.root(request)}{path}{chosen}"
    body = await _body(request, found, name, media_type)
    return replies.reply(request, Representation(media_type, body, headers))


def _links(found: Catalogue, site: Site, name: str, suffix: str) -> Iterator[Link]:
    """The signposts of a page about a dataset or all of them, and those of its files."""
    path = f"/dataset/{name}" if name else "/catalog"
    about = f"{site.snapshot.base}{path.strip('/')}"
    page, licence = site.url(f"{path}.html"), site.rights.of("case").licence
    if name:
        licence = found.rights.datasets[name].licence
    yield Link(about, "canonical")
    if suffix not in ("", ".html"):
        yield Link(page, "describes", HTML)
    else:
        yield Link(about, "cite-as")
        for kind in ("AboutPage", "Dataset" if name else "DataCatalog"):
            yield Link(f"{schemaorg.CONTEXT['@vocab']}{kind}", "type")
        for each, kind in SUFFIXES.items():
            yield Link(site.url(path + each), "alternate" if kind == HTML else "describedby", kind)
        for offer in found.offered(name):
            if offer.download and offer.size is not None:
                yield Link(site.url(offer.path), "item", _sent_as(offer))
    yield from beside(site, licence)


def _sent_as(offer: Offer) -> str:
    return "application/gzip" if offer.packed else offer.media_type


async def _body(request: Request, found: Catalogue, name: str, media_type: str) -> bytes:
    site: Site = request.app.state.site
    if media_type == HTML:
        return _page(site, replies.root(request), found, name)
    made = await graph(request)
    assert made is not None

    def write() -> bytes:
        part = dcat.about(made, found.rights.datasets[name].dataset) if name else made
        return written(part, site, media_type)

    return await site.once(("catalogue", name, media_type), write)


def written(part: Graph, site: Site, media_type: str) -> bytes:
    """A part of the catalogue in one of the formats."""
    prefixes = {**site.snapshot.prefixes, **_PREFIXES}
    return turtle.serialize(part, media_type, prefixes=prefixes)


def _page(site: Site, root: str, found: Catalogue, name: str) -> bytes:
    path = f"/dataset/{name}" if name else "/catalog"
    iri = f"{site.snapshot.base}{path.strip('/')}"
    told = schemaorg.of_dataset(found, name) if name else schemaorg.of_catalogue(found)
    names = {".ttl": "Turtle", **{suffix: NAMES[suffix] for suffix in SUFFIXES if suffix in NAMES}}
    return site.show(
        "catalogue.html",
        root,
        catalogue=found,
        iri=iri,
        title=said(found.rights.datasets[name].title) if name else site.name,
        about=schemaorg.texts(found, iri, "description"),
        described=lambda about: schemaorg.texts(found, about, "description"),
        standards=STANDARDS,
        datasets=[name] if name else list(found.rights.datasets),
        single=bool(name),
        said=said,
        called=site.label,
        day=days.dutch,
        # In a script, only `</` could end it.
        told=json.dumps(told, ensure_ascii=False, indent=1).replace("</", "<\\/"),
        formats=[Shown(shown, path + suffix) for suffix, shown in names.items()],
    )


ROUTES = {
    "/catalog": whole,
    **{f"/catalog{suffix}": whole for suffix in SUFFIXES},
    "/dataset/{name}": dataset,
    "/.well-known/datacatalog": whole,
}
