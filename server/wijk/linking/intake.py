"""A new version of the register comes in: what it changes in the folder, and what it may not."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SDO
from rdflib.term import Node

from wijk.documents import Document
from wijk.errors import OutputError
from wijk.linking import described, writing
from wijk.linking.described import Pairs
from wijk.linking.errors import RegisterError
from wijk.linking.register import EVENTS, VERSIONS, Register
from wijk.linking.writing import Block
from wijk.snapshot import Snapshot


@dataclass(frozen=True)
class Change:
    """One file that will be otherwise; `before` is empty when it is new."""

    path: PurePosixPath
    before: bytes
    after: bytes

    @property
    def gone(self) -> list[str]:
        """The lines that go."""
        return _only(self.before, self.after)

    @property
    def new(self) -> list[str]:
        """The lines that come."""
        return _only(self.after, self.before)


@dataclass(frozen=True)
class Intake:
    """What becomes of the folder; `apart` are the municipalities that only the folder has."""

    changes: tuple[Change, ...]
    apart: tuple[str, ...]
    warnings: tuple[str, ...]


def path_of(thing: str) -> PurePosixPath:
    """Where the document of a thing stands: `area/gm0363` in data/areas/gm0363.ttl."""
    kind, _, slug = thing.partition("/")
    return PurePosixPath("data", kind if kind == "derived" else f"{kind}s", f"{slug}.ttl")


def intake(taken: Snapshot, read: Register, source: object) -> Intake:
    """What a version of the register changes in this folder.

    Raises:
        RegisterError: it is older than what is here, or it lacks a municipality or a change that
            an earlier version had: then it is not whole.
    """
    return _Intake(taken, read, source).whole()


def write(root: Path, changes: Sequence[Change]) -> None:
    """Write the files: all of them beside their place first, then each in its place.

    Raises:
        OutputError: one cannot be written; then those in place stay as they were.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for change in changes:
            path = root / change.path
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f".{path.name}.new")
            ready.append((aside, path))
            aside.write_bytes(change.after)
        for aside, path in ready:
            aside.replace(path)
    except OSError as error:
        for aside, _ in ready:
            aside.unlink(missing_ok=True)
        raise OutputError(f"{error.filename} cannot be written: {error.strerror}.") from error


