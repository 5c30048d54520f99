"""What is refused of a request by its head alone."""

from collections.abc import Iterable

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
