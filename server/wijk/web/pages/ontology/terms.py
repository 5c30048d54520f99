"""The terms of the ontology with what is said of them, and how often the data use them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Node, URIRef
from rdflib.namespace import DCTERMS, SH

from wijk.namespaces import ONTOLOGY, SHAPES, WIJK
from wijk.snapshot import Document, Snapshot

Counts = Mapping[tuple[str, str], int]
"""How often a class or a property is used, by `class` or `property` and its IRI."""
_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_ABOVE = (RDFS.subClassOf, RDFS.subPropertyOf)


@dataclass(frozen=True)
class Reference:
    """Another term: what it is called, and the path or address where it is explained."""

    text: str
    href: str = ""
    outside: bool = False
    small: str = ""


@dataclass(frozen=True)
class Rule:
    """What a shape asks of a term; `severity` is the local name of SHACL's."""

    path: str
    about: str
    message: str
    severity: str


@dataclass(frozen=True)
class Term:
    """A class or a property of the ontology, in one language; `count` is None when not known."""

    name: str
    iri: str
    is_class: bool
    label: str
    definition: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    above: tuple[Reference, ...]
    domain: tuple[Reference, ...]
    range: tuple[Reference, ...]
    aligned: tuple[Reference, ...]
    rules: tuple[Rule, ...]
    count: int | None


@dataclass(frozen=True)
class Scheme:
    """A list of concepts: its title, what it is for, its page, and how many there are."""

    title: str
    about: str
    path: str
    count: int