class _Intake:
    """One version of the register against one folder."""

    def __init__(self, taken: Snapshot, read: Register, source: object) -> None:
        self.taken, self.source = taken, source
        self.here = Register.of(taken.union)
        known = {event.iri: event for event in self.here.events}
        self.told = {event.iri for event in read.events}
        events = [
            replace(event, silent=known[event.iri].silent) if event.iri in known else event
            for event in read.events
        ]
        events += [event for iri, event in known.items() if iri not in self.told]
        self.read = replace(read, events=tuple(events))
        self.warnings: list[str] = []

    def whole(self) -> Intake:
        """All changes, in the order of their files."""
        self._lose_nothing()
        apart = sorted(self.here.municipalities.keys() - self.read.municipalities.keys())
        changes = filter(None, [*self._areas(), *self._events(), *self._versions()])
        ordered = sorted(changes, key=lambda change: change.path)
        return Intake(tuple(ordered), tuple(apart), tuple(self.warnings))

    def _lose_nothing(self) -> None:
        old, new = self.here.version, self.read.version
        if old and int(new) < int(old):
            problem = f"this is version {new}, and version {old} is here already"
            raise RegisterError(self.source, problem)
        codes = {f"area/{code.lower()}": code for code in self.here.municipalities}
        lost = [
            code
            for thing, code in codes.items()
            if code not in self.read.municipalities and self._of_a_version(thing)
        ]
        lost += [
            iri.rpartition("/")[2]
            for iri, slug in self._slugs.items()
            if iri not in self.told and self._of_a_version(f"event/{slug}")
        ]
        if lost:
            some = ", ".join(lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
            problem = f"it lacks {some}, which an earlier version had, so it is not whole"
            raise RegisterError(self.source, problem, "Nothing was written; take the whole file.")

    def _of_a_version(self, thing: str) -> bool:
        """Whether this is in the folder because a version of the register had it."""
        sources = self._graph(thing).objects(URIRef(f"{self.taken.base}id/{thing}"), DCTERMS.source)
        return any(str(source).startswith(VERSIONS) for source in sources)

    def _areas(self) -> Iterator[Change | None]:
        provinces = {code for code in self.here.names if code.startswith("PV")}
        for code, known in sorted(self.read.municipalities.items()):
            if known.province is not None and known.province not in provinces:
                self.warnings.append(f"{code} lies in {known.province}, which is not here.")
            said = described.area(self.read, code, self.taken.base, provinces)
            yield self._change(f"area/{code.lower()}", said, described.AREA)

    def _events(self) -> Iterator[Change | None]:
        slugs = dict(self._slugs)
        for event in self.read.events:
            if event.iri not in self.told:
                continue
            if event.iri not in slugs:
                slugs[event.iri] = described.slug(self.read, event, slugs.values())
            said = described.event(self.read, event, self.taken.base)
            yield self._change(f"event/{slugs[event.iri]}", said, described.EVENT)

    @cached_property
    def _slugs(self) -> Mapping[str, str]:
        """The short name of each change that is here, by the register's own address."""
        found: dict[str, str] = {}
        for slug in self.taken.slugs("event"):
            thing = URIRef(f"{self.taken.base}id/event/{slug}")
            for iri in self._graph(f"event/{slug}").objects(thing, SDO.sameAs):
                found[str(iri)] = slug
        return found

    def _versions(self) -> Iterator[Change | None]:
        """This version as a source, and the one before it, which says that this one came."""
        page, before = (URIRef(f"{VERSIONS}{each.version}") for each in (self.read, self.here))
        if self._source(page) is not None:
            return
        since = min(filter(None, (self.here.since, self.read.since)), default=None)
        name = f"source/tooi-gemeenten-{self.read.version}"
        block = Block(page, described.version(self.read, since))
        thing = URIRef(f"{self.taken.base}id/{name}")
        text = writing.document(thing, [block], self.taken.prefixes)
        yield Change(path_of(name), b"", text)
        if (document := self._source(before)) is not None:
            yield self._added(document, Block(before, [(DCTERMS.isReplacedBy, page)]))

    def _source(self, page: URIRef) -> Document | None:
        """The document of a source, whatever it is called."""
        documents = self.taken.documents.values()
        sources = (each for each in documents if each.kind == "source")
        return next((each for each in sources if str(page) in each.told.things), None)

    def _added(self, document: Document, block: Block) -> Change:
        after = writing.added(document.source, block, (), self.taken.prefixes)
        return Change(PurePosixPath(document.path), document.source, after)

    def _change(self, thing: str, said: Pairs, managed: Collection[URIRef]) -> Change | None:
        """The document of a thing, with what the register says in the place of what it said."""
        node = URIRef(f"{self.taken.base}id/{thing}")
        document = self._document(thing)
        if document is None:
            text = writing.document(node, [Block(node, said)], self.taken.prefixes)
            return Change(path_of(thing), b"", text)
        graph = document.graph
        stands = [
            (verb, value)
            for verb, value in graph.predicate_objects(node)
            if isinstance(verb, URIRef) and verb in managed and _told(verb, value)
        ]
        wanted = _as_it_stands(said, stands)
        new = [pair for pair in wanted if pair not in stands]
        old = [pair for pair in stands if pair not in wanted and not _supported(graph, node, pair)]
        moved = {verb for verb, _ in (*new, *old)} - {DCTERMS.source}
        if not moved and self._of_a_version(thing):
            return None
        text = writing.removed(document.source, Block(node, old), self.taken.prefixes)
        text = writing.added(text, Block(node, new), (), self.taken.prefixes, tuple(managed))
        return Change(PurePosixPath(document.path), document.source, text)

    def _document(self, thing: str) -> Document | None:
        return self.taken.documents.get(f"{self.taken.base}doc/{thing}")

    def _graph(self, thing: str) -> Graph:
        document = self._document(thing)
        return document.graph if document is not None else Graph()


def _told(verb: URIRef, value: Node) -> bool:
    """Whether the register is the one to say this; other sources and links are not its own."""
    starts = {DCTERMS.source: VERSIONS.rstrip("/"), SDO.sameAs: EVENTS}
    return str(value).startswith(starts.get(verb, ""))


def _as_it_stands(said: Pairs, stands: Pairs) -> Pairs:
    """What the register says, with the language that an editor gave a name."""
    texts = {(verb, str(value)): value for verb, value in stands if isinstance(value, Literal)}
    return [
        (verb, texts.get((verb, str(value)), value) if verb == SDO.name else value)
        for verb, value in said
    ]


def _supported(graph: Graph, node: URIRef, pair: tuple[Node, Node]) -> bool:
    """Whether an editor gave evidence for this very statement."""
    return any(
        (evidence, RDF.predicate, pair[0]) in graph and (evidence, RDF.object, pair[1]) in graph
        for evidence in graph.subjects(RDF.subject, node)
    )


def _only(these: bytes, those: bytes) -> list[str]:
    """The statements of one text that are not in the other."""
    other = {line.rstrip(" ;.") for line in those.decode().splitlines()}
    lines = (line.rstrip(" ;.") for line in these.decode().splitlines())
    return [line.strip() for line in lines if line and line not in other and line[0] != "@"]
