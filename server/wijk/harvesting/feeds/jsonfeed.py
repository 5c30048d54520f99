"""A feed as JSON Feed 1.1; what that has no name for is in the extension `_wijk`."""

import json
from typing import Any

from wijk.changelog import stamped
from wijk.harvesting.feeds import feed as told
from wijk.harvesting.feeds.feed import Feed, Publisher
from wijk.harvesting.records import Place, Record

MEDIA_TYPE = "application/feed+json"
SUFFIX = ".json"
_VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed, by: Publisher) -> bytes:
    """The feed; the id of an item is the IRI of its case."""
    whole = {
        "version": _VERSION,
        "title": told.title(feed, by),
        "home_page_url": feed.about.iri if feed.about else by.url("/"),
        "feed_url": by.url(feed.path(SUFFIX)),
        "description": told.explained(feed, by),
        "language": "nl",
        "authors": [_author(by)],
        "_wijk": {
            "about": by.url("/voor-portalen"),
            "licence": by.licence,
            "rights": by.sentence,
            "credit": by.credit,
            "updated": stamped(feed.updated),
            "complete": feed.whole,
            "withdrawn": [
                {"id": it.iri, "date": stamped(it.time), "reason": it.reason}
                for it in feed.withdrawn
            ],
            "withdrawn_url": by.url(f"{told.WITHDRAWN}.json"),
        },
        "items": [_item(record, by) for record in feed.records],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _author(by: Publisher) -> dict[str, str]:
    return {"name": by.name, "url": by.iri} if by.iri else {"name": by.name}


def _item(record: Record, by: Publisher) -> dict[str, Any]:
    return {
        "id": record.iri,
        "url": told.page(record),
        "title": record.title,
        "content_text": told.summary(record),
        "date_published": stamped(record.created),
        "date_modified": stamped(record.modified),
        "tags": [*dict.fromkeys(label for *_, label in told.categories(record, by.base))],
        "language": "nl",
        "_wijk": {
            "licence": by.licence,
            "themes": [{"id": it.iri, "label": it.label} for it in record.themes],
            "audiences": [{"id": it.iri, "label": it.label} for it in record.audiences],
            "places": [_place(place) for place in record.places],
            "sources": list(record.sources),
        },
    }


def _place(place: Place) -> dict[str, Any]:
    found: dict[str, Any] = {"id": place.iri, "name": place.label}
    for name, area in (("municipality", place.municipality), ("province", place.province)):
        if area is not None:
            found[name] = {"id": area.iri, "code": area.code, "name": area.label}
    if place.point is not None:
        found |= {"lat": place.point.lat, "lon": place.point.lon}
    return found
