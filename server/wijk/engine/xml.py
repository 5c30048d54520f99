"""Names of elements in RDF/XML: the engine takes any address for one, XML does not."""

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from wijk.errors import QueryRefused

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

_START = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_REST = _START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
_LOCAL_NAME = re.compile(rf"[{_START}][{_REST}]*\Z")
_PREFIX = re.compile(rf"(?!(?i:xml))[{_START}][{_REST}]*")
# What the engine makes of a type that ends in no name: an element without one.
_NAMELESS = re.compile(rb'<oxprefix: xmlns:oxprefix="([^"]*+)"([^<>]*?)(/?)>')


def types(triples: Iterable[ox.Triple]) -> Iterable[str]:
    """The types that these triples and those in them give, which may become elements."""
    for triple in triples:
        if isinstance(triple.object, ox.NamedNode):
            if triple.predicate == _TYPE:
                yield triple.object.value
        elif isinstance(triple.object, ox.Triple):
            yield from types((triple.object,))


def predicates(triple: ox.Triple) -> Iterable[str]:
    """Its property, and those of the triples in it."""
    yield triple.predicate.value
    if isinstance(triple.object, ox.Triple):
        yield from predicates(triple.object)


def ends_in_a_name(iri: str) -> bool:
    """Can it be the name of an element?"""
    return _LOCAL_NAME.search(iri) is not None


def require_names(predicates: Iterable[str]) -> None:
    """See that each of these can be the name of an element.

    Raises:
        QueryRefused: one cannot; RDF/XML has no other way to write it.
    """
    for iri in predicates:
        if not ends_in_a_name(iri):
            raise QueryRefused(
                f"RDF/XML cannot hold the property <{iri[:200]}>: it does not end in a name. "
                "Ask for Turtle, N-Triples or JSON-LD.",
                f"De eigenschap <{iri[:200]}> kan niet in RDF/XML: die eindigt niet op een naam. "
                "Vraag om Turtle, N-Triples of JSON-LD",
            )


def prefixes(known: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Those that XML can have, and that are not the whole of one of these names."""
    whole = set(names)
    return {
        prefix: iri
        for prefix, iri in known.items()
        if iri not in whole and _PREFIX.fullmatch(prefix)
    }


def typed(body: bytes) -> bytes:
    """With a statement for each type that cannot be the name of an element."""
    if b"<oxprefix:" not in body:
        return body
    body = _NAMELESS.sub(_described, body)
    return body.replace(b"</oxprefix:>", b"</rdf:Description>")


def _described(found: re.Match[bytes]) -> bytes:
    end = b"</rdf:Description>" if found[3] else b""
    return b'<rdf:Description%b><rdf:type rdf:resource="%b"/>%b' % (found[2], found[1], end)
