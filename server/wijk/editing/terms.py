"""RDF terms as N-Triples writes them on one line, there and back."""

import re

from rdflib import Literal, URIRef

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


def node(text: str) -> URIRef | Literal:
    """The term that `turtle.term` wrote, every literal as it was.

    Raises:
        ValueError: no such term.
    """
    if text.startswith("<") and text.endswith(">"):
        return URIRef(text[1:-1])
    found = _LITERAL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is not a term of N-Triples")
    lexical = _ESCAPE.sub(lambda it: _ESCAPED.get(it[1], it[1]), found[1])
    if found[2]:
        return Literal(lexical, lang=found[2])
    datatype = URIRef(found[3]) if found[3] else None
    return Literal(lexical, datatype=datatype, normalize=False)


def iri(text: str) -> str:
    """The IRI of a term that is one; else nothing."""
    return text[1:-1] if text.startswith("<") else ""


def lexical(text: str) -> str:
    """What a literal says, or the IRI of what is none."""
    return str(node(text))
