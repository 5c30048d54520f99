"""What stands behind each statement of a document: numbered sources, and how sure we are."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from rdflib import RDF, SKOS, Graph, Node, URIRef
from rdflib.namespace import DCTERMS

from wijk.namespaces import WIJK
from wijk.web.addresses import Addresses

_BETWEEN = re.compile(r"[-_+\s]+")
_LONG = 80
_BASIS = {"inferred": "afgeleid", "assigned": "eigen duiding"}
_STATUS = {"disputed": "bronnen spreken elkaar tegen", "candidate": "nog niet bevestigd"}


@dataclass(frozen=True)
class Source:
    """One entry of the list of sources; the notes say where in it something stands."""

    number: int
    href: str | None
    title: str
    about: str | None
    publisher: str = ""
    day: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """What stands beside a statement: numbers of sources, words, notes."""

    numbers: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != NO_MARK


NO_MARK = Mark()


@dataclass(frozen=True)
class Candidate:
    """A statement that was found and not confirmed."""

    subject: Node
    predicate: Node
    value: Node | None
    mark: Mark


@dataclass
class Sources:
    """The sources of one document, numbered as they are first asked for.

    `known` has the publisher and the day of a source, by its IRI.
    """

    graph: Graph
    addresses: Addresses
    titles: Mapping[str, str]
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _remarks: dict[str, dict[str, None]] = field(default_factory=dict)

    def beside(self, graph: Graph) -> "Sources":
        """Those of another document that is shown on the same page: one numbering for both."""
        return replace(self, graph=graph)

    def of(self, subject: Node, predicate: Node, value: Node) -> Mark:
        """What stands behind one statement."""
        return self._mark(
            evidence
            for evidence in self._evidence(subject, predicate)
            if self.graph.value(evidence, RDF.object) in (None, value)
            and not self._candidate(evidence)
        )

    def own(self, part: Node) -> Mark:
        """What a part that carries its own source says of itself."""
        return self._mark([part], notes=False)

    def cited(self, sources: Iterable[str]) -> Mark:
        """A mark with the numbers of these sources."""
        numbers = {self._numbers.setdefault(it, len(self._numbers) + 1) for it in sources}
        return Mark(tuple(sorted(numbers)))

    def candidates(self) -> list[Candidate]:
        """All statements that are not confirmed."""
        found = []
        for evidence in _sorted(self.graph.subjects(RDF.type, WIJK.Evidence)):
            subject = self.graph.value(evidence, RDF.subject)
            predicate = self.graph.value(evidence, RDF.predicate)
            if self._candidate(evidence) and subject is not None and predicate is not None:
                value = self.graph.value(evidence, RDF.object)
                found.append(Candidate(subject, predicate, value, self._mark([evidence])))
        return found

    def listed(self) -> list[Source]:
        """The list, in the order of the numbers."""
        return [
            Source(
                number,
                web(iri),
                self.titles.get(iri) or shortly(iri),
                self.addresses.path(iri),
                *self.known.get(iri, ("", "")),
                notes=tuple(self._remarks.get(iri, ())),
            )
            for iri, number in self._numbers.items()
        ]

    def _evidence(self, subject: Node, predicate: Node) -> list[Node]:
        found = set(self.graph.subjects(RDF.subject, subject))
        return _sorted(found & set(self.graph.subjects(RDF.predicate, predicate)))

    def _candidate(self, evidence: Node) -> bool:
        return any(_last(status) == "candidate" for status in self._values(evidence, WIJK.status))

    def _mark(self, evidence: Iterable[Node], notes: bool = True) -> Mark:
        numbers: dict[int, None] = {}
        words: dict[str, None] = {}
        remarks: dict[str, None] = {}
        for one in evidence:
            sources = [str(source) for source in _sorted(self._values(one, DCTERMS.source))]
            for source in sources:
                numbers[self._numbers.setdefault(source, len(self._numbers) + 1)] = None
            said = self._words(one)
            words.update(said)
            told = dict.fromkeys(str(note) for note in self._notes(one)) if notes else {}
            remarks.update(told)
            for source in () if said else sources:
                self._remarks.setdefault(source, {}).update(told)
        return Mark(tuple(sorted(numbers)), tuple(words), tuple(remarks))

    def _words(self, evidence: Node) -> dict[str, None]:
        """How sure it is, where it is not simply stated."""
        found = (
            known.get(_last(value))
            for predicate, known in ((WIJK.basis, _BASIS), (WIJK.status, _STATUS))
            for value in self._values(evidence, predicate)
        )
        return dict.fromkeys(word for word in found if word)

    def _values(self, subject: Node, predicate: URIRef) -> list[Node]:
        return list(self.graph.objects(subject, predicate))

    def _notes(self, subject: Node) -> list[Node]:
        return _sorted(self.graph.objects(subject, SKOS.note))


def web(iri: str) -> str | None:
    """The IRI when it is a page on the web, and so may be linked to."""
    return iri if iri.startswith(("http://", "https://")) else None


def _sorted(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=str)


def _last(iri: Node) -> str:
    return str(iri).rpartition("/")[2]


def named(label: str) -> str:
    """What to call a thing of which this is the label; an address is told in words."""
    return shortly(label) if web(label) else label


def shortly(iri: str) -> str:
    """An address as people read it: the site, and the words of the last part of its path."""
    try:
        parts = urlsplit(iri)
    except ValueError:
        return iri
    site = (parts.hostname or "").removeprefix("www.")
    if not site:
        return iri
    last = unquote(PurePosixPath(parts.path).stem if parts.path.strip("/") else "")
    words = " ".join(_BETWEEN.split(last.partition("~")[0])).strip()
    short = words if len(words) <= _LONG else f"{words[:_LONG].rpartition(' ')[0]}…"
    return f"{site}: {short}" if short else site
