"""Which services there are, as a set of links (RFC 9264) for who looks for APIs (RFC 9727)."""

from typing import Any

from wijk.harvesting.catalogue.model import Catalogue

PATH = "/.well-known/api-catalog"
PROFILE = "https://www.rfc-editor.org/info/rfc9727"
_TYPES = {
    "sparql": "text/turtle",
    "api": "application/vnd.oai.openapi+json;version=3.1",
    "oai": "text/xml",
}


def linkset(catalogue: Catalogue) -> dict[str, Any]:
    """The services and, per service, what describes it, for people and for programs."""
    page = {"href": str(catalogue.url("/catalog.html")), "type": "text/html"}
    found: list[dict[str, Any]] = [
        {
            "anchor": str(catalogue.url(PATH)),
            "item": [{"href": str(catalogue.url(it.answering))} for it in catalogue.services],
            "describedby": [{"href": str(catalogue.url("/catalog.ttl")), "type": "text/turtle"}],
        }
    ]
    for service in catalogue.services:
        description = {
            "href": str(catalogue.url(service.description)),
            "type": _TYPES[service.name],
        }
        found.append(
            {
                "anchor": str(catalogue.url(service.path)),
                "service-desc": [description],
                "service-doc": [{**page, "hreflang": ["nl"]}],
                "license": [{"href": catalogue.rights.of("case").licence}],
            }
        )
    return {"linkset": found}
