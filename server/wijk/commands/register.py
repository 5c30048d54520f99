"""`wijk link register`: a new version of the register of municipalities, as data."""

from pathlib import Path
from typing import Annotated

import typer

from wijk import snapshot
from wijk.arguments import Graph, root_of, whole
from wijk.errors import RequestError
from wijk.linking import tooi
from wijk.linking.intake import Change, Intake, intake, write
from wijk.terminal import say, tell_line

_SHOWN = 20


def register(
    source: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="The register, as TOOI gives it (JSON-LD).")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would change.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every file, however many.")
    ] = False,
    graph: Graph = None,
) -> None:
    """Take a new version of the register of municipalities into the folder.

    Shows what changes and writes the documents of areas and events. What editors added stays.
    Nothing is written when the file is broken or lacks what an earlier version had.
    """
    root = root_of(graph)
    read = tooi.read(_content(source), source)
    plan = intake(whole(snapshot.read(root)), read.register, source)
    for warning in (*read.warnings, *plan.warnings):
        say(f"Warning: {warning}")
    _show(plan, everything)
    if plan.changes and not dry_run:
        write(root, plan.changes)
    say(_told(plan, dry_run))


def _content(source: str) -> bytes:
    """The file, or what stands at the address."""
    if source.startswith(("https://", "http://")):
        from wijk.linking.fetching import Fetcher  # only needed here, and long to import

        with Fetcher() as fetcher:
            return fetcher.content(source, "application/ld+json, application/json")
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise RequestError(f"{source} cannot be read: {error.strerror}.") from error


def _show(plan: Intake, everything: bool) -> None:
    shown = plan.changes if everything else plan.changes[:_SHOWN]
    for change in shown:
        for line in _lines(change):
            tell_line(line)
    if len(shown) < len(plan.changes):
        print(f"and {len(plan.changes) - len(shown)} more files; --all shows every one")


def _lines(change: Change) -> list[str]:
    if not change.before:
        return [f"new      {change.path}"]
    lines = [f"changed  {change.path}"]
    lines += [f"       - {line}" for line in change.gone]
    return lines + [f"       + {line}" for line in change.new]


def _told(plan: Intake, dry_run: bool) -> str:
    new = sum(not change.before for change in plan.changes)
    changed = len(plan.changes) - new
    apart = f" {len(plan.apart)} municipalities are here and not in it." if plan.apart else ""
    if not plan.changes:
        return f"Nothing changes: all of it is here.{apart}"
    done = "Nothing is written yet" if dry_run else "Written"
    after = "" if dry_run else " Now run `wijk derive` and `wijk check`."
    return f"{done}: {new} new files, {changed} changed.{apart}{after}"
