"""What the engine that comes along can do besides SPARQL 1.1; a test holds it to each of these."""

from typing import Final

from wijk.engine import About
from wijk.engine.limits import EngineLimits

_GEOSPARQL: Final = "http://www.opengis.net/def/function/geosparql/"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_ABOUT_GEOMETRIES = (
    *("area", "asGeoJSON", "centroid", "convexHull", "coordinateDimension", "difference"),
    *("dimension", "distance", "envelope", "getSRID", "intersection", "isEmpty", "isSimple"),
    *("length", "perimeter", "relate", "spatialDimension", "symDifference", "union"),
    *("sfContains", "sfCrosses", "sfDisjoint", "sfEquals", "sfIntersects", "sfOverlaps"),
    *("sfTouches", "sfWithin", "ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint"),
    *("ehEquals", "ehInside", "ehMeet", "ehOverlap", "rcc8dc", "rcc8ec", "rcc8eq"),
    *("rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi"),
)
_CASTS = (
    *("date", "time", "duration", "yearMonthDuration", "dayTimeDuration"),
    *("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
)
FUNCTIONS: Final = (
    *(f"{_GEOSPARQL}{name}" for name in _ABOUT_GEOMETRIES),
    *(f"{_XSD}{name}" for name in _CASTS),
)
"""The functions that a query calls by an IRI, without the casts that SPARQL 1.1 asks for."""


def embedded(union: bool, limits: EngineLimits) -> About:
    """What it can do; is its default graph the union of all graphs?"""
    return About(union, True, FUNCTIONS, limits.seconds, limits.answer)
