"""What stands behind each statement of a document: numbered sources, and how sure we are."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from rdflib import RDF, SKOS, Graph, Node
from rdflib.namespace import DCTERMS

from wijk.namespaces import WIJK
from wijk.web.addresses import Addresses
from wijk.web.templating import short

_WORD = re.compile(r"[^\W\d_]{3}")
_BETWEEN = re.compile(r"[-_+\s]+")
# No words: what mixes letters and digits, and the kind and size of a file; before and after words
# a number that is no year.
_CODE = re.compile(r"(?i)(?=\w*\d)(?=\w*[^\W\d])\w+|pdf|html?|docx?|php|aspx|[km]b")
_NUMBERED = re.compile(r"^(?!(?:19|20)\d\d )\d{3,} | (?!(?:19|20)\d\d$)\d{3,}$")
_LONG = 80
# A page asks for these hundreds of times, and a namespace takes a while to find one.
_SUBJECT, _PREDICATE, _OBJECT = RDF.subject, RDF.predicate, RDF.object
_SOURCE, _NOTE, _BASED, _STANDING = DCTERMS.source, SKOS.note, WIJK.basis, WIJK.status
Told = Mapping[Node, Sequence[Node]]
SURE = {
    "basis/inferred": "afgeleid",
    "basis/assigned": "eigen duiding",
    "status/disputed": "bronnen spreken elkaar tegen",
    "status/candidate": "nog niet bevestigd",
}
"""What pages call each basis and status that does not go without saying, by kind and slug."""


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


class Numbering:
    """The numbers of the sources of one page in the order in which it is read.

    A source has the next number when it is first pointed at; what was numbered before is the order
    in which the page was made.
    """

    def __init__(self) -> None:
        self._read: dict[int, int] = {}

    def of(self, mark: Mark) -> list[int]:
        """The numbers beside a statement that is read now."""
        return sorted(self._read.setdefault(it, len(self._read) + 1) for it in mark.numbers)

    def listed(self, sources: Iterable[Source]) -> list[Source]:
        """The list by these numbers; what nothing pointed at comes last."""
        found = [(self._read.setdefault(it.number, len(self._read) + 1), it) for it in sources]
        return [replace(it, number=at) for at, it in sorted(found, key=lambda both: both[0])]


@dataclass(frozen=True)
class Candidate:
    """A statement that was found and not confirmed."""

    subject: Node
    predicate: Node
    value: Node | None
    mark: Mark


@dataclass
class Sources:
    """The sources of one document, numbered as they are first asked for: see Numbering.

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

    def of(self, subject: Node, predicate: Node, value: Node, notes: bool = True) -> Mark:
        """What stands behind one statement, with what is noted of that."""
        found = (
            told
            for told in self._evidence.get((subject, predicate), ())
            if (_OBJECT not in told or value in told[_OBJECT]) and not _candidate(told)
        )
        return self._mark(found, notes)

    def own(self, part: Node) -> Mark:
        """What a part that carries its own source says of itself."""
        return self._mark([self._said.get(part, {})], notes=False)

    def cited(self, sources: Iterable[str]) -> Mark:
        """A mark with the numbers of these sources."""
        numbers = {self._numbers.setdefault(it, len(self._numbers) + 1) for it in sources}
        return Mark(tuple(sorted(numbers)))

    def candidates(self) -> list[Candidate]:
        """All statements that are not confirmed, each once with all that stands behind it."""
        found: dict[tuple[Node, Node, Node | None], list[Told]] = {}
        for evidence in _sorted(self.graph.subjects(RDF.type, WIJK.Evidence)):
            told = self._said[evidence]
            if _candidate(told) and _SUBJECT in told and _PREDICATE in told:
                value = next(iter(told.get(_OBJECT, ())), None)
                found.setdefault((told[_SUBJECT][0], told[_PREDICATE][0], value), []).append(told)
        return [Candidate(*of, self._mark(evidence)) for of, evidence in found.items()]

    def listed(self) -> list[Source]:
        """The list, in the order of the numbers."""
        return [
            Source(
                number,
                web(iri),
                short(self.titles.get(iri) or shortly(iri)),
                self.addresses.path(iri),
                *self.known.get(iri, ("", "")),
                notes=tuple(self._remarks.get(iri, ())),
            )
            for iri, number in self._numbers.items()
        ]

    @cached_property
    def _said(self) -> Mapping[Node, Told]:
        """What the document says of each thing, by property: read once, as a page has hundreds."""
        said: dict[Node, dict[Node, list[Node]]] = {}
        for thing, predicate, value in self.graph:
            said.setdefault(thing, {}).setdefault(predicate, []).append(value)
        return said

    @cached_property
    def _evidence(self) -> Mapping[tuple[Node, Node], Sequence[Told]]:
        """What each piece of evidence says, by the subject and the property that it is about."""
        found: dict[tuple[Node, Node], list[Told]] = {}
        for name in _sorted(name for name, told in self._said.items() if _PREDICATE in told):
            told = self._said[name]
            for about in product(told.get(_SUBJECT, ()), told[_PREDICATE]):
                found.setdefault(about, []).append(told)
        return found

    def _mark(self, evidence: Iterable[Told], notes: bool = True) -> Mark:
        numbers: dict[int, None] = {}
        words: dict[str, None] = {}
        remarks: dict[str, None] = {}
        for one in evidence:
            sources = [str(source) for source in _sorted(one.get(_SOURCE, ()))]
            for source in sources:
                numbers[self._numbers.setdefault(source, len(self._numbers) + 1)] = None
            said = _words(one)
            words.update(said)
            told = dict.fromkeys(map(str, _sorted(one.get(_NOTE, ())))) if notes else {}
            remarks.update(told)
            for source in () if said else sources:
                self._remarks.setdefault(source, {}).update(told)
        return Mark(tuple(sorted(numbers)), tuple(words), tuple(remarks))


def _candidate(told: Told) -> bool:
    return any(_last(status) == "candidate" for status in told.get(_STANDING, ()))


def words(basis: str, status: str) -> tuple[str, ...]:
    """How sure a statement is, where it is not simply stated; both by IRI, or empty."""
    found = (SURE.get("/".join(iri.split("/")[-2:])) for iri in (basis, status))
    return tuple(word for word in found if word)


def _words(told: Told) -> dict[str, None]:
    both = product(told.get(_BASED) or ("",), told.get(_STANDING) or ("",))
    return dict.fromkeys(word for basis, status in both for word in words(str(basis), str(status)))


def web(iri: str) -> str | None:
    """The IRI when it is a page on the web, and so may be linked to."""
    return iri if iri.startswith(("http://", "https://")) else None


def _sorted(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=str)


def _last(iri: object) -> str:
    return str(iri).rpartition("/")[2]


def named(label: str) -> str:
    """What to call a thing of which this is the label; an address is told in words."""
    return shortly(label) if web(label) else label


def shortly(iri: str) -> str:
    """A page on the web that has no title here: its site, and the last words of its address."""
    try:
        parts = urlsplit(iri)
    except ValueError:
        return iri
    site = (parts.hostname or "").removeprefix("www.")
    if not site:
        return iri
    said = [it for it in unquote(parts.path).split("/") if _WORD.search(it)]
    last = PurePosixPath(said[-1]).stem if said else ""
    said = _BETWEEN.split(last.partition("~")[0].partition("&")[0])
    words = _NUMBERED.sub("", " ".join(it for it in said if it and not _CODE.fullmatch(it)))
    short = words if len(words) <= _LONG else f"{words[:_LONG].rpartition(' ')[0]}…"
    return f"Webpagina op {site}: {short}" if short else f"Webpagina op {site}"
