"""Reads a request to the SPARQL endpoint, as the SPARQL 1.1 Protocol says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from wijk.engine.gate import ONLY_READS, ONLY_READS_DUTCH, Limits
from wijk.errors import WijkError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_OF_THE_PROTOCOL = ("query", "version", "default-graph-uri", "named-graph-uri")
# A scheme, and then no character that RFC 3987 has no place for.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:[^\x00-\x20\x7f<>\"{}|\\^`]*+")
SHORTER = " Ask for less at once."


class BadRequest(WijkError):
    """A request that is not of the protocol, and the status that says so.

    `dutch` says the same in Dutch; "" where nobody is told so.
    """

    def __init__(self, message: str, status: int = 400, dutch: str = "") -> None:
        super().__init__(message)
        self.status, self.dutch = status, dutch


@dataclass(frozen=True)
class Wanted:
    """What was asked: the query if there is one, the data set, and all parameters."""

    query: str | None
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    given: Mapping[str, str]


async def read(request: Request) -> Wanted:
    """The query and its parameters: section 2.1 of the SPARQL 1.1 Protocol.

    Raises:
        BadRequest: what is wrong with it.
    """
    limits: Limits = request.app.state.limits
    in_address = fields(request.scope.get("query_string", b""))
    if request.method != "POST":
        return _wanted(in_address, None, limits.by_get, " Send it by POST.")
    kind, charset = content_type(request)
    sent = await content(request, limits.text)
    if charset not in ("utf-8", "utf8", ""):
        raise BadRequest(f"The query must be UTF-8, not {charset[:80]}.", 415)
    if kind == FORM:
        found = _wanted([*fields(sent), *_beside_a_form(in_address)], None, limits.text)
    elif kind == QUERY:
        found = _wanted(in_address, _text(sent), limits.text)
    elif kind == UPDATE:
        raise _only_reads()
    else:
        given = kind[:80] or "nothing"
        raise BadRequest(f"Send a query as {FORM} or {QUERY}, not as {given}.", 415)
    if found.query is None:
        raise BadRequest("There is no query in this request.")
    return found


def _only_reads() -> BadRequest:
    return BadRequest(ONLY_READS, 400, f"{ONLY_READS_DUTCH}.")


def _beside_a_form(in_address: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """The parameters in the address of a form: the protocol's own stand in its body."""
    misplaced = next((name for name, _ in in_address if name in _OF_THE_PROTOCOL), None)
    if misplaced:
        raise BadRequest(f"With a form, {misplaced} stands in the body, not in the address.")
    return in_address


def _wanted(
    pairs: Sequence[tuple[str, str]], direct: str | None, most: int, other: str = ""
) -> Wanted:
    queries = [value for name, value in pairs if name == "query"]
    if direct is not None:
        queries.append(direct)
    if any(name == "update" for name, _ in pairs):
        raise _only_reads()
    for name, count in (("query", len(queries)), ("version", _count(pairs, "version"))):
        if count > 1:
            raise BadRequest(f"There is more than one {name} in this request.")
    if queries and len(queries[0].encode("utf-8", "replace")) > most:
        raise BadRequest(f"The query is longer than {most:,} bytes.{other or SHORTER}", 413)
    default, named = _graphs(pairs, "default-graph-uri"), _graphs(pairs, "named-graph-uri")
    if not queries and (default or named):
        raise BadRequest("There is a data set in this request, but no query.")
    return Wanted(queries[0] if queries else None, default, named, dict(reversed(pairs)))


def _count(pairs: Sequence[tuple[str, str]], wanted: str) -> int:
    return sum(name == wanted for name, _ in pairs)


def _graphs(pairs: Sequence[tuple[str, str]], wanted: str) -> tuple[str, ...] | None:
    """The graphs that are named, each once; an empty field of a form names none."""
    given = (value for name, value in pairs if name == wanted and value)
    found = tuple(dict.fromkeys(given)) or None
    for iri in found or ():
        if not _ABSOLUTE.fullmatch(iri):
            raise BadRequest(
                f"The {wanted} '{iri[:80]}' is not an absolute IRI, such as https://example.org/a."
            )
    return found


def content_type(request: Request) -> tuple[str, str]:
    """The media type of a body, and its charset if that is named.

    Raises:
        BadRequest: there are two that differ.
    """
    given = dict.fromkeys(request.headers.getlist("content-type"))
    if len(given) > 1:
        raise BadRequest("This request has more than one Content-Type.")
    kind, *parameters = "".join(given).split(";")
    pairs = dict(part.partition("=")[::2] for part in parameters)
    named = {name.strip().lower(): value.strip().strip('"') for name, value in pairs.items()}
    return kind.strip().lower(), named.get("charset", "").lower()


async def content(request: Request, most: int) -> bytes:
    """The body of a request with a text of so many bytes; encoded, that can be three times as long.

    Raises:
        BadRequest: it is longer.
    """
    taken = bytearray()
    async for part in request.stream():
        taken += part
        if len(taken) > 3 * most + 4096:  # percent-encoded, with a data set
            raise BadRequest(f"The query is longer than {most:,} bytes.{SHORTER}", 413)
    return bytes(taken)


def fields(encoded: bytes) -> list[tuple[str, str]]:
    """The names and values of a form or an address.

    Raises:
        BadRequest: this is not percent-encoded UTF-8.
    """
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError) as error:
        raise BadRequest("The parameters are not percent-encoded UTF-8.") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")  # some clients put a mark at the beginning
    except UnicodeDecodeError as error:
        raise BadRequest("The query is not UTF-8.") from error
