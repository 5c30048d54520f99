"""Points on the map, as the documents write them."""

import re

_NUMBER = r"[+-]?\d+(?:\.\d+)?"
# Without a CRS, a WKT literal is in CRS84, which has the longitude first (GeoSPARQL 1.1, 8.5.1).
_POINT = re.compile(
    r"\s*(?:<http://www\.opengis\.net/def/crs/OGC/1\.3/CRS84>\s*)?"
    rf"POINT\s*\(\s*({_NUMBER})\s+({_NUMBER})\s*\)\s*",
    re.IGNORECASE,
)
# Powers of the differences in latitude and longitude, and their factors: the approximation of
# Schreutelkamp and Strang van Hees (2001), which is within a metre in the Netherlands.
_EAST = (
    *((0, 1, 190094.945), (1, 1, -11832.228), (2, 1, -114.221), (0, 3, -32.391), (1, 0, -0.705)),
    *((3, 1, -2.340), (1, 3, -0.608), (0, 2, -0.008), (2, 3, 0.148)),
)
_NORTH = (
    *((1, 0, 309056.544), (0, 2, 3638.893), (2, 0, 73.077), (1, 2, -157.984), (3, 0, 59.788)),
    *((0, 1, 0.433), (2, 2, -6.439), (1, 1, -0.032), (0, 4, 0.092), (1, 4, -0.054)),
)


def position(wkt: str) -> tuple[float, float] | None:
    """Longitude and latitude of a point in WKT; None when it is something else, or elsewhere."""
    found = _POINT.fullmatch(wkt)
    return (float(found[1]), float(found[2])) if found else None


def rd(lon: float, lat: float) -> tuple[float, float]:
    """East and north in metres of RD New (EPSG:28992) of a point in degrees (WGS 84)."""
    north, east = 0.36 * (lat - 52.15517440), 0.36 * (lon - 5.38720621)

    def total(terms: tuple[tuple[int, int, float], ...]) -> float:
        return sum(factor * north**p * east**q for p, q, factor in terms)

    return 155000 + total(_EAST), 463000 + total(_NORTH)
