"""The shipped graph as if it had all been published, and what portals are told of it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from rdflib import Graph
from wijk import changelog, questions, stamps
from wijk.changelog import ChangeLog, Entry
from wijk.documents import Document
from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.harvesting import dumps, gathering, statements
from wijk.harvesting.catalogue import dcat, facts, offers
from wijk.harvesting.catalogue.model import Catalogue
from wijk.harvesting.dumps.making import Dumps, Order
from wijk.harvesting.oai.repository import Repository, repository
from wijk.harvesting.records import Records
from wijk.harvesting.rights import Rights
from wijk.snapshot import Snapshot

from .server import free_port, serving

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
Rows = list[dict[str, str]]


def entries(documents: Iterable[Document], start: datetime = START) -> tuple[Entry, ...]:
    """What a first publication of these documents writes, a millisecond apart."""
    return tuple(
        Entry(
            start + timedelta(milliseconds=at),
            "Create",
            document.iri,
            document.path,
            document.digest,
            content=document.source.decode(),
        )
        for at, document in enumerate(sorted(documents, key=lambda it: it.iri))
    )


@pytest.fixture(scope="session")
def described(shipped: Snapshot) -> tuple[Document, ...]:
    """The documents that the log keeps."""
    return tuple(it for it in shipped.documents.values() if stamps.is_logged(it.path))


@pytest.fixture(scope="session")
def log(described: tuple[Document, ...]) -> ChangeLog:
    """All of them, published at once."""
    return ChangeLog(entries(described))


def _then(log: ChangeLog, kind: changelog.Type, document: str, said: str = "") -> ChangeLog:
    """The log with one more entry, an hour later: its new content, or why it was withdrawn."""
    known = log.latest[document]
    content = None if kind == "Delete" else said
    entry = Entry(
        (log.last or START) + timedelta(hours=1),
        kind,
        document,
        known.path,
        "" if content is None else changelog.hashed(content),
        said if content is None else "",
        content,
    )
    return ChangeLog((*log.entries, entry))


@pytest.fixture(scope="session")
def then() -> Callable[..., ChangeLog]:
    """Goes on with a log: its kind of entry, the document, and its content or a reason."""
    return _then


@pytest.fixture(scope="session")
def query(shipped: Snapshot) -> str:
    """The query behind the records."""
    return questions.load(shipped.root / "queries" / "pages")["harvest-cases"].text


@pytest.fixture(scope="session")
def rows(shipped: Snapshot, query: str) -> Rows:
    """Its rows over the shipped graph."""
    kept = (it for it in shipped.documents.values() if it.kind not in ("figure", "shape"))
    store = LocalStore("".join(line for it in kept for line in it.lines()).encode())
    found = json.loads(store.query(query, formats.JSON))["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


@pytest.fixture(scope="session")
def recorded(shipped: Snapshot, query: str, rows: Rows) -> Callable[[ChangeLog], Records]:
    """The records of the shipped graph after any log."""

    def made(log: ChangeLog) -> Records:
        published = statements.published(rows, query, shipped, log)
        past = statements.past(published, query, log, shipped.base)
        return gathering.records(published, shipped, log, past)

    return made


@pytest.fixture(scope="session")
def records(recorded: Callable[[ChangeLog], Records], log: ChangeLog) -> Records:
    """The records of the shipped graph."""
    return recorded(log)


ADDRESS = "https://example.org/wijk"
"""Where the dumps are."""


@pytest.fixture(scope="session")
def order(shipped: Snapshot, log: ChangeLog, query: str) -> Order:
    """The cases as they were published last, with what their records need and a few others."""
    context = json.loads((shipped.root / "ontology" / "context.jsonld").read_bytes())
    whole = dumps.ordered(shipped, log, context, ADDRESS, query)
    left_out = {"source", "actor", "media", "derived", "figure"}
    few = next(part for part in whole.content.parts if part.kind == "figure")
    parts = tuple(it for it in whole.content.parts if it.kind not in left_out or it == few)
    return replace(whole, content=replace(whole.content, parts=parts))


@pytest.fixture(scope="session")
def dumped(order: Order, tmp_path_factory: pytest.TempPathFactory) -> Dumps:
    """Its dumps."""
    return dumps.made(order, tmp_path_factory.mktemp("dumps"))


SERVED = frozenset(("/sparql", "/api/v1/openapi.json", "/oai", "/ldes", "/feeds/{path:path}"))


@pytest.fixture(scope="session")
def catalogue(shipped: Snapshot, nquads: bytes, log: ChangeLog) -> Catalogue:
    """The catalogue of the shipped graph, when everything is served."""
    store = LocalStore(nquads)
    query = questions.load(shipped.root / "queries" / "pages")["harvest-catalogue"].text
    found = json.loads(store.query(query, formats.JSON))["results"]["bindings"]
    told = [{name: term["value"] for name, term in row.items()} for row in found]
    rights = Rights(shipped)
    return Catalogue(
        shipped.base,
        shipped.documents[f"{shipped.base}doc/catalog"].graph,
        rights,
        facts.gathered(told, log, shipped.base, rights.datasets),
        tuple(offers.streams(SERVED)),
        offers.services(SERVED),
        shipped.base.rstrip("/"),
    )


@pytest.fixture(scope="session")
def described_in_dcat(catalogue: Catalogue) -> Graph:
    """The same in DCAT; not to be changed."""
    return dcat.graph(catalogue)


@pytest.fixture(scope="session")
def made(
    shipped: Snapshot, recorded: Callable[[ChangeLog], Records]
) -> Callable[[ChangeLog], Repository]:
    """The OAI-PMH repository of the shipped cases after any log, with ten records in a part."""

    def of(log: ChangeLog) -> Repository:
        url = shipped.base.rstrip("/").__add__
        own = repository("Wij", shipped.base, log, recorded(log), Rights(shipped), url)
        return replace(own, page=10)

    return of


@pytest.fixture(scope="session")
def own(made: Callable[[ChangeLog], Repository], log: ChangeLog) -> Repository:
    """That of the shipped cases as they were published at once."""
    return made(log)


@pytest.fixture(scope="session")
def short(log: ChangeLog, then: Callable[..., ChangeLog]) -> ChangeLog:
    """A log of 12 documents, of which one was changed and one withdrawn."""
    chosen = [it for it in log.entries if "/doc/case/" in it.document][:12]
    changed = "https://w3id.org/wijindewijk/doc/case/boefjes-en-baristas"
    short = then(ChangeLog(tuple(chosen)), "Update", changed, log.latest[changed].content + "\n")
    return then(short, "Delete", chosen[1].document, "Op verzoek.")


@pytest.fixture(scope="package")
def site(shipped: Snapshot) -> Iterator[str]:
    """The address of a server that knows where it can be reached."""
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    with serving(shipped.root, port=port, WIJK_PUBLIC_URL=public) as address:
        assert address == public
        yield address


@pytest.fixture(scope="package")
def web(site: str) -> Iterator[httpx2.Client]:
    """A client of it that takes nothing packed unless it is asked for."""
    plain = {"Accept-Encoding": "identity"}
    with httpx2.Client(base_url=site, headers=plain, timeout=30) as client:
        yield client
