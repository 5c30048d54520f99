"""What the feeds, the frames and the files of a site say of who makes them."""

from wijk.harvesting.feeds.feed import Publisher
from wijk.harvesting.rights import said
from wijk.web.site import Site


def publisher(site: Site) -> Publisher:
    """What the feeds of a site say of who makes them."""
    rights = site.rights
    terms = rights.of("case")
    return Publisher(
        site=site.name,
        base=site.snapshot.base,
        url=site.url,
        name=said(rights.publisher.name) or site.name,
        iri=rights.publisher.iri,
        licence=terms.licence,
        sentence=said(terms.sentence),
        credit=said(terms.credit),
    )
