"""The act of publishing: prepared whole, then a fact, then finished."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from wijk.changelog import ChangeLog
from wijk.characters import legal
from wijk.errors import OutputError, PublishError
from wijk.publishing import committing, journal, plan
from wijk.publishing.journal import Journal, Step
from wijk.publishing.plan import Plan
from wijk.snapshot import Snapshot

Tell = Callable[[str], None]
_FINISHED = "A publication that was broken off is finished now: {count} files."
_UNFINISHED = (
    "A publication was broken off. The next `wijk publish` first finishes it, and writes:{files}\n"
    "What it publishes after that can be shown then. Nothing was written."
)
_UNBEGUN = "A publication was broken off before it began; the next `wijk publish` takes it away."
_MESSAGE = "data: publish"
_UNDONE = "A publication that was broken off before it began is taken away; nothing was changed."


def _go(name: str) -> None:
    """What happens between two steps: nothing."""


@contextmanager
def publishing(root: Path, tell: Tell) -> Iterator[None]:
    """Be alone with a folder of which no publication is unfinished.

    Raises:
        PublishError: another process publishes it now.
        OutputError: the one that was broken off cannot be finished.
    """
    with journal.alone(root):
        _recover(root, tell)
        yield


@contextmanager
def looking(root: Path, tell: Tell) -> Iterator[bool]:
    """Be alone with a folder and write nothing; whether it is as the last publication left it.

    Tells of a publication that was broken off what the next one does with it.

    Raises:
        PublishError: another process publishes it now.
        OutputError: the one that was broken off cannot be read.
    """
    with journal.alone(root):
        if (root / f"{journal.NAME}.new").exists():
            tell(_UNBEGUN)
        left = journal.unfinished(root)
        if left is not None:
            tell(_UNFINISHED.format(files="".join(f"\n    {path}" for path in left.paths)))
        yield left is None


def recovered(root: Path, tell: Tell) -> None:
    """Finish or undo what was broken off, if anything was and nobody publishes at this moment."""
    if not any((root / name).exists() for name in (journal.NAME, f"{journal.NAME}.new")):
        return
    try:
        with publishing(root, tell):
            pass
    except (PublishError, OutputError) as error:
        tell(str(error))


def planned(taken: Snapshot, log: ChangeLog) -> Plan:
    """What would be published now.

    Raises:
        OutputError: a document that cannot be stamped.
    """
    return plan.plan(taken, log, datetime.now(UTC))


def publish(root: Path, made: Journal, step: Step = _go) -> None:
    """Publish what was planned; whoever ends this half-way leaves it for the next to finish.

    What no text can have is left out of the message: git would not take it.

    Raises:
        OutputError: a file cannot be written.
        PublishError: git does not take the commit.
    """
    made = replace(made, message=legal(made.message).strip() or _MESSAGE)
    journal.begin(root, made, step)
    journal.finish(root, made, partial(_commit, root), step)


def _recover(root: Path, tell: Tell) -> None:
    if journal.undo(root):
        tell(_UNDONE)
    left = journal.unfinished(root)
    if left is not None:
        journal.finish(root, left, partial(_commit, root), _go)
        tell(_FINISHED.format(count=len(left.files)))


def _commit(root: Path, made: Journal) -> None:
    if committing.possible(root):
        committing.commit(root, made.paths, made.message, made.author)
