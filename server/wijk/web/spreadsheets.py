"""The answer to a prepared question as CSV, for who opens it in a spreadsheet."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from wijk.engine import Answer
from wijk.harvesting.dumps.columns import harmless
from wijk.web import replies
from wijk.web.replies import Representation

_FIELD = re.compile(r'"(?:[^"]|"")*"|[^",\r\n]+')
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


async def answered(request: Request, made: Answer) -> Response:
    """Send an answer in CSV of which no text is a formula.

    At `/sparql` a text stays as it is: SPARQL 1.1 says how its CSV is written.

    Raises:
        EngineError: the engine cannot finish it.
    """
    body = await made.whole()
    safe = await asyncio.to_thread(without_formulas, body)
    return replies.reply(request, Representation(made.media_type, safe))


def without_formulas(body: bytes) -> bytes:
    """CSV (RFC 4180) in UTF-8, with an apostrophe before what a spreadsheet takes for a formula."""
    return _FIELD.sub(_field, body.decode()).encode()


def _field(found: re.Match[str]) -> str:
    text = found[0]
    if text.startswith('"'):
        text = text[1:-1].replace('""', '"')
    safe = text if _NUMBER.fullmatch(text) else harmless(text)
    return found[0] if safe == text else '"' + safe.replace('"', '""') + '"'
