"""`wijk redact`: what is said no more leaves the log."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from wijk import changelog, remembered, snapshot
from wijk.arguments import Graph, root_of, whole
from wijk.changelog import Entry
from wijk.counting import counted
from wijk.documents import base_of
from wijk.errors import RequestError
from wijk.publishing import act, committing, redacting, withdrawing
from wijk.settings import Settings
from wijk.terminal import say

Things = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[THING]...",
        help="Published things; without one, with --before: all withdrawn ones.",
    ),
]
Before = Annotated[
    str | None, typer.Option(help="Only what was published before this day or moment.")
]
Commit = Annotated[
    bool, typer.Option("--commit/--no-commit", help="Commit to git, when there is one.")
]
Home = Annotated[
    Path | None,
    typer.Option(help="The home of the server, whose caches are emptied; else WIJK_HOME."),
]


def redact(
    things: Things = None,
    before: Before = None,
    home: Home = None,
    commit: Commit = True,
    graph: Graph = None,
) -> None:
    """Take the content of old versions out of the log and the caches, for good.

    What is present stays.
    """
    if not things and before is None:
        raise RequestError(
            "Name the things to redact, or give --before: then it is all that was withdrawn."
        )
    root, server = root_of(graph), Settings.read(home=home).home
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
        else:
            _take_out(root, entries, commit)
    for place in remembered.forget(server):
        say(f"Emptied {place}: it is made again when it is needed.")


def _take_out(root: Path, entries: list[Entry], commit: bool) -> None:
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
