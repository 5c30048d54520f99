"""Publishes what somebody entered: those files and no other, in that person's name.

Nothing is written before all of it is checked, as it would be in the folder as that is now.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from wijk import changelog, snapshot
from wijk.changelog import ChangeLog
from wijk.checking import Finding, check
from wijk.documents import base_of, hashed
from wijk.engine.local import LocalStore, understood
from wijk.errors import PublishError
from wijk.linking.derived import derive
from wijk.publishing import act, committing, journal, plan, withdrawing
from wijk.publishing.journal import File
from wijk.publishing.plan import Plan
from wijk.snapshot import Reading, Snapshot


@dataclass(frozen=True)
class Edit:
    """A file as it is to be; `before` is the text it began from, None when it is a new one."""

    path: PurePosixPath
    text: bytes
    before: bytes | None


Make = Callable[[Snapshot, ChangeLog], Sequence[Edit]]
"""What is to be published, made of the folder and its log as they are while nobody else writes."""
Planned = Callable[[Plan], None]
"""Is told what will be published, while nobody else writes and before anything is written."""


class EditedMeanwhile(PublishError):
    """Files are not what they were when somebody began to edit them; nothing was written."""

    def __init__(self, paths: Sequence[PurePosixPath]) -> None:
        named = ", ".join(map(str, paths))
        super().__init__(f"{named}: edited since you began. Look at both, and publish again.")
        self.paths = tuple(paths)


class NotWell(PublishError):
    """The graph would have violations; nothing was written.

    `findings` are those that would come with it, `others` those that the folder has already.
    """

    def __init__(self, findings: Sequence[Finding], others: Sequence[Finding] = ()) -> None:
        super().__init__("The graph would not be well with this; nothing was published.")
        self.findings, self.others = tuple(findings), tuple(others)


def publish(
    root: Path,
    make: Make,
    author: str,
    message: str,
    tell: act.Tell,
    planned: Planned = lambda made: None,
) -> Plan:
    """Write, publish and commit these files: all of it, or nothing.

    The author is who git is to name, as `Name <mail>`. After an error or a broken-off process
    `is_fact` tells which of the two it was: the journal is what decides.

    What others edited and did not publish stays as it is. What is derived follows.

    Raises:
        EditedMeanwhile: a file is not what it was when its edit began.
        NotWell: the graph would have violations; with all of them.
        PublishError: another process publishes now, nothing differs, or git does not want to:
            then it may be published already, and the next publication commits it.
        OutputError: a file cannot be written; what is a fact is finished by the next publication.
    """
    with act.publishing(root, tell):
        before, log = snapshot.read(root), changelog.read(root)
        edits = make(before.snapshot, log)
        _as_they_were(before, edits)
        now = snapshot.edited(before, {it.path: it.text for it in edits})
        now = _derived_anew(now)
        _well(now, before)
        whole = plan.plan(now.snapshot, log, datetime.now(UTC))
        made = plan.only(whole, {it.path for it in edits})
        if not made.changes:
            raise PublishError("Nothing differs from what is published.", "same")
        commits = committing.possible(root)
        if commits:
            committing.ready(root)
        digests = {it.path: hashed(it.before) if it.before is not None else "" for it in edits}
        beside = _derived(before.snapshot, now.snapshot)
        planned(made)
        act.publish(root, plan.journal_of(made, message, commits, beside, digests, author))
    return made


def is_fact(root: Path, made: PurePosixPath) -> bool:
    """Whether the publication with this file of the log was begun: it is, or will be, finished.

    Raises:
        OutputError: the journal of what was broken off cannot be read.
    """
    left = journal.unfinished(root)
    return (root / made).is_file() or (left is not None and made in left.paths)


def broken_off(root: Path) -> bool:
    """Whether a publication is a fact and is not finished, or is being made now."""
    return (root / journal.NAME).exists()


def withdrawal(things: Iterable[str], reason: str, taken: Snapshot, log: ChangeLog) -> list[Edit]:
    """The tombstones of these things, by their IRIs.

    Raises:
        PublishError: one was never published, is withdrawn already, or has edits that were not
            published and would be lost.
    """
    edits: list[Edit] = []
    for thing in things:
        iri = withdrawing.document_of(thing, taken, log)
        document = taken.documents.get(iri)
        if document is None:
            raise PublishError(f"{thing} has no file any more.", "no-file")
        if [*withdrawing.edited([iri], taken, log)]:
            told = f"{document.path} has edits that would be lost; publish them first."
            raise PublishError(told, "edited")
        stone = withdrawing.tombstone(document, reason)
        text = withdrawing.withdrawn(document, stone, log, taken)
        edits.append(Edit(document.path, text, document.source))
    return edits


def restoration(
    thing: str, version: datetime | None, taken: Snapshot, log: ChangeLog
) -> list[Edit]:
    """The file of a thing as it was published at a moment; without one, as it was last.

    Raises:
        PublishError: there is no such version, or its content was taken out of the log.
    """
    iri = withdrawing.document_of(thing, taken, log)
    if version is None:
        entry, text = withdrawing.restored(iri, log)
    else:
        entry, text = withdrawing.restored_from(_version(iri, version, log), log)
    document = taken.documents.get(iri)
    return [Edit(entry.path, text, document.source if document is not None else None)]


def _version(iri: str, moment: datetime, log: ChangeLog) -> changelog.Entry:
    found = next((it for it in log.history(iri) if it.time == moment), None)
    if found is None:
        told = f"{base_of(iri)} was not published at {changelog.stamped(moment)}."
        raise PublishError(told, "no-version")
    return found


def _as_they_were(before: Reading, edits: Sequence[Edit]) -> None:
    there = {it.path: it.source for it in before.parts}
    there |= {it.path: it.source for it in before.broken}
    changed = [it.path for it in edits if there.get(it.path) != it.before]
    if changed:
        raise EditedMeanwhile(changed)


def _well(now: Reading, before: Reading) -> None:
    wrong = _wrong(now)
    if wrong:
        others = _wrong(before)
        raise NotWell([it for it in wrong if it not in others], others)


def _wrong(reading: Reading) -> list[Finding]:
    taken = reading.snapshot
    found = check(reading, LocalStore(taken.nquads(), taken.prefixes).rows, understand=understood)
    return [it for it in found if it.severity == "violation"]


def _derived_anew(now: Reading) -> Reading:
    """With what is derived following from the rest, when the folder has any of it."""
    if not any(it.kind == "derived" for it in now.snapshot.documents.values()):
        return now
    return snapshot.edited(now, {it.path: it.after for it in derive(now.snapshot)})


def _derived(before: Snapshot, now: Snapshot) -> list[File]:
    """What is derived and is otherwise now."""
    there = {it.path: it.digest for it in before.documents.values()}
    return [
        File(str(it.path), there.get(it.path, ""), it.source.decode("utf-8"))
        for it in now.documents.values()
        if it.kind == "derived" and there.get(it.path) != it.digest
    ]
