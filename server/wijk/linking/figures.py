"""What a key figure is: its measure, its area, its value or that it is missing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from rdflib import QB, RDF, RDFS, SKOS, Graph, Literal, URIRef

from wijk.linking.codes import Code
from wijk.linking.errors import SourceUnreadable
from wijk.namespaces import SDMX_ATTRIBUTE

_SENTINEL = Decimal(-99990)
"""PDOK writes -99997, -99995, -99999, -99999999 for what is missing."""
_MISSING = ("", ".", "null")
_NUMBERED = re.compile(r"_[0-9]+$")


@dataclass(frozen=True)
class Measure:
    """A figure of which there is one per area: its name here, its names elsewhere, its unit.

    A measure with classes has one of these concepts for a value, by the number of its class.
    """

    iri: URIRef
    slug: str
    labels: Mapping[str, str]
    unit: URIRef
    names: frozenset[str] = frozenset()
    classes: Mapping[str, URIRef] = field(default_factory=dict)

    def value(self, text: str) -> URIRef | Literal:
        """The value as a term, from its canonical text.

        Raises:
            ValueError: a class that this measure does not have.
        """
        if not self.classes:
            return number(text)
        if text not in self.classes:
            raise ValueError(f"there is no class {text}; the classes are {', '.join(self.classes)}")
        return self.classes[text]


@dataclass(frozen=True)
class How:
    """How a figure was obtained that its publisher did not give: in words, and if estimated."""

    notes: Mapping[str, str]
    estimated: bool = False


@dataclass(frozen=True)
class Region:
    """An area in a table of figures: a figure is a canonical number, or None when missing."""

    code: Code
    name: str
    figures: Mapping[str, str | None]
    how: Mapping[str, How] = field(default_factory=dict)


def measures(graph: Graph) -> dict[str, Measure]:
    """The measures that a graph describes, by slug; not those that only count what is missing."""
    found = [
        node
        for node in graph.subjects(RDF.type, QB.MeasureProperty)
        if isinstance(node, URIRef) and not node.endswith("/missing")
    ]
    return {measure.slug: measure for measure in (_measure(graph, node) for node in sorted(found))}


def _measure(graph: Graph, node: URIRef) -> Measure:
    unit = graph.value(node, SDMX_ATTRIBUTE.unitMeasure)
    classes: dict[str, URIRef] = {}
    if (node, RDFS.range, SKOS.Concept) in graph:
        scheme = URIRef(str(node).replace("/measure/", "/scheme/"))
        for concept in graph.subjects(SKOS.inScheme, scheme):
            if isinstance(concept, URIRef):
                classes[str(graph.value(concept, SKOS.notation))] = concept
    return Measure(
        node,
        str(node).rpartition("/")[2],
        dict(sorted(_labels(graph, node), reverse=True)),
        unit if isinstance(unit, URIRef) else node,
        frozenset(plain(str(name)) for name in graph.objects(node, SKOS.hiddenLabel)),
        dict(sorted(classes.items())),
    )


def _labels(graph: Graph, node: URIRef) -> Iterator[tuple[str, str]]:
    for label in graph.objects(node, RDFS.label):
        if isinstance(label, Literal):
            yield str(label.language), str(label)


def plain(name: str) -> str:
    """The name of a column without what differs from service to service and from year to year.

    `AantalInwoners_5`, `aantal_inwoners` and `Aantal inwoners` are one name; a name that may not
    begin with a digit has `k_` in front.
    """
    bare = _NUMBERED.sub("", name.strip())
    letters = re.sub(r"[^a-z0-9]", "", bare.removeprefix("k_").lower())
    return letters


def columns(names: Iterable[str], known: Mapping[str, Measure], where: str) -> dict[str, str]:
    """Which of these columns is which measure: the name of the column by slug.

    Raises:
        SourceUnreadable: two columns that are the same measure.
    """
    found: dict[str, str] = {}
    for name in names:
        for slug, measure in known.items():
            if plain(name) in measure.names:
                if slug in found:
                    problem = f"both {found[slug]} and {name} are {measure.labels.get('en', slug)}"
                    raise SourceUnreadable(where, problem)
                found[slug] = name
    return found


def figure(given: object, where: str) -> str | None:
    """One cell in its canonical form: the number without needless zeros, or None when missing.

    A number keeps the digits it came with: `12`, `46.3`. Missing are null, nothing, a dot, and
    PDOK's sentinels (at most -99990).

    Raises:
        SourceUnreadable: neither a number nor a sign for a missing one.
    """
    text = "" if given is None else str(given).strip()
    if text.lower() in _MISSING:
        return None
    try:
        value = Decimal(text.replace(",", ".")) if not isinstance(given, bool) else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise SourceUnreadable(where, f"'{text}' is not a number, and no sign for a missing one")
    if value <= _SENTINEL:
        return None
    shown = f"{value:f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown


def number(text: str) -> Literal:
    """A canonical number as a term: an integer, or a decimal when it has decimals."""
    kind = "decimal" if "." in text else "integer"
    return Literal(text, datatype=URIRef(f"http://www.w3.org/2001/XMLSchema#{kind}"))
