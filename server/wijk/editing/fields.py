"""The one list of fields, read from the shapes.

A field is one property of a kind. What the property shapes of that path say is taken together: its
name (sh:name), help (sh:description), example (skos:example), place (sh:group, sh:order), how many
(sh:minCount, sh:maxCount, sh:uniqueLang) and what kind of value. dash:hidden leaves one out,
dash:singleLine false makes it a text of several lines, dash:editor dash:URIEditor an address.
What has no group has no place in a form, and is no field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rdflib import OWL, RDF, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection as Items
from rdflib.namespace import RDFS
from rdflib.term import Node

from wijk.documents import Document, base_of
from wijk.editing import kinds
from wijk.editing.names import slugged
from wijk.loaded import Snapshot
from wijk.namespaces import DASH, SHAPE, SHAPES

_LANGUAGES = ("nl", "en", "fy")
_BY_TYPE: dict[Node | None, str] = {
    XSD.integer: "integer",
    XSD.decimal: "decimal",
    XSD.boolean: "boolean",
    XSD.date: "date",
    XSD.gYear: "date",
}


@dataclass(frozen=True)
class Choice:
    """One of the values of a list: a concept, with what people call it and what it means."""

    iri: str
    label: str
    about: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One property of a kind of thing; names, help and heading by language (nl, en)."""

    path: str
    key: str
    name: Mapping[str, str]
    help: Mapping[str, str]
    example: str
    group: str
    heading: Mapping[str, str]
    order: float
    required: bool
    wanted: bool
    many: bool
    value: str
    languages: tuple[str, ...]
    choices: tuple[Choice, ...]
    kinds: tuple[str, ...]
    evidence: bool


def fields(taken: Snapshot, kind: str) -> tuple[Field, ...]:
    """The fields of a kind, in the order of their groups and of themselves.

    Raises:
        KeyError: a kind that nothing is entered of.
    """
    schemes = {document.iri: document for document in taken.concepts.values()}
    documents = tuple(schemes[iri] for iri in sorted(schemes))
    return _fields(kind, taken.documents[SHAPES], documents)


def by_path(taken: Snapshot, kind: str) -> Mapping[str, Field]:
    """The same by the property that they are about."""
    return {field.path: field for field in fields(taken, kind)}


def names(taken: Snapshot, kind: str) -> Mapping[str, str]:
    """What a kind is called, by language."""
    return _said(taken.documents[SHAPES].graph, (SHAPE[kind.capitalize()],), SH.name)


@lru_cache(maxsize=64)
def _fields(kind: str, shapes: Document, schemes: tuple[Document, ...]) -> tuple[Field, ...]:
    graph = shapes.graph
    by_path: dict[URIRef, list[Node]] = {}
    for shape in kinds.SHAPES[kind]:
        for rule in graph.objects(shape, SH.property):
            path = graph.value(rule, SH.path)
            if isinstance(path, URIRef):
                by_path.setdefault(path, []).append(rule)
    shown = {
        path: rules
        for path, rules in by_path.items()
        if any(graph.value(rule, SH.group) for rule in rules)
        and not any(_is(graph, rule, DASH.hidden, "true") for rule in rules)
    }
    found = [_field(kind, path, rules, graph, schemes) for path, rules in shown.items()]
    orders = {field.group: _order(graph, (URIRef(field.group),)) for field in found}
    return tuple(sorted(found, key=lambda it: (orders[it.group], it.order, it.path)))


def _field(
    kind: str, path: URIRef, rules: list[Node], graph: Graph, schemes: Iterable[Document]
) -> Field:
    group = next(node for rule in rules for node in graph.objects(rule, SH.group))
    name, languages = _said(graph, rules, SH.name), _languages(graph, rules)
    choices = _choices(graph, rules, schemes)
    things = _kinds(graph, rules)
    return Field(
        path=str(path),
        key=slugged(name["nl"]),
        name=name,
        help=_said(graph, rules, SH.description),
        example=_said(graph, rules, SKOS.example).get("nl", ""),
        group=str(group),
        heading=_said(graph, (group,), RDFS.label),
        order=_order(graph, rules),
        required=_least(graph, rules, SH.Violation),
        wanted=_least(graph, rules, SH.Warning),
        many=not _single(graph, rules, languages),
        value="choice" if choices else "thing" if things else _value(graph, rules),
        languages=languages,
        choices=choices,
        kinds=things,
        evidence=kinds.needs_evidence(kind, path),
    )


