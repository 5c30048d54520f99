"""Where in which file a finding stands, and how names are shown to people."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from wijk import turtle
from wijk.namespaces import ONTOLOGY, SHAPES
from wijk.snapshot import Document, Snapshot


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


@dataclass(frozen=True)
class _Text:
    """The lines of a file, and how its base shortens names."""

    lines: tuple[str, ...]
    base: str | None
    names: Names

    @classmethod
    def of(cls, document: Document) -> "_Text":
        base, prefixes = turtle.declared(document.source)
        lines = tuple(document.source.decode("utf-8", "replace").splitlines())
        return cls(lines, base, Names(prefixes))

    def spellings(self, term: Node) -> list[str]:
        if isinstance(term, Literal):
            return [text for text in str(term).split("\n") if text.strip()][:1]
        iri = str(term)
        forms = [f"<{iri}>", *self.names.spellings(iri)]
        if self.base and iri.startswith(self.base):
            forms.append(f"<{iri.removeprefix(self.base)}>")
        return [*forms, "a"] if term == RDF.type else forms

    def find(self, term: Node, span: range, starts: bool = False) -> int | None:
        """The first line of the span in which the term stands (at its start)."""
        forms = self.spellings(term)
        if isinstance(term, Literal):
            return next((n for n in span if any(form in self.lines[n] for form in forms)), None)
        pattern = re.compile(
            ("^" if starts else r"(?<![\w:<])")
            + f"(?:{'|'.join(map(re.escape, forms))})(?![\\w:-])"
        )
        return next((n for n in span if pattern.search(self.lines[n])), None)

    def block(self, start: int) -> range:
        """From a subject to the line before the next one."""
        stop = start + 1
        while stop < len(self.lines) and (self.lines[stop][:1] in (" ", "\t", "")):
            stop += 1
        return range(start, stop)


class Places:
    """Finds the line of a thing, a property and a value in the files of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._owners: dict[Node, list[Document]] = defaultdict(list)
        self._texts: dict[str, _Text] = {}
        for document in snapshot.documents.values():
            if document.iri != SHAPES:
                for subject in set(document.graph.subjects()):
                    self._owners[subject].append(document)

    def of(self, thing: Node, property: Node | None = None, value: Node | None = None) -> Place:
        """Where it stands: the value, else the property, else the thing, else nowhere."""
        owners = self._owners.get(thing, [])
        if not owners:
            owner = URIRef(str(thing).partition("#")[0])
            owners = self._owners.get(owner, [])
        document = _best(owners, (thing, property, value))
        if document is None:
            return Place("", None)
        return Place(str(document.path), self.line(document, thing, property, value))

    def line(
        self,
        document: Document,
        thing: Node | None,
        property: Node | None = None,
        value: Node | None = None,
    ) -> int | None:
        """The line in this document's file."""
        text = self._texts.setdefault(document.iri, _Text.of(document))
        everything = range(len(text.lines))
        start = text.find(thing, everything, starts=True) if thing is not None else None
        if start is None:
            sought = value or property
            found = text.find(sought, everything) if sought is not None else None
            return None if found is None else found + 1
        block = text.block(start)
        at = text.find(property, block) if property is not None else None
        within = range(at, block.stop) if at is not None else block
        exact = text.find(value, within) if value is not None else None
        return next(n + 1 for n in (exact, at, start) if n is not None)


def _best(
    owners: Iterable[Document], triple: tuple[Node, Node | None, Node | None]
) -> Document | None:
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
    return ranked[0] if ranked else None
