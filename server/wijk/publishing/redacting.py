"""Takes the content of versions that are not the present one out of the log: the hash stays."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from wijk import resources
from wijk.changelog import FOLDER, ChangeLog, Entry
from wijk.documents import hashed
from wijk.publishing.journal import File, Journal


def chosen(log: ChangeLog, documents: Iterable[str], before: datetime | None) -> list[Entry]:
    """The versions whose content is to go: of these documents, or of all that is withdrawn.

    Of a document that is present, the version that was published last always stays.
    """
    wanted = {*documents} or {entry.document for entry in log.withdrawn}
    return [
        entry
        for entry in log.entries
        if entry.document in wanted
        and entry.content is not None
        and entry != log.latest[entry.document]
        and (before is None or entry.time < before)
    ]


def journal_of(root: Path, entries: Iterable[Entry], message: str, commit: bool) -> Journal:
    """The files of the log without the content of these entries."""
    out = {entry.stamp: entry for entry in entries}
    return Journal(tuple(_files(root, out)), message, commit)


def _files(root: Path, out: dict[str, Entry]) -> Iterator[File]:
    for path in resources.files(root / FOLDER, ".jsonl"):
        source = resources.content(path)
        lines = [_line(line, out) for line in source.decode("utf-8").splitlines(keepends=True)]
        text = "".join(lines)
        if text.encode() != source:
            shown = PurePosixPath(path.relative_to(root).as_posix())
            yield File(str(shown), hashed(source), text)


def _line(line: str, out: dict[str, Entry]) -> str:
    entry = out.get(json.loads(line)["time"])
    return line if entry is None else replace(entry, content=None).line()
