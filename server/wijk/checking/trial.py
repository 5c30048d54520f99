"""A trial: what would be found if some files of the data were otherwise, before they are written.

The folder is one that was checked and has no violations, as that of a server; a store holds the
same, and gets it back after each trial. What is found is what a check of the whole folder would
find of violations, and the warnings in the files that were tried; not that those are unpublished.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import PurePosixPath
from threading import Lock
from types import MappingProxyType
from typing import Protocol

from wijk import changelog, snapshot
from wijk.changelog import ChangeLog
from wijk.checking.change import Change
from wijk.checking.check import check, judged
from wijk.checking.findings import SEVERITIES, Finding
from wijk.checking.lookup import Asked, Store
from wijk.checking.places import Places
from wijk.checking.published import stamped_otherwise
from wijk.checking.rechecking import Common, touched_by
from wijk.errors import ChangeLogError
from wijk.namespaces import MEASURE
from wijk.snapshot import Document, Reading

Files = Mapping[PurePosixPath, bytes | None]
"""Files of the data as they would be; none where a file would be gone."""


class Changing(Store, Protocol):
    """A store that can be otherwise for a while."""

    def change(self, removed: Iterable[str], nquads: bytes) -> None:
        """Take graphs out, and others in."""
        ...


class Trial:
    """Trials of changes of one snapshot: cheap to keep, one at a time."""

    def __init__(
        self, reading: Reading, store: Changing, common: Common, log: ChangeLog | None
    ) -> None:
        self._reading = reading
        self._store = store
        self._common = common
        self._log = log
        self._one = Lock()
        self._documents = dict(reading.snapshot.documents)  # of which a copy takes no time

    @classmethod
    def of(cls, reading: Reading, store: Changing) -> "Trial":
        """Of a folder without violations, and a store with the same in it.

        A log that cannot be read is told by the check of the folder, and not by a trial.
        """
        taken = reading.snapshot
        log = None
        with suppress(ChangeLogError):
            log = changelog.read(taken.root)
        return cls(reading, store, Common.of(taken), log)

    def findings(self, files: Files) -> list[Finding]:
        """What would be found with these files written, or gone; worst first.

        Raises:
            ValueError: a path that is not one of a document of the data.
        """
        found = self.part(files)
        if found is not None:
            return found
        now, change = self._edited(files)
        with self._having(change):
            return _told(files, check(now.heavy(), self._store.rows))

    def part(self, files: Files) -> list[Finding] | None:
        """The same; None when it may matter to so much that all is to be checked, which takes long.

        Raises:
            ValueError: a path that is not one of a document of the data.
        """
        now, change = self._edited(files)
        with self._having(change):
            otherwise = any(document.kind == MEASURE for document in change.both)
            common = Common.of(now.snapshot) if otherwise else self._common
            found = touched_by(change, now, self._store, common, wanted=SEVERITIES)
            if found is None:
                return None
            lookup = Asked(now.snapshot, self._store)
            if self._log is not None:
                places = Places(now.snapshot, lookup)
                found += stamped_otherwise(now.snapshot, self._log, places, change.documents)
            return _told(files, judged(now, found, lookup))

    @contextmanager
    def _having(self, change: Change) -> Iterator[None]:
        """The store with a change in it, for a while."""
        names = {document.iri for document in change.both}
        with self._one:
            self._store.change(names, _nquads(change.documents))
            try:
                yield
            finally:
                self._store.change(names, _nquads(change.gone))

    def _edited(self, files: Files) -> tuple[Reading, Change]:
        """The folder with these files, and what is otherwise in it."""
        before = self._reading.snapshot
        documents = self._documents.copy()
        come, gone, broken = [], [], list(self._reading.broken)
        for path, text in files.items():
            if path.parts[0] != "data" or len(path.parts) != 3:
                raise ValueError(f"{path} is not a file of the data")
            old = before.documents.get(self._common.paths.get(path, ""))
            new = snapshot.parsed(path, text, before.base) if text is not None else None
            if isinstance(new, Document) and old is not None and old.digest == new.digest:
                continue
            if old is not None:
                gone.append(documents.pop(old.iri))
            if isinstance(new, Document):
                come.append(new)
                documents[new.iri] = new
            elif new is not None:
                broken.append(new)
        taken = replace(before, documents=MappingProxyType(documents), digest="", quads=[])
        return Reading(taken, tuple(broken)), Change(tuple(come), tuple(gone))


def _told(files: Files, found: Iterable[Finding]) -> list[Finding]:
    """The violations anywhere, and of the rest what is in the files that were tried."""
    tried = {str(path) for path in files}
    told = (it for it in found if it.rule != "unpublished")
    return [it for it in told if it.severity == "violation" or tried & set(it.files())]


def _nquads(documents: Iterable[Document]) -> bytes:
    return "".join(line for document in documents for line in document.lines()).encode()
