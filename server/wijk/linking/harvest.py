"""What `wijk figures` does with figures: with those that are here already, into documents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rdflib import QB, RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from wijk.linking import codes
from wijk.linking.codes import Level
from wijk.linking.cube import Cube
from wijk.linking.errors import SourceUnreadable
from wijk.linking.figures import How, Measure, Region, measures
from wijk.linking.register import Register
from wijk.linking.wanted import Delivered, Wanted
from wijk.namespaces import FIGURE, MEASURE, SDMX_ATTRIBUTE, SDMX_CODE, SDMX_DIMENSION
from wijk.snapshot import Snapshot


def known(taken: Snapshot) -> dict[str, Measure]:
    """The measures of a case base, with their classes."""
    graph = Graph(bind_namespaces="none")
    for document in taken.documents.values():
        if document.kind in (MEASURE, "scheme"):
            for triple in document.graph:
                graph.add(triple)
    return measures(graph)


def wanted(taken: Snapshot, year: int, table: str) -> Wanted:
    """The municipalities of the case base that were there on 1 January, and its buurten of then."""
    register = Register.of(taken.union)
    day = date(year, 1, 1)
    there = sorted(code for code, it in register.municipalities.items() if it.on(day))
    named = (code for code, years in register.divisions.items() if year in years)
    return Wanted(year, table, there, sorted(code for code in named if code.startswith("BU")))


def documents(taken: Snapshot, year: int, delivered: Delivered) -> dict[str, bytes]:
    """The documents of the year, by their paths: what was delivered goes before what is here.

    An area that is here stays as it is. A figure that this delivery does not have, because its
    service does not know that measure, stays too.

    Raises:
        SourceUnreadable: nothing that was delivered is a figure that the case base takes.
    """
    if not any(region.figures for region in delivered.regions):
        problem = "there is no figure in it of an area and a measure that the graph has"
        raise SourceUnreadable(delivered.source, problem)
    cube = Cube(taken.base, year, known(taken))
    regions = {it.code.text: it for it in here(taken, cube)}
    for region in delivered.regions:
        before = regions.get(region.code.text)
        regions[region.code.text] = _together(before, region) if before else region
    found = dict(_made(cube, regions, delivered.source))
    there = {str(it.path) for it in taken.documents.values()}
    return {
        path: text for path, text in found.items() if "/areas/" not in path or path not in there
    }


def _made(cube: Cube, regions: Mapping[str, Region], source: URIRef) -> Iterator[tuple[str, bytes]]:
    every = [regions[code] for code in sorted(regions)]
    yield from cube.areas(every, source)
    slugs = {slug for it in every for slug, value in it.figures.items() if value is not None}
    missing = any(value is None for it in every for value in it.figures.values())
    yield from cube.series([*sorted(slugs), *(["missing"] if missing else [])], source)
    for whole in every:
        if whole.code.level in (Level.LAND, Level.GEMEENTE):
            inside = [it for it in every if it.code.municipality == whole.code.municipality]
            yield cube.figures(whole, inside, source)


def _together(before: Region, now: Region) -> Region:
    """The figures of now, and of before those that now has not; the name stays."""
    how = {slug: it for slug, it in before.how.items() if slug not in now.figures}
    figures = {**before.figures, **now.figures}
    return replace(now, name=before.name, figures=figures, how={**how, **now.how})


def here(taken: Snapshot, cube: Cube) -> Iterator[Region]:
    """The figures of the year that the case base has, by area."""
    start = f"{cube.year}-"
    for document in taken.documents.values():
        if document.kind == FIGURE and document.slug.startswith(start):
            yield from _told(document.graph, cube, taken)


@dataclass
class _Found:
    figures: dict[str, str | None]
    how: dict[str, How]


def _told(graph: Graph, cube: Cube, taken: Snapshot) -> Iterable[Region]:
    found: dict[str, _Found] = {}
    for figure in graph.subjects(RDF.type, QB.Observation):
        area = str(graph.value(figure, SDMX_DIMENSION.refArea))
        one = found.setdefault(area, _Found({}, {}))
        about = graph.value(figure, URIRef(f"{taken.base}id/{MEASURE}/about"))
        for slug, measure in cube.measures.items():
            value = graph.value(figure, measure.iri)
            if value is not None or about == measure.iri:
                one.figures[slug] = None if value is None else _canonical(measure, value)
                if how := _how(graph, figure):
                    one.how[slug] = how
    for area, one in found.items():
        code = codes.read(area.rpartition("/")[2].removeprefix(f"{cube.year}-"))
        if code is not None:
            yield Region(code, taken.labels.get(area, code.text), one.figures, one.how)


def _canonical(measure: Measure, value: Node) -> str:
    numbers = {concept: number for number, concept in measure.classes.items()}
    return numbers.get(value, str(value)) if isinstance(value, URIRef) else str(value)


def _how(graph: Graph, figure: Node) -> How | None:
    notes = {
        str(note.language): str(note)
        for note in graph.objects(figure, SKOS.note)
        if isinstance(note, Literal)
    }
    status = graph.value(figure, SDMX_ATTRIBUTE.obsStatus)
    estimated = status == SDMX_CODE["obsStatus-E"]
    return How(dict(sorted(notes.items(), reverse=True)), estimated) if notes else None
