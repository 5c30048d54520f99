"""`wijk derive`: the statements that follow from the register and the divisions."""

from typing import Annotated

import typer

from wijk import snapshot
from wijk.arguments import Graph, root_of, whole
from wijk.linking.derived import derive as derived
from wijk.linking.intake import write
from wijk.terminal import say


def derive(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 when something is out of date.")
    ] = False,
    graph: Graph = None,
) -> None:
    """Make data/derived again: the municipality of today, and what lies in what.

    What is written depends on the folder alone, not on the day.
    """
    root = root_of(graph)
    changes = derived(whole(snapshot.read(root)))
    for change in changes:
        print(f"{'changed' if change.before else 'new'}  {change.path}")
    if check:
        say("Out of date; run `wijk derive`." if changes else "All that is derived is up to date.")
        raise typer.Exit(int(bool(changes)))
    write(root, changes)
    say(f"{len(changes)} files written." if changes else "Nothing changes.")
