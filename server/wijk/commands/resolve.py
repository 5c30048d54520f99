"""`wijk resolve`: what a code of Statistics Netherlands means on a date."""

import json
from datetime import date
from typing import Annotated

import typer

from wijk import snapshot
from wijk.arguments import Graph, a_day, root_of, whole
from wijk.errors import RequestError
from wijk.linking import here, shown
from wijk.linking.resolve import Outcome
from wijk.linking.resolve import resolve as resolved
from wijk.terminal import say

_CERTAIN = (Outcome.EXACT, Outcome.FORWARD)
_HEADS = {
    Outcome.EXACT: "Exact",
    Outcome.FORWARD: "Forward",
    Outcome.ASK: "Ask",
    Outcome.UNKNOWN: "Unknown",
}


def resolve(
    code: Annotated[str, typer.Argument(help="GM0856, also gm0856 or 0856; WK, BU, PV.")],
    day: Annotated[
        str | None, typer.Option("--date", metavar="D", help="The day, as 2023-01-01; else today.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="All of the answer, as JSON.")] = False,
    graph: Graph = None,
) -> None:
    """Say what a code is on a date: itself, what it became part of, or a choice to make.

    The areas on stdout, the reason on stderr. Exit 0 when there is one for certain, 1 when a
    person has to choose or nothing is known, 2 when it is not a code.
    """
    on = a_day(day) if day is not None else date.today()
    taken = whole(snapshot.read(root_of(graph), folders=("data",)))
    register = here.register(taken)
    found = resolved(register, code, on)
    if found.outcome is Outcome.MALFORMED:
        raise RequestError(found.why.en)
    if as_json:
        print(json.dumps(shown.as_json(register, found, taken.base), indent=2, ensure_ascii=False))
    else:
        for area in found.areas:
            print(f"{area}\t{register.name(area)}")
        say(f"{_HEADS[found.outcome]}: {found.why.en}")
    raise typer.Exit(int(found.outcome not in _CERTAIN))
