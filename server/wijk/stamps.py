"""The stamp of a document: when it was last published, as the last statement of its own file.

    <https://…/doc/case/x> dcterms:modified "2026-11-23T00:00:00.017Z"^^xsd:dateTime .

Only a publication writes it, equal to the time of the document's last entry in the log. A document
without one was never published.
"""

import re
from pathlib import PurePosixPath

from rdflib import XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from wijk import turtle
from wijk.errors import OutputError, TurtleSyntaxError

_NOT_LOGGED = ("changes", "derived", "figures")
"""Folders in data with what a command makes again, or what no document is."""
_NEEDED = {"dcterms": str(DCTERMS), "xsd": str(XSD)}
_PREFIX_LINE = re.compile(r"^@prefix +([^\s:]*): *<[^>]*> *\.[ \t]*\n", re.MULTILINE)
_BASE_LINE = re.compile(r"^@base +<[^>]*> *\.[ \t]*\n", re.MULTILINE)


def is_logged(path: PurePosixPath) -> bool:
    """Whether the log keeps the document of this file: what people wrote, and the concepts."""
    parts = path.parts
    if parts[:2] == ("ontology", "concepts"):
        return len(parts) == 3
    return parts[0] == "data" and len(parts) > 2 and parts[1] not in _NOT_LOGGED


def said(graph: Graph, document: str) -> tuple[str, ...]:
    """The times at which a document says it was last published: one, or none."""
    return tuple(sorted(str(time) for time in graph.objects(URIRef(document), DCTERMS.modified)))


def parted(source: bytes, about: str) -> tuple[bytes, bytes]:
    """A file without its stamp, and the lines of that; an empty stamp when it has none.

    `about` is the thing that the document is about, or the document itself.
    """
    document = about.replace("/id/", "/doc/", 1)
    rest, stamp = source, b""
    while found := _line(document).search(rest):
        rest, stamp = rest[: found.start()] + rest[found.end() :], found[0]
    return rest, stamp


def time_of(source: bytes, document: str) -> str:
    """When a document was last published, by the stamp in its file; else nothing."""
    found = _line(document).search(source)
    return found[1].decode() if found else ""


def stamped(source: bytes, document: str, time: str) -> bytes:
    """A file with this time as its stamp, in the place of the one that it had.

    Raises:
        OutputError: the file says more about its document, or says it in another form.
        TurtleSyntaxError: the file is not Turtle.
    """
    text = parted(source, document)[0].decode("utf-8")
    text = _with_prefixes(text.rstrip("\n") + "\n")
    made = f'{text}\n<{document}> dcterms:modified "{time}"^^xsd:dateTime .\n'.encode()
    if not _is_right(source, made, document, time):
        raise OutputError(
            f"The file of <{document}> cannot be stamped. Take the statements about that address "
            "out of it; `wijk publish` writes them."
        )
    return made


def _line(document: str) -> re.Pattern[bytes]:
    about = re.escape(document.encode())
    said = rb'dcterms:modified "([^"\n]*)"\^\^xsd:dateTime \.[ \t]*(?:\n|\Z)'
    return re.compile(rb"(?:^\n)?^<" + about + rb"> " + said, re.MULTILINE)


def _with_prefixes(text: str) -> str:
    """The text with the prefixes that a stamp needs, in alphabetical order."""
    known = turtle.declared(text.encode())[1]
    for name in (name for name in _NEEDED if name not in known):
        line = f"@prefix {name}: <{_NEEDED[name]}> .\n"
        there = [*_PREFIX_LINE.finditer(text)]
        base = _BASE_LINE.search(text)
        at = next((found.start() for found in there if found[1] > name), None)
        if at is None:
            at = there[-1].end() if there else base.end() if base else 0
        text = text[:at] + line + text[at:]
    return text


def _is_right(before: bytes, made: bytes, document: str, time: str) -> bool:
    """Whether the new text says what the old one did, with this stamp and no other."""
    about = (URIRef(document), DCTERMS.modified)
    new = Literal(time, datatype=XSD.dateTime, normalize=False)
    try:
        after = {*turtle.parse(made, document)}
    except TurtleSyntaxError:
        turtle.parse(before, document)  # that tells it better
        return False
    wanted = {triple for triple in turtle.parse(before, document) if triple[:2] != about}
    return after == wanted | {(*about, new)}
