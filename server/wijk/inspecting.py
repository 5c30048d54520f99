"""Checks a folder before it is served, in a process of its own: its memory goes with it.

What a check needs of a small case base is 100 MB, and of 10,000 cases 2 GB. The process leaves what
it read in the cache; where nothing can be kept, the check is done here.
"""

import gc
import signal
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import typer

from wijk import changelog, remembered, snapshot
from wijk.arguments import whole
from wijk.checking import Finding, check, remarks
from wijk.checking.places import Names
from wijk.engine.local import LocalStore, understood
from wijk.errors import WijkError
from wijk.snapshot import Snapshot
from wijk.terminal import say, show_findings
from wijk.web.outcome import Bad


def inspected(root: Path, home: Path | None) -> Snapshot:
    """The snapshot of a folder, when nothing is wrong with it.

    Raises:
        Exit: something is; it has been told.
        WijkError: it cannot be read, or the check was not finished.
    """
    say("Reading and checking the graph.")
    if remembered.possible(home):
        _refused(_apart(root, home))
        if (taken := remembered.recall(root, home)) is not None:
            return taken
    violations, taken = _checked(root, home)
    _refused(Bad(tuple(violations), taken.prefixes))
    gc.collect()  # many graphs
    return taken


def _refused(outcome: Bad) -> None:
    """Tell what is wrong, if anything is."""
    if outcome.message:
        raise WijkError(outcome.message)
    if outcome.findings:
        show_findings(outcome.findings, Names(outcome.prefixes), "nl")
        say("The graph is not served; correct this first. `wijk check` shows the same.")
        raise typer.Exit(1)


def _apart(root: Path, home: Path | None) -> Bad:
    """What is wrong with the folder, which is remembered when nothing is."""
    apart = get_context("fork")
    ours, theirs = apart.Pipe(duplex=False)
    work = apart.Process(target=_told, args=(root, home, theirs))
    work.start()
    theirs.close()
    try:
        outcome: Bad = ours.recv()
    except EOFError:
        outcome = Bad((), {}, "The check was stopped. Check the memory that this machine has left.")
    work.join()
    return outcome


def _told(root: Path, home: Path | None, answer: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        violations, taken = _checked(root, home)
        answer.send(Bad(tuple(violations), taken.prefixes))
    except WijkError as error:
        answer.send(Bad((), {}, str(error)))


def _checked(root: Path, home: Path | None) -> tuple[list[Finding], Snapshot]:
    """The violations, and what was read; that is remembered when there are none."""
    reading = snapshot.read(root)
    taken = whole(reading)
    changelog.read(root)  # what is wrong with it is told in a sentence
    nquads = taken.nquads()
    findings = check(reading, LocalStore(nquads, taken.prefixes).rows, understand=understood)
    violations = [found for found in findings if found.severity == "violation"]
    if not violations:
        said = remarks(findings)
        remembered.remember(reading, lambda path: path.write_bytes(nquads), home, said)
        taken = replace(taken, remarks=said)
    return violations, replace(taken.light(), quads=[nquads])
