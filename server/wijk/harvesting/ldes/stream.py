"""The stream in RDF: its root with a way to each page, and the pages with their members.

A member is one version of one document. Its IRI is that of the document with the moment of the
publication behind it; what it says of itself is in the default graph, and the triples of that
version are in the graph with the name of the member. So the last version of every document, put
in the graph of what it is a version of, is the data as it was published.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from rdflib import RDF, SH, XSD, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDFS, VOID

from wijk import changelog, quick, turtle
from wijk.changelog import ChangeLog, Entry
from wijk.documents import base_of
from wijk.harvesting.ldes.licences import licences, rights_of
from wijk.harvesting.ldes.pages import SIZE, Page, Pages, pages
from wijk.harvesting.rights import Rights, dataset_of
from wijk.namespaces import SHAPES, VOCABULARIES

PATH = "/ldes"
"""Where the root is; the pages are below it."""

OF_ROOT = (turtle.TURTLE, turtle.TRIG, turtle.NQUADS, turtle.NTRIPLES, turtle.JSONLD)
"""The formats of the root, which has no members."""

OF_PAGES = (turtle.TRIG, turtle.NQUADS, turtle.JSONLD)
"""The formats of pages: only these have named graphs, and without those a member has no content."""

LDES = Namespace("https://w3id.org/ldes#")
TREE = Namespace("https://w3id.org/tree#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
TIME, VERSION_OF = DCTERMS.created, DCTERMS.isVersionOf
POLLING = 3600
"""Seconds that a client had best leave between two looks."""

_AT_HAND = 16
_PREFIXES = {**VOCABULARIES, "ldes": str(LDES), "tree": str(TREE), "as": str(AS)}
Triple = tuple[URIRef, URIRef, URIRef | Literal]


class Stream:
    """The stream of one log, of the case base with that base.

    Members and the stream itself have IRIs of the base; `url` gives the addresses of its pages.
    It has more than one licence: each member is of a dataset, and the root says the licence of
    each, as `rights` has it. A page that may be kept for ever names no licence itself.
    """

    def __init__(
        self,
        log: ChangeLog,
        base: str,
        title: str,
        url: Callable[[str], str],
        rights: Rights,
        size: int = SIZE,
    ) -> None:
        self.pages: Pages = pages(log, size)
        self._stream = URIRef(f"{base}ldes#stream")
        self._base, self._title, self._rights = base, title, rights
        self._url = url
        self.written = lru_cache(_AT_HAND)(self._written)

    def address(self, page: Page | None = None) -> str:
        """The whole address of a page, or of the root."""
        return self._url(path(page))

    def _written(self, page: Page | None, media_type: str) -> bytes:
        """A page, or the root, in one of the formats for it; the last ones are at hand.

        Raises:
            TurtleSyntaxError: the content of an entry cannot be read.
        """
        lines = self._root() if page is None else self._page(page)
        nquads = "".join(lines).encode()
        if media_type in (turtle.NQUADS, turtle.NTRIPLES):
            return nquads
        return quick.rewritten(nquads, media_type, _PREFIXES)

    def _root(self) -> Iterator[str]:
        root, stream = URIRef(self.address()), self._stream
        shape = URIRef(stream.replace("#stream", "#member"))
        yield from _lines(
            (stream, RDF.type, LDES.EventStream),
            (stream, DCTERMS.title, Literal(self._title, lang="nl")),
            (stream, TREE.view, root),
            (stream, TREE.shape, shape),
            (stream, LDES.timestampPath, TIME),
            (stream, LDES.versionOfPath, VERSION_OF),
            (stream, LDES.versionCreateObject, AS.Create),
            (stream, LDES.versionUpdateObject, AS.Update),
            (stream, LDES.versionDeleteObject, AS.Delete),
            (stream, LDES.pollingInterval, Literal(POLLING)),
            (root, RDF.type, TREE.Node),
        )
        yield from _lines(*_shape(shape), *dict.fromkeys(licences(stream, root, self._rights)))
        if self.pages.thinned:
            policy = URIRef(f"{root}#retention")
            yield from _lines(*_retention(root, policy))
        for page in self.pages.all:
            yield from _lines(*self._relations(root, page))

    def _relations(self, root: URIRef, page: Page) -> Iterator[Triple]:
        """From the first entry on; of a full page also up to its last."""
        bounds = [("from", TREE.GreaterThanOrEqualToRelation, page.first)]
        if page.full:
            bounds.append(("to", TREE.LessThanOrEqualToRelation, page.last))
        for name, kind, moment in bounds:
            relation = URIRef(f"{root}#page-{page.number}-{name}")
            yield root, TREE.relation, relation
            yield relation, RDF.type, kind
            yield relation, TREE.node, URIRef(self.address(page))
            yield relation, TREE.path, TIME
            yield relation, TREE.value, _moment(changelog.stamped(moment))

    def _page(self, page: Page) -> Iterator[str]:
        node = URIRef(self.address(page))
        yield from _lines(
            (node, RDF.type, TREE.Node), (node, DCTERMS.rights, rights_of(self._stream))
        )
        if page.full:
            yield from _lines((node, LDES.immutable, Literal(True)))
        for entry in page.members:
            member = URIRef(version(entry))
            yield from _lines(
                (self._stream, TREE.member, member),
                (member, RDF.type, AS[entry.type]),
                (member, VERSION_OF, URIRef(entry.document)),
                (member, TIME, _moment(entry.stamp)),
                *self._dataset(entry, member),
            )
        for entry in page.members:
            if entry.content is not None:
                source = entry.content.encode()
                graph = turtle.parse(source, entry.path, base_of(entry.document))
                yield from turtle.lines(graph, version(entry))

    def _dataset(self, entry: Entry, member: URIRef) -> Iterator[Triple]:
        """Which dataset it is of, and so which licence it has."""
        kind = entry.document.removeprefix(f"{self._base}doc/").partition("/")[0]
        if dataset_of(kind) is not None:
            yield member, VOID.inDataset, URIRef(self._rights.of(kind).dataset)


def version(entry: Entry) -> str:
    """The IRI of a member: the document, and when this version of it was published."""
    return f"{entry.document}#{entry.stamp}"


def path(page: Page | None = None) -> str:
    """The path of a page, or of the root."""
    return PATH if page is None else f"{PATH}/{page.name}"


def _shape(shape: URIRef) -> Iterator[Triple]:
    """What every member has; what the versions hold is held to the shapes of the case base."""
    yield shape, RDF.type, SH.NodeShape
    yield shape, SH.nodeKind, SH.IRI
    yield shape, RDFS.seeAlso, URIRef(SHAPES)
    for name, of in (("type", RDF.type), ("version-of", VERSION_OF), ("time", TIME)):
        rule = URIRef(f"{shape}-{name}")
        yield shape, SH.property, rule
        yield rule, SH.path, of
        yield rule, SH.minCount, Literal(1)
        yield rule, SH.maxCount, Literal(1)
        kind = (SH.datatype, XSD.dateTime) if of == TIME else (SH.nodeKind, SH.IRI)
        yield rule, *kind


def _retention(root: URIRef, policy: URIRef) -> Iterator[Triple]:
    """Once something was taken out, only the last version of everything is sure to be there."""
    said = "Oude versies kunnen eruit gehaald zijn, de laatste versie van alles is er altijd."
    yield root, LDES.retentionPolicy, policy
    yield policy, RDF.type, LDES.RetentionPolicy
    yield policy, LDES.versionAmount, Literal(1)
    yield policy, RDFS.comment, Literal(said, lang="nl")


def _moment(stamp: str) -> Literal:
    return Literal(stamp, datatype=XSD.dateTime, normalize=False)


def _lines(*triples: Triple) -> Iterable[str]:
    return (f"{' '.join(map(turtle.term, triple))} .\n" for triple in triples)
