"""Who takes part in a case: a bell for each, with the role, since when, and the sources."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, SKOS, Node, URIRef
from rdflib.namespace import SDO

from wijk.namespaces import WIJK
from wijk.web.pages.cases.around import Around, day
from wijk.web.pages.told import Told
from wijk.web.site import Site
from wijk.web.sources import Mark
from wijk.web.views import Link

MOST = 20
"""So many bells a page has; the question about the actors of a case has them all."""
_ITSELF = "initiatief-zelf"


@dataclass(frozen=True)
class Bell:
    """One participation: who, what kind of actor in which role, when, and what we know more."""

    anchor: str
    actor: Link
    roles: str
    notes: tuple[str, ...]
    mark: Mark


def bells(site: Site, around: Around, case: Told) -> tuple[list[Bell], int]:
    """The first participations, the initiative itself before all, and how many there are."""
    graph = case.graph
    parts = [*graph.subjects(RDF.type, WIJK.Participation)]

    def order(part: Node) -> tuple[bool, str, str]:
        roles = {str(role).rpartition("/")[2] for role in graph.objects(part, WIJK.role)}
        return _ITSELF not in roles, _name(site, case, part).casefold(), str(part)

    return [_bell(site, around, case, it) for it in sorted(parts, key=order)[:MOST]], len(parts)


def _name(site: Site, case: Told, part: Node) -> str:
    return site.label(str(case.graph.value(part, WIJK.actor) or part))


def _bell(site: Site, around: Around, case: Told, part: Node) -> Bell:
    graph, actor = case.graph, str(case.graph.value(part, WIJK.actor) or "")
    roles = sorted(site.label(str(role)) for role in graph.objects(part, WIJK.role))
    kinds = (
        []
        if any(_ITSELF in str(it) for it in graph.objects(part, WIJK.role))
        else (site.label(kind) for kind in around.kinds.get(actor, ()))
    )
    words = dict.fromkeys((*kinds, *roles, *_when(case, part)))
    return Bell(
        str(part).partition("#")[2],
        Link(_name(site, case, part), site.path(actor) or ""),
        ", ".join(words),
        tuple(sorted(str(note) for note in graph.objects(part, SKOS.note))),
        case.sources.own(URIRef(str(part))),
    )


def _when(case: Told, part: Node) -> Iterator[str]:
    for predicate, word in ((SDO.startDate, "vanaf"), (SDO.endDate, "tot")):
        for moment in case.graph.objects(part, predicate):
            yield f"{word} {day(str(moment))}"
