"""`/controle.ttl`, `.json`, `.csv`: what the check said of what is served, as files."""

import csv
import io
import json
from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk import turtle
from wijk.checking import Finding, report
from wijk.checking.messages import code, level
from wijk.harvesting.dumps.columns import harmless
from wijk.web import replies
from wijk.web.replies import Representation
from wijk.web.site import Site

_COLUMNS = ("code", "niveau", "ding", "plek", "uitleg")


async def _turtle(request: Request) -> Response:
    """The validation report of SHACL, section 3.6; 404 when the remarks were not kept."""
    site: Site = request.app.state.site
    made = report(_found(site))
    body = turtle.serialize(made, turtle.TURTLE, prefixes=site.snapshot.prefixes)
    return replies.reply(request, Representation(turtle.TURTLE, body))


async def _json(request: Request) -> Response:
    """The same as JSON; what is served has no errors, else it would not be."""
    items = [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(request.app.state.site)]
    told = {"errors": 0, "count": len(items), "items": items}
    body = json.dumps(told, ensure_ascii=False).encode()
    return replies.reply(request, Representation("application/json", body))


async def _csv(request: Request) -> Response:
    """The same as CSV, RFC 4180, without formulas."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(_COLUMNS)
    lines.writerows(map(harmless, row) for row in _rows(request.app.state.site))
    body = text.getvalue().encode()
    return replies.reply(request, Representation("text/csv; header=present", body))


def _rows(site: Site) -> Iterator[tuple[str, ...]]:
    for it in _found(site):
        yield code(it), level(it, "nl"), it.thing, it.file, it.message["nl"]


def _found(site: Site) -> list[Finding]:
    """The remarks as the findings that they were."""
    remarks = site.snapshot.remarks
    if remarks is None:
        raise HTTPException(404)
    return [
        Finding(it.rule, it.severity, {"nl": it.sentence}, it.path, thing=it.thing)
        for it in remarks.said
    ]


ROUTES = {"/controle.ttl": _turtle, "/controle.json": _json, "/controle.csv": _csv}
