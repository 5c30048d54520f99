"""A document as people read it: every statement in words, and what stands behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import QB, RDF, RDFS, BNode, Graph, Literal, Node, URIRef
from rdflib.namespace import DCTERMS, GEO

from wijk.documents import LABELS
from wijk.namespaces import SHAPES, WIJK
from wijk.snapshot import Document, Snapshot
from wijk.web import registers
from wijk.web.addresses import Addresses, main_thing
from wijk.web.literals import dutch_first, moment, readable
from wijk.web.sources import NO_MARK, Mark, Source, Sources, web
from wijk.web.templating import short
from wijk.web.words import NO_KIND, Words

_IN_MARK = (DCTERMS.source, WIJK.basis, WIJK.status)
_OF_CLASSES = (RDF.type, RDFS.domain, RDFS.range, RDFS.subClassOf)
# What we say of our own records: a source that a thing carries is not about it.
_OURS = (RDF.type, DCTERMS.identifier)
_TITLES = {SHAPES: "De regels (shapes)"}
_DEPTH = 5


@dataclass(frozen=True)
class Value:
    """One value: its text, where it links to, its language if that is not Dutch.

    `moment` is the day or the moment that the text tells, as the graph has it (ISO 8601).
    """

    text: str
    href: str | None
    outside: bool
    lang: str | None
    mark: Mark
    moment: str = ""


@dataclass(frozen=True)
class Row:
    """One property, by its IRI and in words, and its values."""

    label: str
    values: tuple[Value, ...]
    predicate: str = ""


@dataclass(frozen=True)
class Part:
    """Something in the document with a name of its own: a participation, a term."""

    anchor: str
    title: str
    href: str | None
    kind: str
    rows: tuple[Row, ...]
    mark: Mark


@dataclass(frozen=True)
class Link:
    """A link with its words, and something small behind it."""

    text: str
    href: str
    small: str = ""


@dataclass(frozen=True)
class Page:
    """All that the template needs of one document."""

    title: str
    kind: str
    iri: str
    path: str
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]
    candidates: tuple[Row, ...]
    sources: tuple[Source, ...]


class Views:
    """Makes pages of the documents of one snapshot."""

    def __init__(self, snapshot: Snapshot, addresses: Addresses, words: Words) -> None:
        self._snapshot = snapshot
        self._addresses = addresses
        self._words = words

    def sources(self, document: Document, known: Mapping[str, tuple[str, str]]) -> Sources:
        """The sources of a document; `known` has the publisher and the day of each."""
        return Sources(document.graph, self._addresses, self._snapshot.labels, known)

    def page(self, document: Document, sources: Sources) -> Page:
        """The page of a document, with its sources."""
        graph = document.graph
        thing = main_thing(document, self._snapshot.base)
        carried = sources.own(thing) if thing else NO_MARK
        told = _IN_MARK if carried.numbers else ()
        rows = self._rows(thing, sources, told, carried) if thing else ()
        itself = URIRef(document.iri)
        parts = tuple(self._part(part, thing, sources) for part in _parts(graph, {thing, itself}))
        candidates = tuple(self.candidates(sources))
        named = self.named(document)
        listed = tuple(sources.listed())
        return replace(named, rows=rows, parts=parts, candidates=candidates, sources=listed)

    def named(self, document: Document) -> Page:
        """The page of a document without what it says: its title, kind and addresses."""
        thing = main_thing(document, self._snapshot.base)
        kinds = list(document.graph.objects(thing, RDF.type)) if thing else []
        return Page(
            self.label(str(thing)) if thing else _TITLES.get(document.iri, document.slug),
            self._words.kind(kinds),
            str(thing or document.iri),
            self._addresses.document_path(document.iri),
            rows=(),
            parts=(),
            candidates=(),
            sources=(),
        )

    def label(self, iri: str) -> str:
        """What to call something, in not too many words."""
        if iri in self._snapshot.labels:
            return short(self._snapshot.labels[iri])
        ours = iri.startswith((self._snapshot.base, str(WIJK), SHAPES))
        if not ours or self._addresses.home(iri) is None:
            for prefix, namespace in self._snapshot.prefixes.items():
                if iri.startswith(namespace) and iri != namespace:
                    return f"{prefix}:{iri.removeprefix(namespace)}"
            return registers.called(iri) or iri
        return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]

    def value(self, node: Node | None, mark: Mark) -> Value:
        """One value in words."""
        if node is None:
            return Value("alle waarden", None, False, None, mark)
        if isinstance(node, Literal):
            lang = node.language if node.language not in (None, "nl") else None
            return Value(readable(node), None, False, lang, mark, moment(node))
        iri = str(node)
        path = self._addresses.path(iri)
        if path is not None:
            return Value(self.label(iri), path, False, None, mark)
        return Value(self.label(iri), web(iri), True, None, mark)

    def _worded(self, value: Value, predicate: Node, node: Node, graph: Graph) -> Value:
        """A class in the words that pages have for it, a point by what it is, a name in short."""
        if predicate in LABELS:
            return replace(value, text=short(value.text))
        if predicate in _OF_CLASSES and (known := self._words.kind([node])) != NO_KIND:
            return replace(value, text=known)
        point = (node, RDF.type, GEO.Geometry) in graph
        known = self._words.kind([GEO.Geometry]) if point else self._component(node, graph)
        return replace(value, text=known or value.text)

    def _component(self, node: Node, graph: Graph) -> str:
        """A component of a cube that has no name is called as the measure or dimension it is."""
        named = str(node) in self._snapshot.labels
        found = () if named else graph.objects(node, QB.measure | QB.dimension)
        return next((self.label(str(it)) for it in found), "")

    def _rows(
        self, subject: Node, sources: Sources, left_out: Iterable[Node], carried: Mark = NO_MARK
    ) -> tuple[Row, ...]:
        """The statements about something; without evidence of its own, one has what it carries."""
        graph = sources.graph
        kinds = list(graph.objects(subject, RDF.type))
        predicates = set(graph.predicates(subject)) - set(left_out)
        rows = []
        for predicate in sorted(predicates, key=self._words.order):
            nodes = sorted(graph.objects(subject, predicate), key=dutch_first)
            otherwise = NO_MARK if predicate in _OURS else carried
            values = [
                Value(self._described(node, graph, _DEPTH), None, False, None, NO_MARK)
                if isinstance(node, BNode)
                else self.value(
                    node,
                    sources.of(subject, predicate, node)
                    or (sources.own(node) if predicate == GEO.hasGeometry else otherwise),
                )
                for node in nodes
            ]
            both = zip(values, nodes, strict=True)
            told = noted_once([self._worded(it, predicate, node, graph) for it, node in both])
            rows.append(Row(self._words.property(predicate, kinds), told, str(predicate)))
        return tuple(rows)

    def _described(self, node: Node, graph: Graph, depth: int) -> str:
        """Something without a name, in one line: the items of a list, or what is said of it."""
        if not isinstance(node, BNode) or depth == 0:
            return self.value(node, NO_MARK).text
        if (node, RDF.first, None) in graph:
            return ", ".join(self._described(item, graph, depth - 1) for item in graph.items(node))
        return "; ".join(
            f"{self._words.property(predicate)}: {self._described(value, graph, depth - 1)}"
            for predicate, value in sorted(graph.predicate_objects(node), key=str)
        )

    def _part(self, part: Node, whole: Node | None, sources: Sources) -> Part:
        graph = sources.graph
        kinds = list(graph.objects(part, RDF.type))
        actor = graph.value(part, WIJK.actor)
        named = isinstance(part, URIRef) and GEO.Geometry not in kinds
        title = (self._component(part, graph) or self.label(str(actor or part))) if named else ""
        carries = any((part, told, None) in graph for told in (WIJK.basis, DCTERMS.source))
        mark = sources.own(part) if carries else NO_MARK
        back = [predicate for predicate, value in graph.predicate_objects(part) if value == whole]
        in_title = (RDF.type, WIJK.actor) if actor else ()
        told = [*back, *(_IN_MARK if carries else ()), *in_title]
        rows = self._rows(part, sources, told)
        anchor = str(part).partition("#")[2] or str(part).rpartition("/")[2]
        href = self._addresses.path(str(actor)) if actor else None
        kind = self._words.kind(kinds)
        return Part(anchor, title or kind, href, kind, rows, mark)

    def candidates(self, sources: Sources) -> list[Row]:
        """What is not confirmed, with what stands behind it: a row for each property."""
        rows: dict[tuple[str, str], list[Value]] = {}
        for found in sources.candidates():
            kinds = list(sources.graph.objects(found.subject, RDF.type))
            key = self._words.property(found.predicate, kinds), str(found.predicate)
            rows.setdefault(key, []).append(self.value(found.value, found.mark))
        return [Row(label, noted_once(values), it) for (label, it), values in rows.items()]


def noted_once(values: Sequence[Value]) -> tuple[Value, ...]:
    """The same values; what is noted of several of them stands at the last of these alone."""
    last = {note: at for at, it in enumerate(values) for note in it.mark.notes}
    return tuple(
        replace(it, mark=replace(it.mark, notes=tuple(n for n in it.mark.notes if last[n] == at)))
        for at, it in enumerate(values)
    )


def _parts(graph: Graph, without: set[Node | None]) -> list[Node]:
    """What else the document describes, without the evidence: first its own that has a name."""
    aside: set[Node] = {value for value in graph.objects() if isinstance(value, BNode)}
    for kind in (WIJK.Evidence, QB.Observation):  # figures are shown as a table
        aside.update(graph.subjects(RDF.type, kind))
    own = tuple(f"{it}#" for it in without)
    left = set(graph.subjects()) - without - aside
    named = sorted(left, key=lambda it: (not str(it).startswith(own), str(it)))
    return sorted(named, key=lambda it: isinstance(it, BNode))
