"""The point of a place or area, in words."""

from dataclasses import replace

from rdflib import RDF
from rdflib.namespace import GEO

from wijk.harvesting.points import position
from wijk.web import numbers
from wijk.web.pages.shown import Shown
from wijk.web.pages.things import framing
from wijk.web.sources import NO_MARK
from wijk.web.views import Row, Value


def located(shown: Shown) -> Shown:
    """The same with its point in words, in place of the point's names and what each says."""
    page, graph, degrees = shown.page, shown.document.graph, degrees_of(shown)
    points = {str(it).partition("#")[2] for it in graph.subjects(RDF.type, GEO.Geometry)}
    parts = tuple(it for it in page.parts if it.anchor not in points)
    rows = [it for it in page.rows if it.predicate != str(GEO.hasGeometry)]
    if degrees is not None:
        east, north = (f"{numbers.decimal(it, 3)}°" for it in degrees)
        text = f"{north} noorderbreedte, {east} oosterlengte"
        marks = [it.mark for it in framing.values(shown, GEO.hasGeometry) if it.mark] or [NO_MARK]
        notes = dict.fromkeys(note for it in marks for note in it.notes)
        value = Value(text, None, False, None, replace(marks[0], notes=tuple(notes)))
        rows.append(Row("punt op de kaart", (value,), str(GEO.hasGeometry)))
    return replace(shown, page=replace(page, rows=tuple(rows), parts=parts))


def degrees_of(shown: Shown) -> tuple[float, float] | None:
    """Longitude and latitude of its point, as far as the document tells."""
    written = (str(it) for it in shown.document.graph.objects(predicate=GEO.asWKT))
    return next(filter(None, map(position, sorted(written))), None)
