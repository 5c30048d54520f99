"""The change log: what was published and when, one file of JSON Lines per publication.

`data/changes/` is append-only and part of the repository. A publication is one file; each of its
lines is one entry, and says which document was created, updated or deleted at which moment. The
content of a version is its Turtle as it was published, so that every literal stays as written.

    {"time": "2026-11-23T00:00:00.000Z", "type": "Create", "document": "https://…/doc/case/x",
     "path": "data/cases/x.ttl", "sha256": "…", "content": "@base …"}

Times are in UTC, in milliseconds, and rise strictly over the whole log. A Delete has a reason and
no content; content that was taken out afterwards is null, and its hash stays.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Literal, get_args

from wijk import resources
from wijk.documents import base_of
from wijk.errors import ChangeLogError

Type = Literal["Create", "Update", "Delete"]
"""What happened to a document, in the words of ActivityStreams 2.0."""

FOLDER = PurePosixPath("data/changes")
"""Where the log is in a graph folder."""

_FIELDS = frozenset(("time", "type", "document", "path", "sha256", "content", "reason"))
_NEEDED = frozenset(("time", "type", "document", "path"))
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@dataclass(frozen=True)
class Entry:
    """One version of a document, or its withdrawal."""

    time: datetime
    type: Type
    document: str
    path: PurePosixPath
    digest: str = ""
    reason: str = ""
    content: str | None = field(default=None, repr=False)

    @property
    def thing(self) -> str:
        """What the document is about."""
        return base_of(self.document)

    @property
    def stamp(self) -> str:
        """Its time as xsd:dateTime, in milliseconds."""
        return stamped(self.time)

    @property
    def redacted(self) -> bool:
        """Whether its content was taken out afterwards."""
        return self.type != "Delete" and self.content is None

    def line(self) -> str:
        """The entry as it stands in a file of the log, with its end of line."""
        told = {
            "time": self.stamp,
            "type": self.type,
            "document": self.document,
            "path": str(self.path),
        }
        if self.type == "Delete":
            told |= {"reason": self.reason} if self.reason else {}
            return json.dumps(told, ensure_ascii=False) + "\n"
        told["sha256"] = self.digest
        return json.dumps({**told, "content": self.content}, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class ChangeLog:
    """Every entry, the oldest first."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def latest(self) -> Mapping[str, Entry]:
        """The last entry of each document ever published, by the document's IRI."""
        return MappingProxyType({entry.document: entry for entry in self.entries})

    @cached_property
    def created(self) -> Mapping[str, datetime]:
        """When each document was first published."""
        return MappingProxyType({it.document: it.time for it in reversed(self.entries)})

    @property
    def present(self) -> Iterator[Entry]:
        """The last entry of each document that was not withdrawn, in order of time."""
        return (it for it in self._in_order if it.type != "Delete")

    @property
    def withdrawn(self) -> Iterator[Entry]:
        """The last entry of each document that was withdrawn, in order of time."""
        return (it for it in self._in_order if it.type == "Delete")

    @property
    def first(self) -> datetime | None:
        """The time of the first entry."""
        return self.entries[0].time if self.entries else None

    @property
    def last(self) -> datetime | None:
        """The time of the last entry."""
        return self.entries[-1].time if self.entries else None

    def is_whole(self, moment: datetime) -> bool:
        """Whether all that was present at a moment still has its content."""
        latest = {it.document: it for it in self.entries if it.time <= moment}
        return not any(entry.redacted for entry in latest.values())

    def history(self, document: str) -> tuple[Entry, ...]:
        """All entries of one document, the oldest first."""
        return self._histories.get(document, ())

    @cached_property
    def _in_order(self) -> tuple[Entry, ...]:
        return tuple(sorted(self.latest.values(), key=lambda it: it.time))

    @cached_property
    def _histories(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.document, []).append(entry)
        return {document: tuple(entries) for document, entries in found.items()}


