"""Answers packed with gzip, for who takes that (RFC 9110, section 8.4)."""

import gzip
import re

from starlette.requests import Request

_TAKES = re.compile(
    r"(?:^|,)[ \t]*(?:x-gzip|gzip|\*)[ \t]*(?:;[ \t]*q=([01](?:\.\d{0,3})?))?[ \t]*(?=,|$)"
)
_TEXT = re.compile(r"text/|.*(?:json|xml|turtle|trig|n-triples|n-quads|javascript)")
_LEAST, _MOST = 1000, 1_000_000
"""Bytes that are worth it, and that hold up nobody: packing is work for the processor."""
_LEVEL = 4


def takes(request: Request) -> bool:
    """Does the client say that it takes what is packed with gzip?"""
    found = _TAKES.search(",".join(request.headers.getlist("accept-encoding")).lower())
    return found is not None and float(found[1] or 1) > 0


def is_worth(media_type: str, size: int) -> bool:
    """Is a body of this kind and size smaller when it is packed, and soon?"""
    return _LEAST <= size <= _MOST and _TEXT.match(media_type) is not None


def packed(body: bytes) -> bytes:
    """The same with gzip; the same bytes every time."""
    return gzip.compress(body, _LEVEL, mtime=0)
