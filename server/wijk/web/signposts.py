"""The links and the words for machines of a document: in headers, and in its page."""

from collections.abc import Iterable
from datetime import datetime

from starlette.types import Message, Scope

from wijk import turtle
from wijk.changelog import Entry
from wijk.harvesting.discovery import schemaorg, signposting
from wijk.harvesting.discovery.schemaorg import About
from wijk.harvesting.discovery.signposting import Link, Signposted
from wijk.harvesting.records import Place, Records
from wijk.harvesting.rights import dataset_of
from wijk.snapshot import Document
from wijk.web import publication
from wijk.web.addresses import main_thing
from wijk.web.negotiation import HTML
from wijk.web.site import Site
from wijk.web.suffixes import SUFFIXES

CATALOG = "/.well-known/api-catalog"
_CONCEPT = "concept"


def of(site: Site, document: Document) -> Signposted:
    """Where the thing, the page and the files of a document are."""
    path = site.addresses.document_path(document.iri)
    page = site.url(path)
    thing = main_thing(document, site.snapshot.base)
    terms = site.rights.of(document.kind)
    return Signposted(
        thing=str(thing or document.iri),
        page=page,
        files={kind: page + suffix for suffix, kind in SUFFIXES.items() if kind != HTML},
        content=turtle.TURTLE,
        kind=_kind(site, document),
        licence=terms.licence,
        author=site.rights.publisher.iri,
        dataset=terms.dataset if dataset_of(document.kind) else "",
        linkset=site.url(f"/linkset{path}.linkset"),
    )


def header(site: Site, document: Document, media_type: str, fixed: bool) -> str:
    """The Link header of a document in this format.

    Only at an address that is fixed to a format it is that of a file: elsewhere, whatever a client
    takes, it is that of the page. The client of Signposting asks for nothing, and gets Turtle.
    """
    found = of(site, document)
    is_file = fixed and media_type != HTML
    own = found.of_file(media_type) if is_file else found.of_page()
    canonical = Link(document.iri, "canonical")
    return signposting.header([canonical, *own, Link(site.url(CATALOG), "api-catalog")])


def of_page(scope: Scope, start: Message) -> Iterable[tuple[bytes, bytes]]:
    """The Link header of a page that says none itself; nothing for what is no page of a site."""
    site, kind = scope["app"].state.site, dict(start["headers"]).get(b"content-type", b"")
    if start["status"] == 200 and kind.startswith(HTML.encode()) and isinstance(site, Site):
        yield b"link", _around(site).encode()


def of_case(site: Site, case: str) -> str:
    """The Link header of a case in a frame: the case itself, its page, its files, its licence."""
    document = site.snapshot.find(site.addresses.home(case) or "")
    if document is None:
        return _around(site)
    found = of(site, document)
    files = (Link(url, "describedby", kind) for kind, url in found.files.items())
    own = [Link(found.page, "canonical", HTML), Link(found.thing, "cite-as"), *files]
    own += signposting.rights(found.licence, found.author)
    return signposting.header([*own, Link(site.url(CATALOG), "api-catalog")])


def rights(site: Site, kind: str = "case", before: str = "") -> dict[str, str]:
    """The Link header of an answer with things of one kind: the licence of these, who publishes.

    What stands `before` is other links, as the header has them.
    """
    told = ", ".join(filter(None, (before, signposting.header(_rights(site, kind)))))
    return {"Link": told} if told else {}


def several(site: Site) -> dict[str, str]:
    """The Link header of an answer with things of any kind: the catalogue has their licences."""
    return {"Link": signposting.header([Link(site.url("/catalog"), "describedby")])}


def _around(site: Site) -> str:
    """Of a page about all of it, or about a choice: licence, publisher, the catalogues."""
    links = [
        Link(site.url("/catalog"), "describedby"),
        Link(site.url(CATALOG), "api-catalog"),
        *_rights(site, "case"),
    ]
    return signposting.header(links)


def _rights(site: Site, kind: str) -> Iterable[Link]:
    return signposting.rights(site.rights.of(kind).licence, site.rights.publisher.iri)


async def told(site: Site, document: Document) -> str:
    """What its page says in schema.org; nothing when that is not what was published."""
    if (entry := published(site, document)) is None:
        return ""
    found = of(site, document)
    records = await site.records()
    about = About(
        thing=found.thing,
        kind=found.kind,
        page=found.page,
        graph=document.graph,
        terms=site.rights.of(document.kind),
        publisher=site.rights.publisher,
        entry=entry,
        label=site.label,
    )
    places = await site.once("places of records", lambda: _places(records))
    made = schemaorg.told(about, records.one.get(found.thing), places.get(found.thing))
    return schemaorg.block(made) if made else ""


def modified(site: Site, document: Document, media_type: str) -> datetime | None:
    """When this format of a document changed last; None when that is not known.

    A page has something of others too, so it may have changed with anything that is served.
    """
    if media_type == HTML:
        return site.since
    entry = published(site, document)
    return entry.time if entry else None


def published(site: Site, document: Document) -> Entry | None:
    """The last entry of a document in the log; None when it is otherwise now, or never was there.

    Of a concept, that of its scheme.
    """
    whole = site.snapshot.concepts.get(document.iri, document)
    entry = site.log.latest.get(whole.iri)
    return None if entry is None or publication.of(site, document).edited else entry


def _places(records: Records) -> dict[str, Place]:
    return {place.iri: place for record in records.all for place in record.places}


def _kind(site: Site, document: Document) -> str:
    return _CONCEPT if document.iri in site.snapshot.concepts else document.kind
