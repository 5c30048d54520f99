"""`wijk redact`: what is said no more leaves the log."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from wijk import changelog, snapshot
from wijk.arguments import Graph, root_of, whole
from wijk.counting import counted
from wijk.documents import base_of
from wijk.errors import RequestError
from wijk.publishing import act, committing, redacting, withdrawing
from wijk.terminal import say

Things = Annotated[
    list[str] | None,
    typer.Argument(metavar="[THING]...", help="Published things; without one, all withdrawn ones."),
]
Before = Annotated[
    str | None, typer.Option(help="Only what was published before this day or moment.")
]
Commit = Annotated[
    bool, typer.Option("--commit/--no-commit", help="Commit to git, when there is one.")
]


def redact(
    things: Things = None, before: Before = None, commit: Commit = True, graph: Graph = None
) -> None:
    """Take the content of old versions out of the log, for good; what is present stays."""
    if not things and before is None:
        raise RequestError("Name the things to redact, or give --before.")
    root = root_of(graph)
    moment = _moment(before)
    with act.publishing(root, say):
        taken, log = whole(snapshot.read(root)), changelog.read(root)
        named = [withdrawing.document_of(name, taken, log) for name in things or []]
        entries = redacting.chosen(log, named, moment)
        for path in withdrawing.edited(named, taken, log):
            say(
                f"{path} has edits that were not published; the version before them stays in the "
                "log. Publish them, and redact again."
            )
        if not entries:
            say("There is no content of older versions to take out.")
            return
        count = counted(len(entries), "version")
        text = f"data: take the content of {count} out of the log"
        commits = commit and committing.required(root)
        act.publish(root, redacting.journal_of(root, entries, text, commits))
    for entry in entries:
        print(f"redacted  {entry.stamp}  {base_of(entry.document)}")
    say("The log has their hashes still. Git and copies elsewhere have what they had.")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RequestError(f"--before: '{text}' is no day such as 2026-11-23.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
