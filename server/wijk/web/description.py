"""What the service says of itself, by SPARQL 1.1 Service Description: what is there, no more."""

import asyncio
from functools import lru_cache

from starlette.requests import Request

from wijk import resources, turtle
from wijk.engine import Ask, formats
from wijk.errors import EngineError
from wijk.web import replies
from wijk.web.front import Front
from wijk.web.replies import Representation

_MOST = 1000
"""Graphs that are named one by one."""


async def described(site: Front, request: Request, media_type: str) -> Representation:
    """The description in one of the formats of RDF.

    The endpoint is where the operator says it can be reached; else where it was asked, and
    Turtle leaves that to its reader.
    """
    size, graphs = await _rows(site, "size"), await _rows(site, "graphs")
    body = site.show(
        "service.ttl",
        replies.root(request),
        endpoint=f"{site.public_url}/sparql" if site.public_url else "sparql",
        about=site.engine.about,
        size=next((row["triples"] for row in size), None),
        graphs={row["graph"]: row["triples"] for row in graphs} if len(graphs) <= _MOST else {},
        more=len(graphs) > _MOST,
        most=_MOST,
    )
    if media_type != formats.TURTLE:
        here = str(request.url.replace(query="", fragment=""))
        body = await asyncio.to_thread(_written, body, here, media_type)
    return Representation(media_type, body)


async def _rows(site: Front, name: str) -> list[dict[str, str]]:
    """What the data hold now; nothing when the engine cannot say it in time."""
    ask = Ask(_text(name), formats.JSON, own=True)
    try:
        answer = await site.engine.answer(ask)
        rows = await answer.bindings()
    except EngineError:
        return []
    # Whoever has no graph at all still gets one row, with nothing to count.
    return [{key: term["value"] for key, term in row.items()} for row in rows if row]


@lru_cache
def _text(name: str) -> str:
    path = resources.came_along() / "queries" / "pages" / f"{name}.rq"
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def _written(body: bytes, here: str, media_type: str) -> bytes:
    graph = turtle.parse(body, "the description of the service", here)
    return turtle.serialize(graph, media_type)
