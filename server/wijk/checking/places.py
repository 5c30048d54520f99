"""Where in which file a finding stands, and how names are shown to people."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from wijk import turtle
from wijk.checking.findings import Other
from wijk.checking.lookup import Lookup
from wijk.namespaces import ONTOLOGY
from wijk.snapshot import Document, Snapshot

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})

_AT_HAND = 256
"""So many texts are kept as lines: the rest are read again when they are asked about."""


class Place(NamedTuple):
    """A file of the graph and a line in it."""

    file: str
    line: int | None


class Names:
    """Short names for IRIs, and back."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes

    def short(self, term: Node | str) -> str:
        """`theme:groen` for its IRI; a literal as in Turtle."""
        if isinstance(term, Literal):
            return turtle.term(term)
        text = str(term)
        return next(iter(self.spellings(text)), f"<{text}>")

    def spellings(self, iri: str) -> list[str]:
        """Every prefixed name of an IRI."""
        return [
            f"{name}:{iri.removeprefix(namespace)}"
            for name, namespace in self._prefixes.items()
            if iri.startswith(namespace) and re.fullmatch(r"[\w.-]*", iri.removeprefix(namespace))
        ]


class _Text:
    """The lines of a file, and where in them its subjects stand."""

    def __init__(self, document: Document) -> None:
        self._base, prefixes = turtle.declared(document.source)
        self._names = Names(prefixes)
        self.lines = document.source.decode("utf-8", "replace").split("\n")
        self._in_string: list[bool] = []
        inside = False
        for line in self.lines:
            self._in_string.append(inside)
            inside ^= bool(line.count('"""') % 2)

    def blocks(self, thing: Node) -> list[range]:
        """Where a subject is described: from its name to the line before the next subject."""
        if isinstance(thing, BNode):
            return []
        pattern = re.compile(f"(?:{self._iri(thing)})(?![\\w:-])")
        starts = [n for n, line in enumerate(self.lines) if self._opens(n) and pattern.match(line)]
        return [range(start, self._stop(start)) for start in starts]

    def start(self, thing: Node) -> int | None:
        """The line at which a subject begins, or else the first in which its name stands."""
        if isinstance(thing, BNode):
            return self._unnamed()
        if blocks := self.blocks(thing):
            return blocks[0].start
        pattern = re.compile(f"(?<![\\w:<])(?:{self._iri(thing)})(?![\\w:-])")
        return self._first(pattern)

    def told(self, block: range, property: Node) -> list[range]:
        """Where in a block this property is, each time with all of its values."""
        verb = re.compile(rf"(?:^\s*|;\s*|^\S+\s+)(?:{self._iri(property)})(?=[\s<\"'\[])")
        found = []
        for n in block:
            if not self._in_string[n] and verb.search(self.lines[n]):
                ends = (m for m in range(n, block.stop) if self._ends(m))
                found.append(range(n, next(ends, block.stop - 1) + 1))
        return found

    def value(self, span: range, value: Node) -> int | None:
        """The line of the span in which this value stands."""
        if not isinstance(value, Literal):
            pattern = re.compile(f"(?<![\\w:<])(?:{self._iri(value)})(?![\\w:-])")
        else:
            pattern = re.compile(_literal(value))
        return next((n for n in span if pattern.search(self.lines[n])), None)

    def _iri(self, term: Node) -> str:
        iri = str(term)
        forms = [f"<{iri}>", *self._names.spellings(iri)]
        if self._base and iri.startswith(self._base):
            forms.append(f"<{iri.removeprefix(self._base)}>")
        return "|".join(map(re.escape, [*forms, "a"] if term == RDF.type else forms))

    def _first(self, pattern: re.Pattern[str]) -> int | None:
        body = (n for n, line in enumerate(self.lines) if not line.startswith("@"))
        return next((n for n in body if pattern.search(self.lines[n])), None)

    def _unnamed(self) -> int | None:
        return self._first(re.compile(r"^[^\"']*(\[|_:)"))

    def _opens(self, n: int) -> bool:
        return not self._in_string[n] and self.lines[n][:1] not in ("", " ", "\t", "#", "\r")

    def _stop(self, start: int) -> int:
        after = range(start + 1, len(self.lines))
        return next((n for n in after if self._opens(n)), len(self.lines))

    def _ends(self, n: int) -> bool:
        following = n + 1 < len(self.lines) and self._in_string[n + 1]
        return not following and self.lines[n].rstrip().endswith((";", ".", "]"))


