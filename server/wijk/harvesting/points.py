"""Points on the map, as the documents write them."""

import re

_NUMBER = r"[+-]?\d+(?:\.\d+)?"
# Without a CRS, a WKT literal is in CRS84, which has the longitude first (GeoSPARQL 1.1, 8.5.1).
_POINT = re.compile(
    r"\s*(?:<http://www\.opengis\.net/def/crs/OGC/1\.3/CRS84>\s*)?"
    rf"POINT\s*\(\s*({_NUMBER})\s+({_NUMBER})\s*\)\s*",
    re.IGNORECASE,
)
_RD = re.compile(
    r"\s*<https?://www\.opengis\.net/def/crs/EPSG/0/28992>\s*"
    rf"POINT\s*\(\s*({_NUMBER})\s+({_NUMBER})\s*\)\s*",
    re.IGNORECASE,
)


def position(wkt: str) -> tuple[float, float] | None:
    """Longitude and latitude of a point in WKT; None when it is something else, or elsewhere."""
    found = _POINT.fullmatch(wkt)
    return (float(found[1]), float(found[2])) if found else None


def metres(wkt: str) -> tuple[float, float] | None:
    """East and north, in metres of RD New (EPSG:28992), of a point in WKT; None when it is not."""
    found = _RD.fullmatch(wkt)
    return (float(found[1]), float(found[2])) if found else None
