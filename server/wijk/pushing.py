"""`wijk push`: the graph goes to an engine elsewhere."""

from typing import Annotated

import typer

from wijk import snapshot
from wijk.arguments import Graph, root_of, whole
from wijk.counting import counted
from wijk.engine.remote.kinds import KINDS
from wijk.errors import RequestError
from wijk.settings import Settings
from wijk.terminal import counting, say

Kind = Annotated[str | None, typer.Option(help=f"Its kind: {', '.join(KINDS)}; else it is asked.")]
Query = Annotated[str | None, typer.Option(help="Its query service, when that is elsewhere.")]
Store = Annotated[
    str | None,
    typer.Option(envvar="WIJK_ENGINE_STORE", help="Its graph store, when that is elsewhere."),
]


def push(
    to: Annotated[str | None, typer.Option(help="The engine's address; else WIJK_ENGINE.")] = None,
    engine_kind: Kind = None,
    engine_query: Query = None,
    engine_store: Store = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what did not change.")] = False,
    graph: Graph = None,
) -> None:
    """Put the graph into an engine elsewhere: what changed, and last that it is all there."""
    # Only needed here, and long to import.
    from wijk.engine.remote.push import push as push_snapshot
    from wijk.engine.remote.target import access_of, target

    settings = Settings.read(
        engine=to, engine_kind=engine_kind, engine_query=engine_query, graph=graph
    )
    if not settings.engine:
        raise RequestError("Say where to: wijk push --to http://host:7878/ (or WIJK_ENGINE).")
    taken = whole(snapshot.read(root_of(settings.graph)))
    there = target(access_of(settings, engine_store or ""))
    with counting("Pushing") as tell:
        done = push_snapshot(taken, there, everything, tell)
    put = counted(done.put, "document")
    say(f"{put} put, {done.removed} removed, {done.same} were there already.")
    if done.strangers:
        graphs = counted(len(done.strangers), "graph")
        say(f"The engine also holds {graphs} from elsewhere, such as <{done.strangers[0]}>.")
