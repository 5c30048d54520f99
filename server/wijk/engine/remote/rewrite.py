"""Writes an answer anew where an engine elsewhere has no, or no proper, form of it."""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from wijk.engine import formats, written
from wijk.engine.output import Output
from wijk.errors import EngineRefuses

_OLD_WORD = b'"type": "typed-literal"'
_CONTROL = re.compile(rb"&#(?:[0-8]|1[124-9]|2[0-9]|3[01]|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));")
_BEGUN = re.compile(rb"(?:&[#\w]*)?\Z")
_REFERENCE = 64
_YES = re.compile(rb'"__ASK_RETVAL".*"value":\s*"1"|"boolean"\s*:\s*true', re.DOTALL)


def anew(body: bytes, given: str, wanted: str, prefixes: Mapping[str, str]) -> bytes:
    """An answer of the engine in another media type.

    Raises:
        EngineRefuses: the engine's answer cannot be read.
        QueryRefused: RDF/XML has no way to write it.
    """
    try:
        output = Output()
        if given in formats.GRAPHS:
            quads = ox.parse(body, ox.RdfFormat.N_TRIPLES)
            written.graph((quad.triple for quad in quads), wanted, prefixes, output)
        else:
            written.rows(written.read_rows(body, given), wanted, output)
        return output.taken()
    except (SyntaxError, ValueError) as error:
        raise EngineRefuses(
            "The engine behind this service gave an answer that cannot be read "
            f"as {given}. Ask for another format."
        ) from error


def boolean(body: bytes, wanted: str) -> bytes:
    """A yes or no of an engine that gives it as rows."""
    said = b"true" if _YES.search(body) else b"false"
    text = b'{"head":{},"boolean":' + said + b"}"
    return text if wanted == formats.JSON else anew(text, formats.JSON, wanted, {})


class Mend:
    """Rows as the standard writes them: `literal`, and no character that XML has no place for.

    Takes a body in pieces and gives it back so; what may be the begin of such a thing is held
    until the next piece. Other media types pass as they are.
    """

    def __init__(self, media_type: str) -> None:
        self._media_type = media_type
        self._held = b""

    def __call__(self, piece: bytes, more: bool) -> bytes:
        """The next piece of the body, as it should be."""
        body, self._held = self._held + piece, b""
        if self._media_type == formats.JSON:
            # Inside a string the quotes would be escaped, so this is never a value.
            body = body.replace(_OLD_WORD, b'"type": "literal"')
            begun = len(_OLD_WORD) - 1
        elif self._media_type == formats.XML:
            body = _CONTROL.sub(b"\xef\xbf\xbd", body)
            match = _BEGUN.search(body[-_REFERENCE:])
            begun = len(match[0]) if match else 0
        else:
            return body
        if more and begun:
            body, self._held = body[:-begun], body[-begun:]
        return body
