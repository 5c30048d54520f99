"""RDF terms as N-Triples writes them on one line, there and back."""

import re

from rdflib import Literal, URIRef

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u(?![dD][89abAB])([0-9A-Fa-f]{4})|U(00(?:0[1-9A-Fa-f]|10)[0-9A-Fa-f]{4})|(.))", re.DOTALL
)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def node(text: str) -> URIRef | Literal:
    """The term that `turtle.term` or an engine wrote, every literal as it was.

    An escape that N-Triples does not have is the character behind its backslash.

    Raises:
        ValueError: no such term.
    """
    if text.startswith("<") and text.endswith(">"):
        return URIRef(text[1:-1])
    found = _LITERAL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is not a term of N-Triples")
    lexical = _ESCAPE.sub(_meant, found[1])
    if found[2]:
        return Literal(lexical, lang=found[2])
    datatype = URIRef(found[3]) if found[3] else None
    return Literal(lexical, datatype=datatype, normalize=False)


def _meant(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        return chr(int(code, 16))
    return _ESCAPED.get(found[3], found[3])


def iri(text: str) -> str:
    """The IRI of a term that is one; else nothing."""
    return text[1:-1] if text.startswith("<") else ""


def lexical(text: str) -> str:
    """What a literal says, or the IRI of what is none."""
    return str(node(text))
