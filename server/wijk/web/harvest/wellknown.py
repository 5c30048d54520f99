"""`/.well-known/void` and `/.well-known/api-catalog`: what is here, for who never was here."""

import json
from collections.abc import Iterator, Mapping

from starlette.requests import Request
from starlette.responses import Response

from wijk import turtle
from wijk.engine.remote import texts
from wijk.harvesting.catalogue import linkset, void
from wijk.harvesting.catalogue.void import Example
from wijk.harvesting.discovery.signposting import LINKSET
from wijk.web import negotiation, problems, replies, signposts
from wijk.web.documents import ALIASES
from wijk.web.harvest.catalogue import catalogue
from wijk.web.replies import Representation
from wijk.web.site import Site

_OFFERED = (turtle.TURTLE, turtle.JSONLD, turtle.RDFXML, turtle.NTRIPLES)


async def described(request: Request) -> Response:
    """`/.well-known/void`: the data in VoID, at this very address."""
    site: Site = request.app.state.site
    found = await catalogue(request)
    if found is None:
        return problems.response(site, request, problems.not_found(site, request))
    media_type = negotiation.choose(replies.accept(request), _OFFERED, ALIASES)
    if media_type is None:
        problem = problems.not_acceptable(void.PATH, _OFFERED)
        return problems.response(site, request, problem)
    rows = await site.rows("harvest-void", {})

    def make() -> bytes:
        sparql = site.url("/sparql") if site.services is not None else ""
        made = void.graph(found, rows, examples(site) if sparql else (), sparql)
        prefixes = {**site.snapshot.prefixes, "formats": "http://www.w3.org/ns/formats/"}
        return turtle.serialize(made, media_type, prefixes=prefixes)

    body = await site.once((void.PATH, media_type), make)
    return replies.reply(request, Representation(media_type, body, signposts.rights(site)))


async def services(request: Request) -> Response:
    """`/.well-known/api-catalog`: the services, and what describes them."""
    site: Site = request.app.state.site
    found = await catalogue(request)
    if found is None or not found.services:
        return problems.response(site, request, problems.not_found(site, request))
    body = json.dumps(linkset.linkset(found), ensure_ascii=False, indent=1).encode()
    headers = signposts.rights(site, before=f'<{found.url(linkset.PATH)}>; rel="api-catalog"')
    kind = f'{LINKSET}; profile="{linkset.PROFILE}"'
    return replies.reply(request, Representation(kind, body, headers))


def examples(site: Site) -> Iterator[Example]:
    """The prepared questions, with their example values in them."""
    for name, question in site.examples.items():
        given: Mapping[str, str] = {it.name: it.example for it in question.params if it.example}
        if any(it.required and it.name not in given for it in question.params):
            continue  # nothing is there that it can be asked about
        text = "\n".join(line for line in question.text.splitlines() if not line.startswith("#+"))
        bound = texts.bound(text.strip(), question.bind(given, site.snapshot))
        yield Example(name, question.summary, bound + "\n")


ROUTES = {void.PATH: described, linkset.PATH: services}
