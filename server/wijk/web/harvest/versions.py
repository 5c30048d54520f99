"""`/dataset/cases/<version>`: a version as RDF; its files are at `/dump/<version>/`."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.catalogue import dcat, schemaorg
from wijk.harvesting.catalogue import versions as versioned
from wijk.harvesting.catalogue.model import Catalogue
from wijk.harvesting.discovery import signposting
from wijk.harvesting.discovery.signposting import Link
from wijk.harvesting.rights import CASES
from wijk.versions import Version
from wijk.web import negotiation, problems, replies
from wijk.web.documents import ALIASES
from wijk.web.harvest import catalogue
from wijk.web.harvest.catalogue import SUFFIXES
from wijk.web.negotiation import HTML
from wijk.web.replies import Representation
from wijk.web.site import Site


async def version(request: Request) -> Response:
    """A version, with or without a suffix: as RDF; people are led to its files.

    A name with a point in it is no name with a suffix: 1.0.0.
    """
    site: Site = request.app.state.site
    name = f"{request.path_params['name']}/{request.path_params['version']}"
    suffix = next((it for it in SUFFIXES if name.endswith(it)), "")
    about = f"{site.snapshot.base}dataset/{name.removesuffix(suffix)}"
    found = await catalogue.catalogue(request)
    known = {str(versioned.iri(found, it)): it for it in found.named} if found else {}
    if found is None or (chosen := known.get(about)) is None:
        return problems.response(site, request, problems.not_found(site, request))
    offered = tuple(SUFFIXES.values())
    asked = negotiation.choose(replies.accept(request), offered, ALIASES)
    media_type = SUFFIXES.get(suffix) or asked or HTML
    is_file = bool(suffix) and media_type != HTML
    headers = {"Link": signposting.header(_links(found, site, chosen, is_file))}
    if media_type == HTML:
        path = replies.root(request) + versioned.page(chosen)
        return replies.see_other(request, path, headers)
    if not suffix:
        told = next(suffix for suffix, kind in SUFFIXES.items() if kind == media_type)
        headers["Content-Location"] = f"{replies.root(request)}/dataset/{name}{told}"
    made = await catalogue.graph(request)
    assert made is not None
    body = catalogue.written(dcat.about(made, about), site, media_type)
    return replies.reply(request, Representation(media_type, body, headers))


async def links(request: Request, version: Version) -> dict[str, str]:
    """The Link header of the page with the files of a version; none without a catalogue."""
    site: Site = request.app.state.site
    found = await catalogue.catalogue(request)
    if found is None or CASES not in found.rights.datasets:
        return {}
    return {"Link": signposting.header(_links(found, site, version, False))}


def _links(found: Catalogue, site: Site, version: Version, is_file: bool) -> Iterator[Link]:
    """The signposts of a version and its page, or of one of the files about it."""
    about, page = str(versioned.iri(found, version)), site.url(versioned.page(version))
    terms = found.rights.datasets[CASES]
    yield Link(about, "canonical")
    if is_file:
        yield Link(page, "describes", HTML)
    else:
        yield Link(about, "cite-as")
        for kind in ("AboutPage", "Dataset"):
            yield Link(f"{schemaorg.CONTEXT['@vocab']}{kind}", "type")
        path = f"/dataset/{CASES}/{version.name}"
        for suffix, kind in SUFFIXES.items():
            if kind != HTML:
                yield Link(site.url(path + suffix), "describedby", kind)
        if (file := found.measured.get(version.name)) is not None:
            yield Link(f"{page}{file.name}", "item", file.media_type)
        yield Link(terms.dataset, "collection")
    yield from catalogue.beside(site, terms.licence)


ROUTES = {"/dataset/{name}/{version}": version}
