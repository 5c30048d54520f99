"""A feed as Atom (RFC 4287), with deleted entries (RFC 6721), licence (RFC 4946) and GeoRSS."""

from wijk.changelog import stamped
from wijk.harvesting.feeds import feed as told
from wijk.harvesting.feeds import xml
from wijk.harvesting.feeds.feed import Feed, Publisher
from wijk.harvesting.records import Record, Withdrawn

MEDIA_TYPE = "application/atom+xml"
SUFFIX = ".atom"


def written(feed: Feed, by: Publisher) -> bytes:
    """The feed; entries are called by the IRI of their case, and updated when it was published.

    A whole feed says so (RFC 5005): what is not in it any more, is not one of these cases.
    """
    root = xml.element(
        "feed",
        xmlns="http://www.w3.org/2005/Atom",
        xmlns_at="http://purl.org/atompub/tombstones/1.0",
        xmlns_fh="http://purl.org/syndication/history/1.0",
        xmlns_georss="http://www.georss.org/georss",
        xml_lang="nl",
    )
    xml.add(root, "id", feed.iri(by.base))
    xml.add(root, "title", told.title(feed, by))
    xml.add(root, "subtitle", told.explained(feed, by))
    xml.add(root, "updated", stamped(feed.updated))
    _author(root, by)
    _links(root, feed, by)
    if by.sentence:
        xml.add(root, "rights", by.sentence)
    if feed.whole:
        xml.add(root, "fh:complete")
    for gone in feed.withdrawn:  # the grammar of RFC 4287 has the entries at the end
        _deleted(root, gone)
    return xml.written(root, root, (_entry(record, by) for record in feed.records))


def _author(parent: xml.Element, by: Publisher) -> None:
    author = xml.add(parent, "author")
    xml.add(author, "name", by.name)
    if by.iri:
        xml.add(author, "uri", by.iri)


def _link(parent: xml.Element, rel: str, href: str, kind: str = "", title: str = "") -> None:
    attributes = {"rel": rel, "href": href, "type": kind, "title": title}
    xml.add(parent, "link", "", {name: value for name, value in attributes.items() if value})


def _links(root: xml.Element, feed: Feed, by: Publisher) -> None:
    _link(root, "self", feed.address or by.url(feed.path(SUFFIX)), MEDIA_TYPE)
    _link(root, "alternate", feed.about.iri if feed.about else by.url("/"), "text/html")
    if not feed.address:
        other = "De nieuwste" if feed.whole else "Alle casussen"
        _link(root, "related", by.url(feed.path(SUFFIX, not feed.whole)), MEDIA_TYPE, other)
    _link(root, "related", by.url(f"{told.WITHDRAWN}.csv"), "text/csv", "Ingetrokken casussen")
    if by.licence:
        _link(root, "license", by.licence)


def _entry(record: Record, by: Publisher) -> xml.Element:
    entry = xml.child("entry")
    xml.add(entry, "id", record.iri)
    xml.add(entry, "title", record.title)
    xml.add(entry, "published", stamped(record.created))
    xml.add(entry, "updated", stamped(record.modified))
    xml.add(entry, "summary", told.summary(record))
    _author(entry, by)  # also here: not every reader looks at the feed for it
    _link(entry, "alternate", told.page(record), "text/html")
    _link(entry, "alternate", f"{told.page(record)}.ttl", "text/turtle")
    if by.licence:
        _link(entry, "license", by.licence)
    for source in record.sources:
        _link(entry, "via", source)
    for scheme, term, label in told.categories(record, by.base):
        xml.add(entry, "category", "", {"term": term, "scheme": scheme, "label": label})
    if by.sentence:
        xml.add(entry, "rights", by.sentence)
    if point := record.point:
        xml.add(entry, "georss:point", f"{point.lat:g} {point.lon:g}")
    return entry


def _deleted(root: xml.Element, gone: Withdrawn) -> None:
    entry = xml.add(root, "at:deleted-entry", "", {"ref": gone.iri, "when": stamped(gone.time)})
    if gone.reason:
        xml.add(entry, "at:comment", gone.reason)
