"""Things, documents, the ontology and the shapes: at their own addresses, in every format."""

from pathlib import PurePosixPath
from urllib.parse import quote

from rdflib import OWL, URIRef
from starlette.requests import Request
from starlette.responses import Response

from wijk import turtle
from wijk.engine import formats
from wijk.namespaces import ONTOLOGY, SHAPES
from wijk.snapshot import Document
from wijk.web import gone, negotiation, problems, replies, signposts
from wijk.web.negotiation import HTML
from wijk.web.pages import documents as pages
from wijk.web.replies import Representation
from wijk.web.site import Site
from wijk.web.suffixes import SUFFIXES

OFFERED = (turtle.TURTLE, HTML, *(kind for kind in SUFFIXES.values() if kind != HTML))
OFFERED = tuple(dict.fromkeys(OFFERED))
ALIASES = {
    "application/xhtml+xml": HTML,
    "application/json": turtle.JSONLD,
    "application/xml": turtle.RDFXML,
    "text/xml": turtle.RDFXML,
    "application/x-turtle": turtle.TURTLE,
    "text/n3": turtle.TURTLE,
    "text/plain": turtle.NTRIPLES,
    "text/x-nquads": formats.N_QUADS,
    "application/x-trig": turtle.TRIG,
}


async def thing(request: Request) -> Response:
    """`/id/<kind>/<slug>`: 303 to the document about it."""
    site: Site = request.app.state.site
    path = request.path_params["path"]
    about = f"{site.snapshot.base}doc/{path}"
    if away := gone.problem(site, about):
        return problems.response(site, request, away)
    if about not in site.snapshot.documents and about not in site.snapshot.concepts:
        return problems.response(site, request, problems.not_found(site, request))
    return replies.see_other(request, f"{replies.root(request)}/doc/{quote(path)}")


async def document(request: Request) -> Response:
    """`/doc/<kind>/<slug>` and the same with a suffix."""
    site: Site = request.app.state.site
    return await _answered(request, f"{site.snapshot.base}doc/{request.path_params['path']}")


async def ontology(request: Request) -> Response:
    """`/def`, `/def/<version>`, `/def/alignment/<vocabulary>`, with or without a suffix."""
    site: Site = request.app.state.site
    rest = request.path_params.get("path", "")
    stem, suffix = _split(rest)
    current = site.snapshot.documents.get(ONTOLOGY)
    versions = current.graph.objects(URIRef(ONTOLOGY), OWL.versionInfo) if current else ()
    if stem in {str(version) for version in versions}:
        return await _answered(request, ONTOLOGY + suffix)
    return await _answered(request, f"{ONTOLOGY}/{rest}" if rest else ONTOLOGY)


async def term_file(request: Request) -> Response:
    """`/def.ttl` and the like, and the shapes."""
    name = replies.path(request).strip("/")
    start = SHAPES if name.startswith("shape") else ONTOLOGY
    return await _answered(request, start + _split(name)[1])


async def _answered(request: Request, iri: str) -> Response:
    site: Site = request.app.state.site
    found, media_type = site.snapshot.find(iri), None
    if found is None:
        stem, suffix = _split(iri)
        found, media_type = site.snapshot.find(stem), SUFFIXES.get(suffix)
    away = gone.problem(site, found.iri if found else _split(iri)[0])
    if found is None or away is not None:
        return problems.response(site, request, away or problems.not_found(site, request))
    headers: dict[str, str] = {}
    path = replies.root(request) + site.addresses.document_path(found.iri)
    if media_type is None:
        media_type = negotiation.choose(replies.accept(request), OFFERED, ALIASES)
        if media_type is None:
            return problems.response(site, request, problems.not_acceptable(path, OFFERED))
        headers["Content-Location"] = path + _suffix(media_type)
    key = f"{path} {headers}"
    if media_type == HTML and (kept := site.kept.found(key)) is not None:
        return replies.reply(request, kept)
    made = await _made(site, request, found, media_type)
    headers["Link"] = signposts.header(
        site, found, media_type, fixed="Content-Location" not in headers
    )
    if modified := signposts.modified(site, found, media_type):
        headers["Last-Modified"] = replies.dated(modified)
    answer = Representation(made.media_type, made.body, headers)
    if media_type == HTML:
        site.kept.keep(key, answer)  # until the folder changes it is the same
    return replies.reply(request, answer)


async def _made(site: Site, request: Request, found: Document, media_type: str) -> Representation:
    if media_type != HTML:
        return site.rdf(found, media_type)
    body = await pages.body(site, replies.root(request), found)
    return Representation(HTML, body)


def _split(path: str) -> tuple[str, str]:
    suffix = PurePosixPath(path).suffix if path else ""
    return (path.removesuffix(suffix), suffix) if suffix in SUFFIXES else (path, "")


def _suffix(media_type: str) -> str:
    return next(suffix for suffix, kind in SUFFIXES.items() if kind == media_type)