class Reader:
    """Reads the ontology, its alignments and the shapes of one snapshot in one language."""

    def __init__(self, snapshot: Snapshot, counts: Counts, lang: str) -> None:
        self._snapshot = snapshot
        self._counts = counts
        self._lang = lang
        self._own = _graph(snapshot.documents.get(ONTOLOGY))
        self._shapes = _graph(snapshot.documents.get(SHAPES))
        self._alignments = [
            document.graph
            for iri, document in sorted(snapshot.documents.items())
            if iri.startswith(f"{ONTOLOGY}/")
        ]
        self._rules = self._gathered()

    def terms(self) -> list[Term]:
        """All of them: classes in the order of the file, then properties by name."""
        found = {
            subject
            for kind in _KINDS
            for subject in self._own.subjects(RDF.type, kind)
            if isinstance(subject, URIRef) and subject.startswith(str(WIJK))
        }
        listed = [self._term(iri) for iri in found]
        return sorted(listed, key=lambda it: (not it.is_class, it.name.casefold()))

    def schemes(self) -> list[Scheme]:
        """The lists of concepts, by title."""
        found = []
        for iri, document in self._snapshot.documents.items():
            if document.kind == "scheme":
                graph = document.graph
                thing = next(iter(graph.subjects(RDF.type, SKOS.ConceptScheme)), URIRef(iri))
                title = self._said(graph, thing, DCTERMS.title) or document.slug
                about = self._said(graph, thing, DCTERMS.description)
                count = len(set(graph.subjects(SKOS.inScheme, None)))
                found.append(Scheme(title, about, f"/doc/scheme/{document.slug}", count))
        return sorted(found, key=lambda it: it.title.casefold())

    def borrowed(self) -> dict[str, list[Reference]]:
        """The terms of other vocabularies that the data use, by prefix, most used first."""
        found: dict[str, list[tuple[int, Reference]]] = {}
        for (kind, iri), count in self._counts.items():
            name = self._short(iri)
            if iri.startswith(str(WIJK)) or ":" not in name or name == iri:
                continue
            rules = self._rules.get(URIRef(iri), []) if kind == "property" else []
            said = next((rule.about for rule in rules if rule.about), "")
            reference = Reference(name, iri, True, said)
            found.setdefault(name.partition(":")[0], []).append((count, reference))
        return {
            prefix: [it for _, it in sorted(listed, key=lambda it: (-it[0], it[1].text))]
            for prefix, listed in sorted(found.items())
        }

    def used(self, iri: str) -> int | None:
        """How often a term is used."""
        return self._counts.get(("class", iri), self._counts.get(("property", iri)))

    def title(self) -> tuple[str, str, str]:
        """The title, the description and the version of the ontology."""
        about = URIRef(ONTOLOGY)
        version = str(self._own.value(about, OWL.versionInfo) or "")
        said = (self._said(self._own, about, it) for it in (DCTERMS.title, DCTERMS.description))
        return next(said), next(said), version

    def label(self, iri: URIRef) -> str:
        """What a class is called: by the ontology, else by its shape."""
        named = self._said(self._own, iri, RDFS.label)
        shape = next(iter(self._shapes.subjects(SH.targetClass, iri)), None)
        return named or (self._said(self._shapes, shape, SH.name) if shape else "")

    def _term(self, iri: URIRef) -> Term:
        is_class = (iri, RDF.type, OWL.Class) in self._own
        kind = "class" if is_class else "property"
        return Term(
            iri.removeprefix(str(WIJK)),
            str(iri),
            is_class,
            self._said(self._own, iri, RDFS.label),
            self._said(self._own, iri, SKOS.definition),
            tuple(self._all(self._own, iri, SKOS.scopeNote)),
            tuple(sorted(str(it) for it in self._own.objects(iri, SKOS.example))),
            self._references(it for path in _ABOVE for it in self._own.objects(iri, path)),
            self._references(self._own.objects(iri, RDFS.domain)),
            self._references(self._own.objects(iri, RDFS.range)),
            tuple(self._aligned(iri)),
            tuple(self._rules.get(iri, ())),
            self._counts.get((kind, str(iri)), 0) if self._counts else None,
        )

    def _aligned(self, iri: URIRef) -> Iterable[Reference]:
        for graph in self._alignments:
            for predicate, value in sorted(graph.predicate_objects(iri), key=str):
                if isinstance(value, URIRef):
                    word = self._short(str(predicate))
                    yield Reference(self._short(str(value)), str(value), True, word)

    def _gathered(self) -> dict[Node, list[Rule]]:
        """The rules by the class they are for, and by the property they look at."""
        found: dict[Node, list[Rule]] = {}
        for shape in sorted(self._shapes.subjects(RDF.type, SH.NodeShape), key=str):
            for target in self._shapes.objects(shape, SH.targetClass):
                found.setdefault(target, []).append(self._rule(shape))
        for shape in sorted(self._shapes.subjects(RDF.type, SH.PropertyShape), key=str):
            path = self._shapes.value(shape, SH.path)
            if path is not None:
                found.setdefault(path, []).append(self._rule(shape))
        return found

    def _rule(self, shape: Node) -> Rule:
        severity = str(self._shapes.value(shape, SH.severity) or SH.Violation)
        fragment = str(shape).rpartition("#")[2]
        about = self._said(self._shapes, shape, SH.name)
        message = self._said(self._shapes, shape, SH.message)
        return Rule(f"/shape#{fragment}", about, message, severity.rpartition("#")[2])

    def _references(self, terms: Iterable[Node]) -> tuple[Reference, ...]:
        return tuple(self._reference(it) for it in sorted(terms, key=str) if isinstance(it, URIRef))

    def _reference(self, iri: URIRef) -> Reference:
        if iri.startswith(str(WIJK)):
            return Reference(iri.removeprefix(str(WIJK)), f"#{iri.removeprefix(str(WIJK))}")
        return Reference(self._short(str(iri)), str(iri), True)

    def _short(self, iri: str) -> str:
        """With the prefix of its vocabulary, when that is known."""
        fits = [it for it in self._snapshot.prefixes.items() if iri.startswith(it[1])]
        if not fits:
            return iri
        prefix, start = max(fits, key=lambda it: len(it[1]))
        return f"{prefix}:{iri.removeprefix(start)}"

    def _said(self, graph: Graph, subject: Node, predicate: URIRef) -> str:
        """The text in this language, else in another one."""
        texts = [it for it in graph.objects(subject, predicate) if isinstance(it, Literal)]
        return next(iter(sorted(texts, key=lambda it: (it.language != self._lang, str(it)))), "")

    def _all(self, graph: Graph, subject: Node, predicate: URIRef) -> Sequence[str]:
        texts = [it for it in graph.objects(subject, predicate) if isinstance(it, Literal)]
        return sorted(str(it) for it in texts if it.language == self._lang)


def _graph(document: Document | None) -> Graph:
    return document.graph if document is not None else Graph(bind_namespaces="none")
