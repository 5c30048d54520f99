"""`wijk publish`: makes edits official."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from wijk import changelog, snapshot
from wijk.arguments import Graph, root_of
from wijk.checking import Finding, check
from wijk.checking.places import Names
from wijk.engine.local import LocalStore, understood
from wijk.publishing import act, committing, differences, versioning
from wijk.publishing.journal import File
from wijk.publishing.plan import Change, Plan, derived, journal_of
from wijk.snapshot import Reading
from wijk.terminal import say, show_findings, tell_line

_STOPPING = ("published-gone",)
"""Findings that are no violations for who serves, and stop who publishes."""
_WORDS: Mapping[changelog.Type, str] = {"Create": "new", "Update": "changed", "Delete": "withdrawn"}


Message = Annotated[str, typer.Option("-m", "--message", help="What it is about, for the commit.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")]
Commit = Annotated[
    bool, typer.Option("--commit/--no-commit", help="Commit to git, when there is one.")
]
Version = Annotated[
    str, typer.Option(help="Call all that is published by now so: 1.2.0, or 2026-11-23.")
]


def publish(
    message: Message = "",
    dry_run: Dry = False,
    commit: Commit = True,
    version: Version = "",
    graph: Graph = None,
) -> None:
    """Make edits official: check, stamp, add to the log, commit. All of it, or nothing."""
    root = root_of(graph)
    if version:
        versioning.fits(version)
    if dry_run:
        with act.looking(root, say) as is_whole:
            if not is_whole:
                raise typer.Exit(1)
            if planned := _planned(root, version, commit):
                say(f"{_summary(planned.plan, version)} would be published. Nothing was written.")
        return
    with act.publishing(root, say):
        if (planned := _planned(root, version, commit)) is None:
            return
        summary = _summary(planned.plan, version)
        text = message or f"data: publish {summary}"
        act.publish(root, journal_of(planned.plan, text, planned.commits, planned.beside))
    moment = f" at {changelog.stamped(planned.plan.time)}" if planned.plan.changes else ""
    say(f"{summary} published{moment}.")


@dataclass(frozen=True)
class _Planned:
    """A plan, the files that go along with it, and whether it is committed."""

    plan: Plan
    beside: Sequence[File]
    commits: bool


def _planned(root: Path, version: str, commit: bool) -> _Planned | None:
    """What is to be published, checked and shown; None when that is nothing.

    Raises:
        Exit: it may not be published; what is wrong is shown.
        PublishError: it cannot be committed.
    """
    reading = snapshot.read(root)
    taken = reading.snapshot
    if version:
        versioning.follows(taken, version)
    log = _checked(reading)
    made = act.planned(taken, log)
    named = versioning.file(taken, log, made, version) if version else None
    if not made.changes and named is None:
        say("Nothing changed since the last publication.")
        return None
    _shown(made, Names(taken.prefixes))
    commits = commit and committing.required(root)
    return _Planned(made, [*derived(taken), *filter(None, [named])], commits)


def _checked(reading: Reading) -> changelog.ChangeLog:
    """The log of a folder that may be published.

    Raises:
        Exit: it may not; what is wrong is shown.
    """
    taken = reading.snapshot
    say("Checking the graph.")
    found = check(reading, LocalStore(taken.nquads(), taken.prefixes).rows, understand=understood)
    wrong = [it for it in found if it.severity == "violation" or it.rule in _STOPPING]
    if wrong:
        _refused(wrong, Names(taken.prefixes))
    return changelog.read(taken.root)


def _refused(wrong: Iterable[Finding], names: Names) -> None:
    show_findings(wrong, names, "nl")
    say("Nothing was published; correct this first.")
    raise typer.Exit(1)


def _shown(made: Plan, names: Names) -> None:
    first = all(change.before is None for change in made.changes)
    for change in made.changes:
        different = differences.of(change)
        counts = f"+{len(different.added)} -{len(different.removed)}"
        tell_line(f"{_WORDS[change.entry.type]:<9}  {change.document.path}  {counts}")
        if not first:
            for line in _lines(change, different, names):
                tell_line(f"    {line}")


def _lines(change: Change, different: differences.Difference, names: Names) -> Iterable[str]:
    if change.entry.type == "Delete":
        return [f"- everything: {change.entry.reason}"]
    lines = [*different.lines(names)]
    return lines or ["(the text alone; it says the same)"]


def _summary(made: Plan, version: str = "") -> str:
    counts = {word: made.count(kind) for kind, word in _WORDS.items()}
    said = [f"{count} {word}" for word, count in counts.items() if count]
    return ", ".join([*said, f"version {version}"] if version else said)
