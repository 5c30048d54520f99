"""`/api/v1/gebieden/{code}?datum=`: what a code of Statistics Netherlands means on a date."""

import asyncio
import json
import re
from datetime import date

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from wijk.linking import here, shown
from wijk.linking.register import Register
from wijk.linking.resolve import Outcome, resolve
from wijk.web import negotiation, problems, replies, signposts
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.site import Site

PATH = "/api/v1/gebieden/{code}"
_JSON = "application/json"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


async def area(request: Request) -> Response:
    """The area on that day, or today: itself, what it became part of, or those to choose from."""
    site: Site = request.app.state.site
    if negotiation.choose(replies.accept(request), (_JSON,)) is None:
        problem = problems.not_acceptable(replies.path(request), (_JSON,))
        return problems.response(site, request, problem)
    on = _day(request.query_params)
    if isinstance(on, Problem):
        return problems.response(site, request, on)
    register = await _register(site)
    found = resolve(register, request.path_params["code"], on)
    body = shown.as_json(register, found, site.snapshot.base)
    if found.outcome in (Outcome.MALFORMED, Outcome.UNKNOWN):
        malformed = found.outcome is Outcome.MALFORMED
        status, title = (400, "Not a code") if malformed else (404, "No such area")
        more = {name: body[name] for name in ("outcome", "why", "register")}
        return problems.response(site, request, Problem(status, title, found.why.en, more=more))
    text = json.dumps(body, ensure_ascii=False).encode()
    return replies.reply(request, Representation(_JSON, text, signposts.rights(site, "area")))


async def _register(site: Site) -> Register:
    """The register of this snapshot, read when it is first asked for."""
    if site.register is None:
        site.register = await asyncio.to_thread(here.register, site.snapshot)
    return site.register


def _day(asked: QueryParams) -> date | Problem:
    if others := sorted(asked.keys() - {"datum"}):
        detail = f"There is no parameter '{others[0][:40]}'; the day is datum, as datum=2022-03-24."
        return Problem(400, "No such parameter", detail)
    given = asked.getlist("datum")
    if not given:
        return date.today()
    text = given[0]
    try:
        if len(given) == 1 and _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as the thirtieth of February
    return Problem(400, "Not a date", f"datum is '{text[:40]}'; give one day, as 2022-03-24.")
