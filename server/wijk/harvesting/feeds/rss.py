"""A feed as RSS 2.0, with what other namespaces add to it: Atom links, Dublin Core, GeoRSS."""

from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from wijk.changelog import stamped
from wijk.harvesting.feeds import feed as told
from wijk.harvesting.feeds import xml
from wijk.harvesting.feeds.feed import Feed, Publisher
from wijk.harvesting.records import Record

MEDIA_TYPE = "application/rss+xml"
SUFFIX = ".rss"
_MINUTES = "60"


def written(feed: Feed, by: Publisher) -> bytes:
    """The feed; the guid of an item is the IRI of its case.

    RSS cannot say that an item was withdrawn: the description and a link lead to that list.
    """
    root = xml.element(
        "rss",
        version="2.0",
        xmlns_atom="http://www.w3.org/2005/Atom",
        xmlns_cc="http://backend.userland.com/creativeCommonsRssModule",
        xmlns_dc="http://purl.org/dc/elements/1.1/",
        xmlns_georss="http://www.georss.org/georss",
    )
    channel = xml.add(root, "channel")
    xml.add(channel, "title", told.title(feed, by))
    xml.add(channel, "link", feed.about.iri if feed.about else by.url("/"))
    xml.add(channel, "description", told.explained(feed, by))
    xml.add(channel, "language", "nl")
    if by.sentence:
        xml.add(channel, "copyright", by.sentence)
    xml.add(channel, "lastBuildDate", _day(feed.updated))
    xml.add(channel, "ttl", _MINUTES)
    _link(channel, "self", by.url(feed.path(SUFFIX)), MEDIA_TYPE)
    _link(channel, "related", by.url(f"{told.WITHDRAWN}.csv"), "text/csv")
    if by.licence:
        xml.add(channel, "cc:license", by.licence)
    return xml.written(root, channel, (_item(record, by) for record in feed.records))


def _link(parent: xml.Element, rel: str, href: str, kind: str) -> None:
    xml.add(parent, "atom:link", "", {"rel": rel, "href": href, "type": kind})


def _item(record: Record, by: Publisher) -> xml.Element:
    item = xml.child("item")
    xml.add(item, "title", record.title)
    xml.add(item, "link", told.page(record))
    xml.add(item, "guid", record.iri, {"isPermaLink": "true"})
    # Readers take a description for HTML, and a title for text.
    xml.add(item, "description", escape(told.summary(record), quote=False))
    xml.add(item, "pubDate", _day(record.created))
    xml.add(item, "atom:updated", stamped(record.modified))
    xml.add(item, "dc:creator", by.name)
    for scheme, _, label in told.categories(record, by.base):
        xml.add(item, "category", label, {"domain": scheme})
    if by.licence:
        xml.add(item, "cc:license", by.licence)
    if point := record.point:
        xml.add(item, "georss:point", f"{point.lat:g} {point.lon:g}")
    return item


def _day(moment: datetime) -> str:
    """A moment as RFC 822 writes it."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)
