"""`/oai`: OAI-PMH 2.0 by GET and POST, and the schema of its second format."""

import asyncio
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting import oai
from wijk.harvesting.oai import answering, arguments, formats
from wijk.harvesting.oai.repository import PATH, Repository, repository
from wijk.web import problems, replies, signposts
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.requests import FORM, BadRequest, content, content_type
from wijk.web.site import Site

_MOST = 16 * 1024


async def _answered(request: Request) -> Response:
    """A request by the protocol: what is wrong in it is told by the protocol too, with a 200."""
    site: Site = request.app.state.site
    try:
        sent = request.scope.get("query_string", b"")
        if request.method == "POST":
            sent = await _form(request)
    except BadRequest as error:
        problem = Problem(error.status, "The request is not taken", str(error))
        return problems.response(site, request, problem)
    own, pairs = await _repository(site), arguments.decoded(sent)
    body = await asyncio.to_thread(answering.answer, own, pairs, datetime.now(UTC))
    headers = {
        "Content-Type": replies.content_type(answering.MEDIA_TYPE),
        "Cache-Control": "no-cache",
        **signposts.rights(site),
    }
    return Response(body, headers=headers)


async def _form(request: Request) -> bytes:
    kind, _ = content_type(request)
    if kind != FORM:
        given = kind[:80] or "nothing"
        raise BadRequest(f"Send the arguments by POST as {FORM}, not as {given}.", 415)
    return await content(request, _MOST)


async def _repository(site: Site) -> Repository:
    records = await site.records()

    def made() -> Repository:
        rights, log = site.rights, site.log
        return repository(site.name, site.snapshot.base, log, records, rights, site.url)

    return await site.once(Repository, made)


async def _schema(request: Request) -> Response:
    """What a record in RDF/XML is, for who validates."""
    return replies.reply(request, Representation("application/xml", _text()))


@cache
def _text() -> bytes:
    return (Path(oai.__file__).parent / "rdf.xsd").read_bytes()


ROUTES = {PATH: _answered, formats.SCHEMA: _schema}
BY_POST = frozenset((PATH,))