def _said(graph: Graph, nodes: Iterable[Node], property: URIRef) -> dict[str, str]:
    """What the first of these that says it says, in each language; Dutch first."""
    for node in nodes:
        texts = [it for it in graph.objects(node, property) if isinstance(it, Literal)]
        if texts:
            return {str(it.language or "nl"): str(it) for it in sorted(texts, key=_dutch_first)}
    return {}


def _dutch_first(text: Literal) -> tuple[bool, str]:
    return text.language != "nl", str(text.language)


def _order(graph: Graph, nodes: Iterable[Node]) -> float:
    found = (float(str(it)) for node in nodes for it in graph.objects(node, SH.order))
    return min(found, default=0.0)


def _is(graph: Graph, rule: Node, property: URIRef, value: str) -> bool:
    return str(graph.value(rule, property)) == value


def _least(graph: Graph, rules: Iterable[Node], severity: URIRef) -> bool:
    return any(
        graph.value(rule, SH.severity) == severity and str(graph.value(rule, SH.minCount)) == "1"
        for rule in rules
    )


def _single(graph: Graph, rules: Iterable[Node], languages: tuple[str, ...]) -> bool:
    return any(
        _is(graph, rule, SH.maxCount, "1")
        or (_is(graph, rule, SH.uniqueLang, "true") and len(languages) == 1)
        for rule in rules
    )


def _value(graph: Graph, rules: Iterable[Node]) -> str:
    """What is not a choice or a thing: what its datatypes, node kind and hints say."""
    for rule in rules:
        alternatives = [
            item for items in graph.objects(rule, SH["or"]) for item in Items(graph, items)
        ]
        for node in (rule, *alternatives):
            if (known := _BY_TYPE.get(graph.value(node, SH.datatype))) is not None:
                return known
        hinted = graph.value(rule, DASH.editor) == DASH.URIEditor
        if hinted or graph.value(rule, SH.nodeKind) == SH.IRI:
            return "address"
        if _is(graph, rule, DASH.singleLine, "false"):
            return "text"
    return "line"


def _languages(graph: Graph, rules: Iterable[Node]) -> tuple[str, ...]:
    """The languages that a text may be in; none for what has no language."""
    for rule in rules:
        for items in graph.objects(rule, SH.languageIn):
            return tuple(str(item) for item in Items(graph, items))
        if graph.value(rule, SH.datatype) == RDF.langString:
            return _LANGUAGES
    return ()


def _kinds(graph: Graph, rules: Iterable[Node]) -> tuple[str, ...]:
    """The kinds of things that it may name; none when it names none."""
    found: dict[str, None] = {}
    for rule in rules:
        alternatives = [
            item for items in graph.objects(rule, SH["or"]) for item in Items(graph, items)
        ]
        for node in (rule, *alternatives):
            for each in graph.objects(node, SH["class"]):
                found.update(dict.fromkeys(kinds.OF_CLASS.get(URIRef(str(each)), ())))
    return tuple(found)


def _choices(
    graph: Graph, rules: Iterable[Node], schemes: Iterable[Document]
) -> tuple[Choice, ...]:
    """The concepts that it takes its values from, as they stand in their list."""
    for rule in rules:
        for items in graph.objects(rule, SH["in"]):
            return _concepts(schemes, among={*Items(graph, items)})
        for node in graph.objects(rule, SH.node):
            for part in graph.objects(node, SH.property):
                if (scheme := graph.value(part, SH.hasValue)) is not None:
                    return _concepts(schemes, scheme)
    return ()


def _concepts(
    schemes: Iterable[Document], scheme: Node | None = None, among: Iterable[Node] = ()
) -> tuple[Choice, ...]:
    found, wanted = [], {str(each) for each in among}
    for document in schemes:
        if scheme is None and wanted.isdisjoint(document.told.concepts):
            continue
        if scheme is not None and str(scheme) != base_of(document.iri):
            continue
        graph = document.graph
        for concept in graph.subjects(SKOS.inScheme, scheme) if scheme else among:
            label = _said(graph, (concept,), SKOS.prefLabel).get("nl")
            if label and not _is(graph, concept, OWL.deprecated, "true"):
                plain = _said(graph, (concept,), RDFS.comment).get("nl", "")
                about = plain or _said(graph, (concept,), SKOS.definition).get("nl", "")
                also = tuple(sorted(str(it) for it in graph.objects(concept, SKOS.altLabel)))
                found.append(Choice(str(concept), label, about, also))
    return tuple(found)
