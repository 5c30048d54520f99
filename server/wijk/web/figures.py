"""Key figures as people read them: a table in place of hundreds of observations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag

from rdflib import QB, RDF, SKOS, Graph, Literal, Node, URIRef

from wijk.namespaces import MEASURE, SDMX_ATTRIBUTE, SDMX_CODE, SDMX_DIMENSION
from wijk.web.site import Site
from wijk.web.views import Link

MISSING = "ontbreekt"


@dataclass(frozen=True)
class Line:
    """The figures of one area, a text per column; nothing where there is no figure."""

    area: str
    href: str | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """What is said of one figure: which, the text, and its language if that is not Dutch."""

    about: str
    text: str
    lang: str | None


@dataclass(frozen=True)
class Table:
    """The figures of a document: a line per area, a column per measure with its page and unit."""

    columns: tuple[Link, ...]
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Compared:
    """One figure of an area, with that of the country beside it.

    `href` is the page of what is measured, `base` says in a sentence what that is.
    """

    label: str
    href: str
    base: str
    year: str
    unit: str
    value: str
    national: str
    documents: tuple[Link, ...]


def table(site: Site, graph: Graph) -> Table | None:
    """The observations in a document as a table; None when there are none."""
    cells: dict[str, dict[str, str]] = {}
    notes: list[Note] = []
    for figure in graph.subjects(RDF.type, QB.Observation):
        measure, text = _observed(site, graph, figure)
        cells.setdefault(str(graph.value(figure, SDMX_DIMENSION.refArea)), {})[measure] = text
        about = site.label(measure)
        notes += [Note(about, str(it), _foreign(it)) for it in graph.objects(figure, SKOS.note)]
    if not cells:
        return None
    measures = sorted({it for row in cells.values() for it in row}, key=site.label)
    order = sorted(cells, key=lambda area: ("/20" in area, site.label(area)))
    lines = (
        Line(site.label(it), site.path(it), tuple(cells[it].get(name, "") for name in measures))
        for it in order
    )
    told = sorted(notes, key=lambda note: (note.about, note.lang or "", note.text))
    return Table(tuple(_column(site, it) for it in measures), tuple(lines), tuple(told))


async def compared(site: Site, iri: str) -> list[Compared]:
    """The figures of an area, or of the area that a place is, beside those of the country."""
    found = [
        Compared(
            site.label(row["measure"]),
            site.path(row["measure"]) or "",
            row.get("comment", ""),
            row["year"],
            site.label(row["unit"]),
            _shown(site, row.get("value")),
            _shown(site, row.get("national"), row.get("status", "")),
            documents(site, (row,)),
        )
        for row in await site.rows("figures", {"thing": f"<{iri}>"})
    ]
    return sorted(found, key=lambda figure: (figure.label, figure.year))


def documents(site: Site, rows: Iterable[Mapping[str, str]]) -> tuple[Link, ...]:
    """The documents in which figures stand, and those of the country beside them, each once."""
    found = [row[name] for name in ("figure", "beside") for row in rows if name in row]
    iris = dict.fromkeys(urldefrag(iri).url for iri in found)
    return tuple(Link(site.label(iri), path) for iri in iris if (path := site.path(iri)))


def _observed(site: Site, graph: Graph, figure: Node) -> tuple[str, str]:
    """The IRI of the measure of an observation, and its value in words."""
    start = f"{site.snapshot.base}id/{MEASURE}/"
    told = {str(it): str(value) for it, value in graph.predicate_objects(figure)}
    if (about := told.get(f"{start}about")) is not None:
        return about, MISSING
    measure = next((it for it in told if it.startswith(start)), start)
    return measure, _shown(site, told.get(measure))


def _column(site: Site, measure: str) -> Link:
    """The head of a column: the name and the page of what is measured, and its unit."""
    home = site.snapshot.find(site.addresses.home(measure) or "")
    unit = home.graph.value(URIRef(measure), SDMX_ATTRIBUTE.unitMeasure) if home else None
    told = site.label(str(unit)) if unit else ""
    return Link(site.label(measure), site.path(measure) or "", told)


def _shown(site: Site, value: str | None, status: str = "") -> str:
    if value is None:
        return MISSING
    text = site.label(value) if site.path(value) else value
    return f"{text} (benadering)" if status == str(SDMX_CODE["obsStatus-E"]) else text


def _foreign(text: Node) -> str | None:
    lang = text.language if isinstance(text, Literal) else None
    return None if lang == "nl" else lang
