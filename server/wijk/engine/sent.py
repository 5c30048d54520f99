"""Reads a graph that somebody sent, in any format: nothing is fetched, nothing is expanded.

JSON-LD has its context in itself, or none: no context elsewhere is fetched. RDF/XML has no DOCTYPE,
and so no entities. What has no name gets one, from what refers to it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from wijk.engine.misspelt import in_dutch
from wijk.errors import WijkError

_FORMATS: Mapping[str, ox.RdfFormat] = {
    form.media_type: form
    for form in (
        *(ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N_TRIPLES),
        *(ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML),
    )
}
MEDIA_TYPES = tuple(_FORMATS)
_DEEPEST = 100
_QUOTED = (
    "Statements about statements (<<) are not taken here.",
    "Uitspraken over uitspraken (<<) kunnen hier niet.",
)
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_DOCTYPE = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class GraphNotTaken(WijkError):
    """A graph that cannot be read, and where in its text that shows; or that is too much.

    `dutch` says the same in Dutch.
    """

    def __init__(
        self, message: str, dutch: str, line: int | None = None, too_much: bool = False
    ) -> None:
        super().__init__(message)
        self.dutch = dutch
        self.line = line
        self.too_much = too_much


@dataclass(frozen=True)
class Statements:
    """What is said of each subject, as N-Triples in order; and which subjects had no name."""

    said: Mapping[str, tuple[str, ...]]
    unnamed: frozenset[str]


def read(body: bytes, media_type: str, base: str, most: int) -> Statements:
    """The statements of a text of one of the media types, of so many at most.

    `base` is for addresses that are relative, and for what is not referred to and has no name.
    Graphs of TriG and JSON-LD are taken together.

    Raises:
        GraphNotTaken: it is not of that format, or more than may be.
    """
    text = _text(body, media_type)
    try:
        quads = ox.parse(text, format=_FORMATS[media_type], base_iri=base, rename_blank_nodes=True)
        triples = list(_counted(quads, most))
    except SyntaxError as error:
        raise GraphNotTaken(*_said(error), error.lineno) from error
    except ValueError as error:
        raise GraphNotTaken(str(error), in_dutch(SyntaxError(str(error)))) from error
    names = dict(_names(triples, base))
    said: dict[str, set[str]] = {}
    for subject, property, value in triples:
        line = f"{_written(subject, names)} {property} {_written(value, names)} ."
        said.setdefault(_named(subject, names), set()).add(line)
    told = {subject: tuple(sorted(lines)) for subject, lines in sorted(said.items())}
    return Statements(told, frozenset(names.values()) & told.keys())


Term = ox.NamedNode | ox.BlankNode | ox.Literal
_Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, Term]


def _text(body: bytes, media_type: str) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise GraphNotTaken("This is not text in UTF-8.", "Dit is geen tekst in UTF-8.") from error
    if media_type == ox.RdfFormat.RDF_XML.media_type and _DOCTYPE.search(text):
        raise GraphNotTaken(
            "RDF/XML with a DOCTYPE or entities is not taken: write them out.",
            "RDF/XML met een DOCTYPE of entiteiten kan niet: schrijf ze voluit.",
        )
    depth = deepest = 0
    for found in _BRACKETS.finditer(text if media_type == _JSON else ""):
        depth += (found[0] in "[{") - (found[0] in "]}")
        deepest = max(depth, deepest)
    if deepest > _DEEPEST:
        raise GraphNotTaken(
            f"This is nested more than {_DEEPEST} levels deep: make it flatter.",
            f"Dit is meer dan {_DEEPEST} lagen diep: maak het vlakker.",
        )
    if text.count("<<") > _DEEPEST:
        raise GraphNotTaken(*_QUOTED)
    return text


_JSON = ox.RdfFormat.JSON_LD.media_type


def _counted(quads: Iterator[ox.Quad], most: int) -> Iterator[_Triple]:
    for number, quad in enumerate(quads, 1):
        if number > most:
            dutch = f"Dit zijn meer dan {most} uitspraken. Stuur er minder."
            english = f"This has more than {most:,} statements. Send less."
            raise GraphNotTaken(english, dutch, None, True)
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            raise GraphNotTaken(*_QUOTED)
        yield subject, quad.predicate, value


def _names(triples: list[_Triple], base: str) -> Iterator[tuple[str, str]]:
    """A name for each blank node: that of what refers to it, with a number."""
    owners = {
        str(value): subject for subject, _, value in triples if isinstance(value, ox.BlankNode)
    }
    nodes = [term for triple in triples for term in triple if isinstance(term, ox.BlankNode)]
    for number, node in enumerate(dict.fromkeys(map(str, nodes)), 1):
        owner: ox.NamedNode | ox.BlankNode | None = owners.get(node)
        seen = {node}
        while isinstance(owner, ox.BlankNode) and str(owner) not in seen:
            seen.add(str(owner))
            owner = owners.get(str(owner))
        whole = owner.value.partition("#")[0] if isinstance(owner, ox.NamedNode) else base
        yield node, f"{whole}#unnamed-{number}"


def _named(term: ox.NamedNode | ox.BlankNode, names: Mapping[str, str]) -> str:
    return term.value if isinstance(term, ox.NamedNode) else names[str(term)]


def _written(term: Term, names: Mapping[str, str]) -> str:
    return f"<{names[str(term)]}>" if isinstance(term, ox.BlankNode) else str(term)


def _said(error: SyntaxError) -> tuple[str, str]:
    """What is wrong with a text, in English and in Dutch."""
    if "LoadDocumentCallback" in str(error.msg):
        return (
            "The JSON-LD names a context that is elsewhere, and nothing is fetched: "
            "put the context itself in the text, as the value of @context.",
            "De JSON-LD noemt een context die ergens anders staat, en er wordt niets opgehaald: "
            "zet de context zelf in de tekst, als waarde van @context.",
        )
    return f"This cannot be read: {error.msg}.", in_dutch(error)
