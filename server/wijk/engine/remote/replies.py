"""What an engine elsewhere said: whole and usable, or which error it is."""

import re

import httpx2

from wijk.engine import formats
from wijk.engine.remote.kinds import Kind
from wijk.engine.remote.target import refused
from wijk.errors import (
    EngineBusy,
    EngineError,
    EngineRefuses,
    EngineUnavailable,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
)

_TOO_LONG = re.compile(r"time ?out|timed out|exceeds the limit|deadline|interrupted", re.IGNORECASE)
_TAILS = {
    formats.JSON: re.compile(rb"(?:\]\s*\}\s*\}|(?:true|false)\s*\})\s*$"),
    formats.XML: re.compile(rb"</(?:\w+:)?sparql>\s*$"),
    formats.RDF_XML: re.compile(rb"</(?:\w+:)?RDF>\s*$|<(?:\w+:)?RDF[^>]*/>\s*$"),
    formats.N_TRIPLES: re.compile(rb"(?:^|\.\s*\n|#[^\n]*\n?)\s*$"),
    formats.JSON_LD: re.compile(rb"[\]}]\s*$"),
}
TAIL = 256
"""As many bytes at the end of an answer are looked at."""


def failure(said: httpx2.Response, body: bytes, seconds: float) -> EngineError:
    """The error that a status other than 200 is."""
    status = said.status_code
    reason = _reason(body, said.headers.get("content-type", ""))
    if status in (401, 403):
        return refused(status)
    if status in (408, 504) or (status >= 400 and _TOO_LONG.search(reason)):
        return QueryTimeout(seconds)
    if status in (429, 503):
        return EngineBusy(f"The engine behind this service is busy: {reason} Ask again later.", 5)
    if status in (400, 406, 501) or (status == 500 and reason.startswith("Virtuoso")):
        return QueryRefused(
            f"The engine does not take this query: {reason}",
            f"De server achter deze site neemt deze vraag niet aan. Die zegt: “{reason}”",
        )
    if status == 206:
        return cut_off()
    if status == 404:
        return EngineRefuses(
            "There is no SPARQL service where the engine behind this service should be (404). "
            "Its operator can correct the address: wijk serve --engine URL."
        )
    return EngineRefuses(f"The engine behind this service failed (status {status}): {reason}")


def unfit(said: httpx2.Response, kind: Kind, media_type: str, seconds: float) -> EngineError | None:
    """The error in the head of an answer with status 200: not whole, or of another type."""
    for name in kind.partial:
        if name.lower() in said.headers:
            if name == "X-SQL-State":
                return QueryTimeout(seconds)
            return QueryTooLarge(
                "The engine behind this service gives no more than "
                f"{said.headers[name]} rows, and there may be more. Page with LIMIT and OFFSET."
            )
    given = said.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != media_type:
        return EngineRefuses(
            f"The engine behind this service answers with {given or 'no media type'} "
            f"where {media_type} was asked. Ask for another format."
        )
    return None


def unfinished(end: bytes, kind: Kind, media_type: str, seconds: float) -> EngineError | None:
    """The error that shows in the last bytes of an answer; None when it ends as it should."""
    if kind.stopped and end.endswith(kind.stopped):
        return QueryTimeout(seconds)
    ends = _TAILS.get(media_type)
    whole = ends is None or ends.search(end[-TAIL:]) is not None
    if media_type in kind.lines:
        whole = end in (b"", b"true", b"false") or end.endswith(b"\n")
    return None if whole else cut_off()


def cut_off() -> EngineError:
    """The error of an answer that is not whole."""
    return EngineRefuses(
        "The engine behind this service broke off its answer. Ask again, or ask for less at once."
    )


def away(error: Exception) -> EngineError:
    """The error of an engine that cannot be reached."""
    return EngineUnavailable(
        "The engine behind this service does not answer "
        f"({type(error.__cause__ or error).__name__}). Ask again soon: it is tried anew each time."
    )


def _reason(body: bytes, content_type: str) -> str:
    """Its first words, in one line."""
    text = body[:4000].decode("utf-8", "replace")
    if "html" in content_type:
        text = re.sub(r"<[^>]*>", " ", text)
    first = text.partition("SPARQL query:")[0]
    words = " ".join(first.split())
    return f"{words[:200].rstrip('.')}." if words else "it gave no reason."
