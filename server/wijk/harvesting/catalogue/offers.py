"""What can be had of each dataset, and by which service: what is really served, and no more."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from wijk.harvesting.catalogue import codes
from wijk.harvesting.catalogue.codes import Code
from wijk.harvesting.rights import CASES, Texts
from wijk.namespaces import ONTOLOGY

SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
OPENAPI = "https://spec.openapis.org/oas/v3.1.0.html"
OAI_PMH = "http://www.openarchives.org/pmh/"
LDES = "https://w3id.org/ldes/specification"
ATOM = "https://www.rfc-editor.org/info/rfc4287"
RSS = "https://www.rssboard.org/rss-specification"
JSON_FEED = "https://www.jsonfeed.org/version/1.1/"
GEOJSON = "https://www.rfc-editor.org/info/rfc7946"
STANDARDS: Mapping[str, str] = {
    SPARQL_PROTOCOL: "SPARQL 1.1 Protocol",
    OPENAPI: "OpenAPI 3.1",
    OAI_PMH: "OAI-PMH 2.0",
    LDES: "Linked Data Event Streams",
    ATOM: "Atom (RFC 4287)",
    RSS: "RSS 2.0",
    JSON_FEED: "JSON Feed 1.1",
    GEOJSON: "GeoJSON (RFC 7946)",
    ONTOLOGY: "wijk",
}
"""The standards that something here conforms to, with their names."""
_ALL = (CASES, "thesaurus", "areas", "figures")


@dataclass(frozen=True)
class Service:
    """One data service: where it is, what describes it, and the datasets it serves."""

    name: str
    title: Texts
    told: Texts
    path: str
    description: str
    standard: str
    datasets: tuple[str, ...] = _ALL

    @property
    def answering(self) -> str:
        """Where it answers who asks nothing: of a REST API that is its description."""
        return self.description if self.standard == OPENAPI else self.path


@dataclass(frozen=True)
class Offer:
    """One distribution of a dataset: a file, a feed, or what a service gives of it."""

    dataset: str
    name: str
    title: Texts
    path: str
    format: Code
    media_type: str = ""
    standard: str = ""
    service: str = ""
    download: bool = False
    size: int | None = None
    sha256: str = ""
    packed: bool = False
    schema: str = ""


_SERVICES = (
    Service(
        "sparql",
        {"nl": "SPARQL-endpoint", "en": "SPARQL endpoint"},
        {
            "nl": "Beantwoordt elke vraag in SPARQL 1.1 over alle gegevens.",
            "en": "Answers any SPARQL 1.1 query on all of the data.",
        },
        *("/sparql", "/sparql", SPARQL_PROTOCOL),
    ),
    Service(
        "api",
        {"nl": "REST-API", "en": "REST API"},
        {
            "nl": "Casussen, plaatsen en gebieden als JSON en GeoJSON.",
            "en": "Cases, places and areas as JSON and GeoJSON.",
        },
        *("/api/v1", "/api/v1/openapi.json", OPENAPI),
        datasets=(CASES, "areas"),
    ),
    Service(
        "oai",
        {"nl": "OAI-PMH", "en": "OAI-PMH"},
        {
            "nl": "Geeft de casussen aan wie oogst met OAI-PMH 2.0, met wat er is ingetrokken.",
            "en": "Gives the cases to who harvests by OAI-PMH 2.0, with what was withdrawn.",
        },
        *("/oai", "/oai?verb=Identify", OAI_PMH),
        datasets=(CASES,),
    ),
)
_NEEDED: Mapping[str, str] = {"sparql": "/sparql", "api": "/api/v1/openapi.json", "oai": "/oai"}
_JSON = codes.format_of("application/json")


def services(served: Collection[str]) -> tuple[Service, ...]:
    """The services of an application, by the paths that it serves."""
    return tuple(each for each in _SERVICES if _NEEDED[each.name] in served)


def streams(served: Collection[str]) -> Iterator[Offer]:
    """What there is beside files: what services give, the feeds and the event stream."""
    known = {service.name: service for service in services(served)}
    for service in known.values():
        for dataset in service.datasets:
            yield _by(service, dataset)
    if "/feeds/{path:path}" in served:
        yield _feed("atom", "Atom", "application/atom+xml", ATOM)
        yield _feed("rss", "RSS", "application/rss+xml", RSS)
        yield _feed("json", "JSON Feed", "application/feed+json", JSON_FEED)
    if "/ldes" in served:
        yield from (_stream(dataset) for dataset in _ALL)


def _by(service: Service, dataset: str) -> Offer:
    if service.name == "sparql":
        form, kind = codes.SPARQL_RESULT, ""
    elif service.name == "oai":
        kind = "text/xml"
        form = codes.format_of(kind)
    else:
        kind, form = "application/json", _JSON
    path = service.description if kind else service.path
    return Offer(
        dataset,
        service.name,
        service.title,
        path,
        form,
        kind,
        service.standard,
        service.name,
    )


def _feed(name: str, told: str, media_type: str, standard: str) -> Offer:
    return Offer(
        CASES,
        f"feed-{name}",
        {"nl": f"Alle casussen als {told}", "en": f"All cases as {told}"},
        f"/feeds/volledig/casussen.{name}",
        codes.format_of(media_type),
        media_type,
        standard,
        download=True,
    )


def _stream(dataset: str) -> Offer:
    """The event stream has the documents of every dataset; of this one, its licence is told."""
    return Offer(
        dataset,
        "ldes",
        {"nl": "Stroom van wijzigingen (LDES)", "en": "Stream of changes (LDES)"},
        "/ldes",
        codes.format_of("text/turtle"),
        "text/turtle",
        LDES,
        download=True,
    )
