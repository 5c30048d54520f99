"""`wijk link PLACE`: areas for a place, found with services of others; a person says which."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rapidfuzz import process

from wijk import snapshot, turtle, values
from wijk.arguments import Graph, root_of, whole
from wijk.errors import OutputError, RequestError, did_you_mean
from wijk.linking import locatieserver, placing, wikidata
from wijk.linking.errors import SourceError
from wijk.linking.fetching import Fetcher
from wijk.linking.locatieserver import Found, Locatieserver
from wijk.linking.proposals import Known, Proposal, Proposer
from wijk.linking.register import Register
from wijk.linking.wikidata import Wikidata
from wijk.namespaces import WIJK
from wijk.snapshot import Snapshot
from wijk.terminal import say

_WORDS = {
    WIJK.exactArea: "valt samen met",
    WIJK.closeArea: "is ongeveer",
    WIJK.hasPartArea: "bestaat onder meer uit",
    WIJK.withinArea: "ligt in",
}
_YES = ("j", "ja", "y", "yes")


class Accept(StrEnum):
    """What is taken without asking."""

    exact = "exact"


Slug = Annotated[
    str | None,
    typer.Argument(metavar="[PLACE]", help="Its short name; else all that have no area yet."),
]
Accepting = Annotated[
    Accept | None, typer.Option("--accept", help="Take these without asking, for scripts.")
]
Division = Annotated[
    int | None,
    typer.Option(min=1995, max=2100, help="The year of the division of CBS that is found."),
]
Service = Annotated[
    str, typer.Option(envvar="WIJK_LOCATIESERVER", help="Where the Locatieserver of PDOK is.")
]
Items = Annotated[
    str, typer.Option("--wikidata", envvar="WIJK_WIKIDATA", help="Where Wikidata is asked.")
]


def place(
    slug: Slug = None,
    accept: Accepting = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what is found.")] = False,
    division: Division = None,
    locatieserver: Service = locatieserver.URL,
    items: Items = wikidata.URL,
    graph: Graph = None,
) -> None:
    """Propose areas for a place, with reasons; nothing is written without a yes."""
    taken = whole(snapshot.read(root_of(graph)))
    slugs = [_known(taken, slug)] if slug else placing.without_area(taken)
    proposer = _proposer(taken, division)
    accepted: list[Proposal] = []
    with Fetcher() as fetcher:
        service = Locatieserver(fetcher, values.url("locatieserver", locatieserver))
        others = Wikidata(fetcher, values.url("wikidata", items))
        for each in slugs:
            known = placing.known(taken, each)
            found = _found(service, known)
            proposals = proposer.areas_of(known, found)
            proposals += _items(others, proposer, known, proposals)
            _show(each, known, proposals)
            if not dry_run:
                accepted += _taken(proposals, accept)
    _conclude(taken, accepted, dry_run, len(slugs))


def _known(taken: Snapshot, slug: str) -> str:
    slugs = taken.slugs("place")
    if slug not in slugs:
        nearest = [name for name, *_ in process.extract(slug, slugs, limit=3, score_cutoff=50)]
        raise RequestError(f"There is no place '{slug}'.{did_you_mean(nearest)}")
    return slug


def _proposer(taken: Snapshot, division: int | None) -> Proposer:
    needed = ("area", "event", "source")
    documents = (each for each in taken.documents.values() if each.kind in needed)
    register = Register.of(turtle.merged(document.graph for document in documents))
    return Proposer(taken.base, placing.areas(taken), register, date.today(), division)


def _found(service: Locatieserver, known: Known) -> Sequence[Found]:
    """What the service knows by this name: there, anywhere, or by a name that is like it."""
    around = known.around[:1]
    found: dict[str, Found] = {}
    for text in dict.fromkeys(
        " ".join((name, *more)) for name in known.names for more in (around, ())
    ):
        found |= {one.id: one for one in service.free(text) if one.id not in found}
    for point in known.points[:1]:
        found |= {one.id: one for one in service.reverse(*point, ("buurt", "wijk"))}
    if not found:
        suggested = service.suggest(known.names[0])
        if suggested.spellings:
            say(f"De Locatieserver kent ook: {', '.join(suggested.spellings)}.")
        looked_up = (service.lookup(one.id) for one in suggested.found[:3])
        found = {one.id: one for one in looked_up if one}
    return [*found.values()]


def _items(
    others: Wikidata, proposer: Proposer, known: Known, proposals: Iterable[Proposal]
) -> list[Proposal]:
    """Items for the municipality of the place; without them, the areas still count."""
    linked = {each for relation in known.areas.values() for each in relation}
    linked |= {each.value for each in proposals if each.exact}
    codes = [
        code
        for code, areas in proposer.areas.items()
        if code.startswith("GM") and any(area.iri in linked for area in areas)
    ]
    try:
        found = proposer.same_as(others.municipalities(codes))
    except SourceError as error:
        say(f"wijk: {error}")
        return []
    return found


def _show(slug: str, known: Known, proposals: Sequence[Proposal]) -> None:
    print(f"{slug} ({', '.join(known.names)}): {len(proposals) or 'geen'} voorstellen")
    for number, each in enumerate(proposals, 1):
        sure = "precies" if each.exact else "misschien"
        relation = _WORDS.get(each.predicate, "is elders")
        print(f"  {number}. {sure}: {relation} {each.shown}\n     {each.reason}")


def _taken(proposals: Sequence[Proposal], accept: Accept | None) -> list[Proposal]:
    if accept is Accept.exact:
        return [each for each in proposals if each.exact and each.can_be_taken]
    if not sys.stdin.isatty():
        return []
    return [each for each in proposals if each.can_be_taken and _agreed(each)]


def _agreed(proposal: Proposal) -> bool:
    print(f"{proposal.shown} overnemen? [j/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in _YES


def _conclude(taken: Snapshot, accepted: Sequence[Proposal], dry_run: bool, count: int) -> None:
    if not accepted:
        how = (
            ""
            if dry_run or sys.stdin.isatty()
            else " Kies op een terminal, of geef --accept exact."
        )
        say(
            f"Niets geschreven.{how}"
            if count
            else "Elke plek heeft een gebied, of zegt waarom niet."
        )
        return
    made = placing.written(taken, accepted, date.today())
    _write(made)
    for path in made:
        say(f"Geschreven: {path.relative_to(taken.root)}")
    say("Kijk het na met: wijk check")


def _write(made: Mapping[Path, bytes]) -> None:
    """New files first, so that nothing refers to what is not there yet."""
    for path in sorted(made, key=lambda path: path.exists()):
        part = path.with_name(f"{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(made[path])
            part.replace(path)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