def _literal(value: Literal) -> str:
    """A pattern for a literal as a file may write it; of a long one, its first line."""
    text = str(value)
    as_written = {re.escape(text.translate(_ESCAPES)), re.escape(text.split("\n")[0])}
    body = f"(?:{'|'.join(sorted(as_written, key=len, reverse=True))})"
    language = f"@{value.language}(?![\\w-])" if value.language else ""
    closed = f"[\"']{body}[\"']{language}"
    if value.datatype in (XSD.integer, XSD.boolean, XSD.decimal, XSD.double):
        return f"{closed}|(?<![\\w.\"'-]){body}(?![\\w.]*\\w)"
    return f"{closed}|[\"']{body}$" if "\n" in text else closed


class Places:
    """Finds the line of a thing, a property and a value in the files of a snapshot."""

    def __init__(self, snapshot: Snapshot, lookup: Lookup) -> None:
        self._documents = snapshot.documents
        self._lookup = lookup
        self._texts: dict[str, _Text] = {}

    def of(self, thing: Node, property: Node | None = None, value: Node | None = None) -> Place:
        """Where it stands: the value, else the property, else the thing, else nowhere."""
        if value is not None and str(value) in self._documents:
            document: Document | None = self._documents[str(value)]
        else:
            owners = self._lookup.owners(thing) or self._lookup.owners(_whole(thing))
            document = _best(owners, (thing, property, value))
        if document is None:
            return Place("", None)
        return Place(str(document.path), self.line(document, thing, property, value))

    def other(
        self, other: Node, thing: Node, property: Node | None = None, value: Node | None = None
    ) -> Other:
        """The other half of a finding: a document, another thing or another value."""
        if isinstance(other, Literal) or str(other) in self._documents:
            place = self.of(thing, property, other)
        else:
            place = self.of(other, property, value)
        shown = turtle.term(other) if isinstance(other, URIRef | Literal) else f"_:{other}"
        return Other(shown, *place)

    def missing(self, thing: Node, property: Node) -> bool:
        """Does the thing, described here, not have this property at all?"""
        owners = self._lookup.owners(thing)
        return bool(owners) and all((thing, property, None) not in doc.graph for doc in owners)

    def line(
        self,
        document: Document,
        thing: Node,
        property: Node | None = None,
        value: Node | None = None,
    ) -> int | None:
        """The line in this document's file."""
        text = self._texts.get(document.iri)
        if text is None:
            if len(self._texts) >= _AT_HAND:
                self._texts.clear()
            text = self._texts[document.iri] = _Text(document)
        blocks = text.blocks(thing)
        told = [span for block in blocks for span in text.told(block, property)] if property else []
        sought = (told or blocks) if value is not None else []
        exact = (text.value(span, value) for span in sought if value is not None)
        places = (*exact, *(span.start for span in told), text.start(thing))
        return next((n + 1 for n in places if n is not None), None)


def _whole(part: Node) -> URIRef:
    return URIRef(str(part).partition("#")[0])


def _best(
    owners: Iterable[Document], triple: tuple[Node, Node | None, Node | None]
) -> Document | None:
    owners = list(owners)
    if len(owners) < 2:
        return owners[0] if owners else None
    thing, property, value = triple
    ranked = sorted(
        owners,
        key=lambda doc: (
            (thing, property, value) not in doc.graph,
            (thing, property, None) not in doc.graph,
            (thing, RDF.type, None) not in doc.graph,
            doc.iri == ONTOLOGY,
            str(doc.path),
        ),
    )
    return ranked[0]
