"""Reads plain Turtle quickly; what is not plain is for the reader that knows everything.

It also writes what is in N-Quads in another format, a whole dataset at a time.

rdflib reads 20,000 statements a second, the parser that comes with the store half a million. This
takes its answer only where both are sure to say the same, to the letter: no odd numbers, no
relative addresses but parts of the document itself, no blank nodes that have a name in the text.
`None` says: ask rdflib.
"""

import hashlib
import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

Triple = tuple[Node, Node, Node]

# What the two readers may take differently: dots and escapes in addresses, addresses relative to
# another document, a language that is more than small letters, and what only RDF 1.2 has.
_NOT_PLAIN = re.compile(
    r"\\[uU]|_:|/\.\.?[/>]|<(?!#|>|[A-Za-z][A-Za-z0-9+.-]*:)|\"@(?![a-z]+(?![A-Za-z0-9-]))"
    r"|XMLSchema#string|\^\^[a-z]*:string|(?i:^\s*@?version\b|^\s*@?base\s+<[^>]*#)",
    re.MULTILINE,
)
_NUMBERS = {
    str(XSD.integer): re.compile(r"0|-?[1-9][0-9]*"),
    str(XSD.decimal): re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]|-?(?:0|[1-9][0-9]*)\.0"),
    str(XSD.boolean): re.compile(r"true|false"),
}
_HEAD = re.compile(rb"(?:@prefix [^\n]*\n)+")
_ANY = (None, None, None)
_MOST = 200_000
"""So many terms are kept for the documents that come next."""
_DEEPEST = 50
_FEW = 1000
_NOWHERE: tuple[()] = ()
_HERE: Any = None
_NEVER = str(XSD.double)
_STRING = str(XSD.string)
_NAMELESS = pyoxigraph.BlankNode


class Terms(dict[Any, Node]):
    """What the terms of one reader are for rdflib.

    Documents that are read with the same ones share them: they take a third less memory, and are
    compared sooner. What has no name is named after the document and its place in it, so that the
    same folder is the same everywhere.
    """

    def __init__(self) -> None:
        super().__init__()
        self._about = b""
        self.nameless = 0
        """So many of the present document have no name."""

    def begin(self, source: bytes, base: str) -> None:
        """Now comes this document."""
        self._about = base.encode() + source
        self.nameless = 0

    def __missing__(self, term: Any) -> Node:
        found = self[term] = self._named() if isinstance(term, _NAMELESS) else _node(term)
        return found

    def _named(self) -> BNode:
        if not self.nameless:
            self._about = hashlib.sha256(self._about).hexdigest()[:32].encode()
        self.nameless += 1
        return BNode(f"n{self._about.decode()}b{self.nameless}")


def read(source: bytes, base: str, terms: Terms | None = None) -> Graph | None:
    """The graph that a Turtle text describes, when it is plain; else, or when it is wrong, None."""
    found = triples(source, base, terms)
    return None if found is None else graph(found)


def graph(told: Iterable[Triple]) -> Graph:
    """A graph of these triples."""
    return _Plain(_Told(told), bind_namespaces="none")


def triples(source: bytes, base: str, terms: Terms | None = None) -> list[Triple] | None:
    """The same as a list, in the order in which the text says them."""
    try:
        text = source.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    if _NOT_PLAIN.search(text):
        return None
    known = Terms() if terms is None else terms
    if len(known) > _MOST:
        known.clear()
    known.begin(source, base)
    try:
        told = [
            (known[triple.subject], known[triple.predicate], known[triple.object])
            for triple in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri=base)
        ]
    except (SyntaxError, ValueError):  # wrong, or not plain: the other reader says which
        return None
    return None if known.nameless and _is_deep(told) else told


def _is_deep(told: Iterable[Triple]) -> bool:
    """Whether brackets stand within so many others that rdflib may refuse them."""
    around = {it[2]: it[0] for it in told if type(it[2]) is BNode and type(it[0]) is BNode}
    left = around
    for _ in range(_DEEPEST):
        left = {node: around[over] for node, over in left.items() if over in around}
        if not left:
            return False
    return True


class _Plain(Graph):
    """A graph that is gone through without a detour."""

    def __iter__(self) -> Generator[Triple, None, None]:
        told = self.store.told if isinstance(self.store, _Told) else None
        yield from super().__iter__() if told is None else told

    def __contains__(self, triple: Any) -> bool:
        few = self.store.few if isinstance(self.store, _Told) else None
        if few is None or not isinstance(triple[1], URIRef):
            return super().__contains__(triple)
        thing, property, value = triple
        return any(
            property == it[1] and thing in (None, it[0]) and value in (None, it[2]) for it in few
        )


class _Told(SimpleMemory):
    """Triples that are gone through far more often than searched: indexed when they first are."""

    def __init__(self, told: Iterable[Triple]) -> None:
        super().__init__()
        self.told: tuple[Triple, ...] | None = tuple(dict.fromkeys(told))
        """All of them, as long as they are as they were read."""
        self._indexed = False

    @property
    def few(self) -> tuple[Triple, ...] | None:
        """What is looked through sooner than indexed, which takes five times its memory."""
        return None if self._indexed or self.told is None or len(self.told) > _FEW else self.told

    def _index(self) -> None:
        if not self._indexed:
            self._indexed = True
            for triple in self.told or ():
                super().add(triple, _HERE)

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        """Add a triple."""
        self._index()
        self.told = None
        super().add(triple, context, quoted)

    def remove(self, triple_pattern: Any, context: Any = None) -> None:
        """Take triples out."""
        self._index()
        self.told = None
        super().remove(triple_pattern, context)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """The triples that fit; all of them in the order in which they were read."""
        if self.told is not None and triple_pattern == _ANY:
            return ((triple, _NOWHERE) for triple in self.told)
        self._index()
        return super().triples(triple_pattern, context)

    def __len__(self, context: Any = None) -> int:
        return len(self.told) if self.told is not None else super().__len__(context)


def rewritten(nquads: bytes, media_type: str, prefixes: Mapping[str, str]) -> bytes:
    """N-Quads in another format of RDF.

    A format without named graphs has the triples of all graphs together.

    Raises:
        ValueError: there is no such format.
    """
    form = pyoxigraph.RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is not a format of RDF")
    quads = pyoxigraph.parse(nquads, format=pyoxigraph.RdfFormat.N_QUADS)
    whole: Iterable[Any] = quads if form.supports_datasets else (quad.triple for quad in quads)
    text = pyoxigraph.serialize(whole, format=form, prefixes=dict(prefixes)) or b""
    head = _HEAD.match(text)
    if head is None:
        return text
    # They come in another order each time, and the same data is to be the same text.
    return b"".join(sorted(head[0].splitlines(keepends=True))) + text[head.end() :]


def _node(term: object) -> Node:
    """The same term for rdflib, every literal as it was written.

    Raises:
        ValueError: a term that is not plain.
    """
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise ValueError("no name and no literal")
    if term.language:
        return Literal(term.value, lang=term.language)
    kind = term.datatype.value
    if kind == _STRING:
        return Literal(term.value)
    if kind == _NEVER or ((form := _NUMBERS.get(kind)) and not form.fullmatch(term.value)):
        raise ValueError("a number that may be written otherwise")
    return Literal(term.value, datatype=URIRef(kind), normalize=False)
