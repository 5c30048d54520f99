"""What is refused of a request by its head alone, and what is possible at an address."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from wijk.web.problems import Problem

_MOST = 32 * 1024
_TOO_MUCH = Problem(
    *(431, "Too many header fields"),
    f"The header fields of this request are longer than {_MOST:,} bytes together.",
)
_PLAIN = (b"", b"identity")
_ENCODED = Problem(
    *(415, "The body is encoded"),
    "A compressed request is not read. Send it as it is, without Content-Encoding.",
    {"Accept-Encoding": "identity"},  # RFC 9110, 15.5.16
)


def refused(headers: Iterable[tuple[bytes, bytes]]) -> Problem | None:
    """Why a request with this head is not taken; None when it is."""
    fields = list(headers)
    if sum(len(name) + len(value) for name, value in fields) > _MOST:
        return _TOO_MUCH
    encodings = [value.strip().lower() for name, value in fields if name == b"content-encoding"]
    return _ENCODED if any(each not in _PLAIN for each in encodings) else None


def possible(scope: Scope, routes: Iterable[BaseRoute]) -> str:
    """The methods of the address that is asked, as Allow names them (RFC 9110, section 10.2.1)."""
    first = (it for it in routes if it.matches({**scope, "method": "GET"})[0] is not Match.NONE)
    route = next(first, None)
    more = ("POST",) if isinstance(route, Route) and "POST" in (route.methods or ()) else ()
    return ", ".join(("GET", "HEAD", *more, "OPTIONS"))
