"""What a publication changes in a document, in statements."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from wijk import turtle
from wijk.characters import visible
from wijk.checking.places import Names
from wijk.documents import base_of
from wijk.publishing.plan import Change

_LONGEST = 80
"""A text longer than this is cut when it is shown."""
Triple = tuple[Node, Node, Node]


@dataclass(frozen=True)
class Difference:
    """The statements that came and went; without the stamp."""

    thing: str
    added: tuple[Triple, ...]
    removed: tuple[Triple, ...]

    def lines(self, names: Names) -> Iterator[str]:
        """Each statement in short names as a terminal may have it, what went before what came."""
        for sign, triples in (("-", self.removed), ("+", self.added)):
            for triple in triples:
                yield f"{sign} {' '.join(self._shown(term, names) for term in triple)}"

    def _shown(self, term: Node, names: Names) -> str:
        if str(term).startswith(f"{self.thing}#"):
            return f"<{visible(str(term).removeprefix(self.thing))}>"
        shown = visible(names.short(term))
        if isinstance(term, Literal) and len(shown) > _LONGEST:
            return f"{shown[:_LONGEST]}…"
        return shown


def of(change: Change) -> Difference:
    """What is different in a document since it was last published."""
    iri = change.document.iri
    stamp = (URIRef(iri), DCTERMS.modified)
    now = {triple for triple in change.document.graph if triple[:2] != stamp}
    earlier = (change.before or "").encode()
    then = {it for it in turtle.parse(earlier, iri, base_of(iri)) if it[:2] != stamp}
    return Difference(base_of(iri), _sorted(now - then), _sorted(then - now))


def _sorted(triples: set[Triple]) -> tuple[Triple, ...]:
    return tuple(sorted(triples, key=lambda triple: [str(term) for term in triple]))
