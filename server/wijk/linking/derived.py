"""Statements that follow from the register and the divisions: documents that nobody edits.

The same folder gives the same bytes on any day: what is derived is dated by what it rests on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, GEO, PROV, RDFS, SDO

from wijk import __version__, turtle
from wijk.linking import codes, here, writing
from wijk.linking.codes import Level
from wijk.linking.described import Pairs, area_iri
from wijk.linking.errors import RegisterError
from wijk.linking.intake import Change, path_of
from wijk.linking.register import VERSIONS, Register
from wijk.linking.resolve import Outcome, resolve
from wijk.linking.writing import Block
from wijk.namespaces import WIJK
from wijk.snapshot import Snapshot

_ACTIVITY = (("Afleiding", "nl"), ("Derivation", "en"))
_CERTAIN = (Outcome.EXACT, Outcome.FORWARD)
Facts = Mapping[URIRef, set[URIRef]]


@dataclass(frozen=True)
class Sort:
    """One derived document: its name, what it says in two languages, and by which property."""

    slug: str
    property: URIRef
    title: tuple[str, str]
    description: tuple[str, str]


PRESENT = Sort(
    "present-areas",
    WIJK.presentArea,
    ("De gemeente van nu", "The municipality of today"),
    (
        "In welke gemeente een plek of een vroegere gemeente ligt op de dag waarop het register "
        "bekeken is; alleen waar dat zeker is.",
        "In which municipality a place or a former municipality lies on the day on which the "
        "register was looked at; only where that is certain.",
    ),
)
CONTAINED = Sort(
    "containment",
    GEO.sfWithin,
    ("Wat waarin ligt", "What lies in what"),
    (
        "In welke wijk, gemeente en provincie een wijk of buurt ligt, volgens de indeling.",
        "In which wijk, municipality and province a wijk or buurt lies, by the division.",
    ),
)


def derive(taken: Snapshot) -> list[Change]:
    """Every derived document that is not there yet as it should be.

    Raises:
        RegisterError: the folder has no version of the register that says when it was looked at.
    """
    register = here.register(taken)
    if register.seen is None:
        problem = "no version of the register here says on which day it was looked at"
        raise RegisterError(taken.root, problem, "Take one in with: wijk link register FILE")
    graph = _graph(taken)
    made = [
        _document(taken, PRESENT, _present(graph, register, taken.base), register.seen),
        _document(taken, CONTAINED, _contained(graph), register.seen),
    ]
    return [change for change in made if change.before != change.after]


def _graph(taken: Snapshot) -> Graph:
    """What it all follows from: places, areas, changes and the versions of the register."""
    kinds = ("area", "event", "place", "source")
    documents = (each for each in taken.documents.values() if each.kind in kinds)
    return turtle.merged(document.graph for document in documents)


def _present(graph: Graph, register: Register, base: str) -> Facts:
    """The one municipality of today, for former municipalities and for places."""
    found: dict[URIRef, set[URIRef]] = {}
    on = register.seen or date.min
    for code, area in register.municipalities.items():
        answer = resolve(register, code, on)
        if not area.on(on) and answer.outcome is Outcome.FORWARD:
            found[area_iri(code, base)] = {area_iri(answer.areas[0], base)}
    for place in graph.subjects(RDF.type, WIJK.Place):
        within = [str(code) for code in graph.objects(place, WIJK.withinArea / WIJK.code)]
        answers = [resolve(register, code, on) for code in within if code.startswith("GM")]
        areas = {area for answer in answers for area in answer.areas}
        certain = all(answer.outcome in _CERTAIN for answer in answers)
        if isinstance(place, URIRef) and certain and len(areas) == 1:
            found[place] = {area_iri(areas.pop(), base)}
    return found


def _contained(graph: Graph) -> Facts:
    """What each wijk and buurt lies in: all that its municipality and its code tell."""
    found: dict[URIRef, set[URIRef]] = {}
    by_code = {(year, code): area for area, code, year in _divisions(graph)}
    for area, text, year in _divisions(graph):
        code = codes.read(text)
        within = {each for each in graph.objects(area, WIJK.withinArea) if isinstance(each, URIRef)}
        for around in sorted(within):
            within |= {
                each for each in graph.objects(around, WIJK.withinArea) if isinstance(each, URIRef)
            }
        if code is not None and code.level is Level.BUURT and (year, code.district) in by_code:
            within.add(by_code[year, str(code.district)])
        found[area] = within
    return found


def _divisions(graph: Graph) -> Iterator[tuple[URIRef, str, str]]:
    """Each wijk and buurt with its code and year."""
    for area, year in sorted(graph.subject_objects(WIJK.divisionYear)):
        for code in graph.objects(area, WIJK.code):
            if isinstance(area, URIRef):
                yield area, str(code), str(year)


def _document(taken: Snapshot, sort: Sort, facts: Facts, on: date) -> Change:
    """The document with its origin, and a block for each thing it says something of."""
    thing = URIRef(f"{taken.base}id/derived/{sort.slug}")
    blocks = [*_origin(thing, sort, _sources(taken, facts), on)]
    blocks += [
        Block(subject, [(sort.property, value) for value in sorted(facts[subject])])
        for subject in sorted(facts)
        if facts[subject]
    ]
    text = writing.document(thing, blocks, taken.prefixes)
    path = path_of(f"derived/{sort.slug}")
    known = taken.documents.get(f"{taken.base}doc/derived/{sort.slug}")
    return Change(path, known.source if known is not None else b"", text)


def _origin(thing: URIRef, sort: Sort, sources: Iterable[URIRef], on: date) -> Iterator[Block]:
    """What the document is, and how it was made (PROV-O)."""
    activity, software = URIRef(f"{thing}#derivation"), URIRef(f"{thing}#software")
    languages = ("nl", "en")
    about: Pairs = [(RDF.type, PROV.Entity)]
    for property, texts in ((DCTERMS.title, sort.title), (DCTERMS.description, sort.description)):
        about += [
            (property, Literal(text, lang=language))
            for text, language in zip(texts, languages, strict=True)
        ]
    yield Block(thing, [*about, (PROV.wasGeneratedBy, activity)])
    used = [(PROV.used, source) for source in sources]
    day = Literal(on.isoformat(), datatype=XSD.date)
    called = [(RDFS.label, Literal(it, lang=lang)) for it, lang in _ACTIVITY]
    made: Pairs = [(RDF.type, PROV.Activity), *called, *used, (DCTERMS.date, day)]
    yield Block(activity, [*made, (PROV.wasAssociatedWith, software)])
    version = (SDO.softwareVersion, Literal(__version__))
    yield Block(software, [(RDF.type, PROV.SoftwareAgent), (SDO.name, Literal("wijk")), version])


def _sources(taken: Snapshot, facts: Facts) -> list[URIRef]:
    """The sources of the areas that something is said of, and the versions of the register."""
    areas = {iri for subject, values in facts.items() for iri in (subject, *values)}
    documents = (taken.find(str(iri).replace("/id/", "/doc/", 1)) for iri in areas)
    found = {
        source
        for document in documents
        if document is not None and document.kind == "area"
        for source in document.graph.objects(URIRef(document.base or ""), DCTERMS.source)
        if isinstance(source, URIRef)
    }
    return sorted(found, key=lambda source: (not source.startswith(VERSIONS), source))
