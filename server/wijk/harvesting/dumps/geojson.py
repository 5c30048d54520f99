"""Writes the cases as GeoJSON (RFC 7946): positions are longitude, latitude in WGS 84."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from wijk.changelog import stamped
from wijk.harvesting.dumps.about import About
from wijk.harvesting.dumps.columns import COLUMNS, Row
from wijk.harvesting.records import Record

MEDIA_TYPE = "application/geo+json"
_NOT_HERE = ("iri", "breedtegraad", "lengtegraad")


def write(path: Path, rows: Iterable[Row], about: About) -> None:
    """A FeatureCollection; what it says of itself are foreign members (section 6.1)."""
    told = {
        "type": "FeatureCollection",
        "id": about.iri,
        "title": about.title,
        "license": about.licence,
        "rights": about.sentence,
        "publisher": about.publisher_name,
        "version": about.version,
        "modified": stamped(about.modified),
    }
    with path.open("w", encoding="utf-8", newline="\n") as out:
        head = json.dumps(told, ensure_ascii=False).removesuffix("}")
        out.write(f'{head}, "features": [')
        for number, row in enumerate(rows):
            feature = json.dumps(_feature(row), ensure_ascii=False)
            out.write(f"{',' if number else ''}\n{feature}")
        out.write("\n]}\n")


def _feature(row: Row) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for column in COLUMNS:
        if column.name not in _NOT_HERE:
            value = column.of(row)
            properties[column.name] = stamped(value) if isinstance(value, datetime) else value
    return {
        "type": "Feature",
        "id": row.record.iri,
        "geometry": _geometry(row.record),
        "properties": properties,
    }


def _geometry(record: Record) -> dict[str, Any] | None:
    """A Point, a MultiPoint when there are more places, null when there is none (section 3.2)."""
    found = [[place.point.lon, place.point.lat] for place in record.places if place.point]
    if len(found) > 1:
        return {"type": "MultiPoint", "coordinates": found}
    return {"type": "Point", "coordinates": found[0]} if found else None
