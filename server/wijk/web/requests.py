"""Reads a request to the SPARQL endpoint, as the SPARQL 1.1 Protocol says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from wijk.errors import WijkError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_MOST_BY_GET = 64 * 1024
_MOST_BY_POST = 1024 * 1024


class BadRequest(WijkError):
    """A request that is not of the protocol, and the status that says so."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Wanted:
    """What was asked: the query if there is one, the data set, and all parameters."""

    query: str | None
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    given: Mapping[str, str]


async def read(request: Request) -> Wanted:
    """The query and its parameters.

    Raises:
        BadRequest: what is wrong with it.
    """
    in_address = _pairs(request.scope.get("query_string", b""))
    if request.method != "POST":
        return _wanted(in_address, None, _MOST_BY_GET)
    kind, charset = _content_type(request)
    body = await _body(request, 3 * _MOST_BY_POST + 4096)
    if charset not in ("utf-8", "utf8", ""):
        raise BadRequest(f"The query must be UTF-8, not {charset}.", 415)
    if kind == FORM:
        found = _wanted(_pairs(body), None, _MOST_BY_POST)
    elif kind == QUERY:
        found = _wanted(in_address, _text(body), _MOST_BY_POST)
    elif kind == UPDATE:
        raise BadRequest("This service only reads; an update is not taken.", 400)
    else:
        raise BadRequest(f"Send a query as {FORM} or {QUERY}, not as {kind or 'nothing'}.", 415)
    if found.query is None:
        raise BadRequest("There is no query in this request.")
    return found


def _wanted(pairs: Sequence[tuple[str, str]], direct: str | None, most: int) -> Wanted:
    queries = [value for name, value in pairs if name == "query"]
    if direct is not None:
        queries.append(direct)
    if len(queries) > 1:
        raise BadRequest("There is more than one query in this request.")
    if any(name == "update" for name, _ in pairs):
        raise BadRequest("This service only reads; an update is not taken.")
    if queries and len(queries[0].encode("utf-8", "replace")) > most:
        other = " Send it by POST." if most == _MOST_BY_GET else ""
        raise BadRequest(f"The query is longer than {most:,} bytes.{other}", 413)
    return Wanted(
        queries[0] if queries else None,
        _graphs(pairs, "default-graph-uri"),
        _graphs(pairs, "named-graph-uri"),
        dict(reversed(pairs)),
    )


def _graphs(pairs: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...] | None:
    return tuple(value for name, value in pairs if name == wanted and value) or None


def _content_type(request: Request) -> tuple[str, str]:
    kind, *parameters = request.headers.get("content-type", "").split(";")
    given = dict(part.partition("=")[::2] for part in parameters)
    named = {name.strip().lower(): value.strip().strip('"') for name, value in given.items()}
    return kind.strip().lower(), named.get("charset", "").lower()


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise BadRequest(f"The query is longer than {_MOST_BY_POST:,} bytes.", 413)
    return bytes(body)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise BadRequest("The parameters are not percent-encoded UTF-8.") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("The query is not UTF-8.") from error