def read(root: Path) -> ChangeLog:
    """Read the log of a graph folder; a folder that was never published has an empty one.

    Raises:
        ChangeLogError: a line that does not follow the rules above: file, line, what to do.
        GraphFolderError: a file that cannot be read.
    """
    folder = root / FOLDER
    if not folder.exists():
        return ChangeLog()
    entries: list[Entry] = []
    latest: dict[str, Entry] = {}
    for path in resources.files(folder, ".jsonl"):
        shown = PurePosixPath(path.relative_to(root).as_posix())
        for number, line in enumerate(resources.content(path).splitlines(keepends=True), start=1):
            problem = _Line(shown, number)
            entry = problem.entry(line)
            problem.follows(entry, entries, latest)
            entries.append(entry)
            latest[entry.document] = entry
    return ChangeLog(tuple(entries))


def stamped(moment: datetime, to: Literal["seconds", "milliseconds"] = "milliseconds") -> str:
    """A moment in UTC by RFC 3339: to the millisecond, as the log writes it, or to the second."""
    return moment.astimezone(UTC).isoformat(timespec=to).replace("+00:00", "Z")


def hashed(content: str) -> str:
    """The SHA-256 of a version, in hexadecimal: that of its file."""
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True)
class _Line:
    """A line of a file of the log, to be told with what is wrong in it."""

    path: PurePosixPath
    number: int

    def wrong(self, reason: str) -> ChangeLogError:
        return ChangeLogError(self.path, self.number, reason)

    def entry(self, line: bytes) -> Entry:
        told = self._told(line)
        moment, kind, content = told["time"], told["type"], told.get("content")
        if kind not in get_args(Type):
            raise self.wrong(f"'{kind}' is none of {', '.join(get_args(Type))}")
        if kind == "Delete" and (content is not None or "sha256" in told):
            raise self.wrong("a Delete has no content")
        if kind != "Delete" and ("content" not in told or "sha256" not in told):
            raise self.wrong(f"a {kind} has its content and the sha256 of that")
        if content is not None and hashed(content) != told["sha256"]:
            raise self.wrong("the sha256 is not that of the content")
        return Entry(
            self._time(moment),
            kind,
            told["document"],
            PurePosixPath(told["path"]),
            told.get("sha256", ""),
            told.get("reason", ""),
            content,
        )

    def follows(self, entry: Entry, before: list[Entry], latest: Mapping[str, Entry]) -> None:
        """See that it may come after what was before it."""
        if before and entry.time <= before[-1].time:
            raise self.wrong(f"{entry.stamp} does not come after {before[-1].stamp}")
        known = latest.get(entry.document)
        there = known is not None and known.type != "Delete"
        if entry.type == "Create" and there:
            raise self.wrong(f"{entry.document} is there already, so this is an Update")
        if entry.type != "Create" and not there:
            raise self.wrong(f"{entry.document} is not there, so this cannot be {entry.type}")

    def _told(self, line: bytes) -> dict[str, Any]:
        if not line.endswith(b"\n"):
            raise self.wrong("the last line has no end, so it may be cut off")
        try:
            told = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise self.wrong(f"this is not JSON ({error})") from error
        if not isinstance(told, dict):
            raise self.wrong("this is not a JSON object")
        names = _listed(told.keys() - _FIELDS), _listed(_NEEDED - told.keys())
        if any(names):
            raise self.wrong(f"it has {names[0]} too many" if names[0] else f"it lacks {names[1]}")
        for name, value in told.items():
            if not isinstance(value, str) and not (name == "content" and value is None):
                raise self.wrong(f"{name} is not a text")
        return told

    def _time(self, text: str) -> datetime:
        try:
            if _TIME.fullmatch(text):
                return datetime.fromisoformat(text)
        except ValueError:  # such as the 31st of February
            pass
        raise self.wrong(f"'{text}' is not a time such as 2026-11-23T09:30:00.000Z")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
