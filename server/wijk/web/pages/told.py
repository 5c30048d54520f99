"""What documents say of a thing, fact by fact, with what stands behind each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rdflib import Graph, Literal, Node, URIRef
from rdflib.namespace import SDO

from wijk.documents import LABELS
from wijk.matching import texts
from wijk.namespaces import WIJK
from wijk.snapshot import Document
from wijk.web.site import Site
from wijk.web.sources import NO_MARK, Mark, Sources
from wijk.web.templating import sentence, short
from wijk.web.views import Row, Value, noted_once


@dataclass(frozen=True)
class Fact:
    """What is known under one heading; `shared` is the mark that all its values have."""

    label: str
    values: tuple[Value, ...]
    shared: Mark = NO_MARK


def fact(label: str, values: Iterable[Value]) -> Fact:
    """A fact; a mark that all of its values have comes once, behind the last."""
    found = tuple(values)
    marks = {value.mark for value in found}
    shared = marks.pop() if len(marks) == 1 else NO_MARK
    return Fact(label, noted_once(found), shared)


class Told:
    """What one document says of one thing; its sources are numbered with those of the page."""

    def __init__(self, site: Site, sources: Sources, document: Document, thing: str) -> None:
        self._site = site
        self._document = document
        self.thing = URIRef(thing)
        self.sources = sources.beside(document.graph)

    @property
    def graph(self) -> Graph:
        """The document's statements."""
        return self.sources.graph

    def nodes(self, predicate: URIRef) -> list[Node]:
        """The values as they are, by name; texts in the order of the file."""
        found = list(self.graph.objects(self.thing, predicate))
        if len(found) < 2:
            return found
        if any(isinstance(node, Literal) for node in found):
            source = self._document.source.decode("utf-8", "replace")
            return sorted(found, key=lambda node: (source.find(str(node)[:60]), str(node)))
        return sorted(found, key=lambda node: texts.plain(self._site.label(str(node))))

    def values(self, predicate: URIRef) -> Iterator[Value]:
        """The values in words, each with its mark."""
        for node in self.nodes(predicate):
            mark = self.sources.of(self.thing, predicate, node)
            value = self._site.views.value(node, mark)
            yield worded(value, short(value.text)) if predicate in LABELS else value

    def text(self, predicate: URIRef) -> str:
        """The first text; empty when there is none."""
        return next((str(node) for node in self.nodes(predicate)), "")

    def fact(self, label: str, *predicates: URIRef) -> Fact:
        """All values of these properties under one heading."""
        return fact(label, (value for it in predicates for value in self.values(it)))

    def rest(self, without: Iterable[Node]) -> list[Fact]:
        """What else it says, each property under its own word."""
        words, kinds = self._site.words, list(self.graph.objects(self.thing, _TYPE))
        left = set(self.graph.predicates(self.thing)) - set(without) - {_TYPE}
        return [
            self.fact(sentence(words.property(it, kinds)), URIRef(str(it)))
            for it in sorted(left, key=words.order)
        ]

    def candidates(self) -> list[Row]:
        """What was found about it and is not confirmed."""
        return self._site.views.candidates(self.sources)


_TYPE = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def told(site: Site, sources: Sources, thing: str) -> Told | None:
    """What the document about a thing says of it; None when there is none here."""
    document = site.snapshot.find(site.addresses.home(thing) or "")
    return Told(site, sources, document, thing) if document else None


def town(site: Site, place: str) -> tuple[str, str]:
    """What a place is called, and its own name where that is another.

    A place that is also called as its municipality is has that name: 's-Hertogenbosch, Den Bosch.
    """
    own = site.label(place)
    document = site.snapshot.find(site.addresses.home(place) or "")
    if document is None:
        return own, ""
    graph, thing = document.graph, URIRef(place)
    others = {str(name) for name in graph.objects(thing, SDO.alternateName)}
    shared = others & {site.label(str(area)) for area in graph.objects(thing, WIJK.withinArea)}
    return (min(shared), own) if shared else (own, "")


def unrepeated(large: str, names: Iterable[str]) -> list[str]:
    """The names for below a large one, each once; `Utrecht` is in `Gemeente Utrecht` already."""
    return [it for it in dict.fromkeys(names) if it != large and not large.endswith(f" {it}")]


def worded(value: Value, text: str) -> Value:
    """The same value in other words."""
    return replace(value, text=text)
