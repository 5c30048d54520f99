"""Tells which files changed: written, replaced by another, removed, or back again.

The system says when to look (inotify and its kin), and what a file is then decides whether it
changed: its device, number, size and times. So it does not matter how an editor writes (in place,
or a new file over the old one), whether a name is a link whose target is exchanged, or whether a
whole folder was away for a while. What the system does not tell, such as a change behind a link or
on another machine's disk, is found by looking every now and then.
"""

import asyncio
import os
import stat
import time
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from pathlib import Path

import watchfiles

_STEP = 50
"""Milliseconds without a change after which one that was seen is told."""
_LONGEST = 500
"""Milliseconds after which changes are told though more are coming."""
_FRESH = 0.02
"""Seconds in which a file may change again without its times showing it."""
_SHARE = 50
"""Looking at everything may take one part in so many of the time."""
_MANY = 100
"""So many places that changed, and looking at everything is no slower."""

_Sign = tuple[int, int, int, int, int, bool]
_Seen = dict[str, _Sign]


class Watch:
    """Some files, or folders with all that is below them, as they are from this moment on.

    Make it before you read them: then nothing that happens in between is missed.
    """

    def __init__(
        self, files: Iterable[Path] = (), folders: Iterable[Path] = (), every: float = 0.5
    ) -> None:
        """Watch files or folders, not both; look at all of them at least `every` so many seconds.

        Folders with so many files that it takes long are looked at in whole less often.
        """
        self._files = tuple(os.path.abspath(path) for path in files)
        self._folders = tuple(os.path.abspath(path) for path in folders)
        if self._files and self._folders:
            raise ValueError("watch files or folders, not both at once")
        self._every = every
        self._due = 0.0
        self._seen = self._all()

    async def changes(self) -> AsyncGenerator[frozenset[Path], None]:
        """Each time the files that changed, as absolute paths; without end.

        What was removed is told as well. A time is within some 0.1 s of a change, and takes
        together what happens together; take the next one when you have dealt with this one.
        """
        while True:
            places = await asyncio.to_thread(self._places)
            async with aclosing(self._told(places)) as told:
                async for hints in told:
                    changed = await asyncio.to_thread(self._changed, hints)
                    if changed:
                        yield frozenset(Path(name) for name in changed)
                    if await asyncio.to_thread(self._places) != places:
                        break  # a folder is gone, back or another one: watch that

    async def _told(self, places: Iterable[str]) -> AsyncGenerator[frozenset[str], None]:
        """Where the system says that something happened; nowhere, when it is time to look."""
        self._due = 0.0
        yield frozenset()
        self._due = 0.0  # what happens until the system is asked is not told
        try:
            async with aclosing(
                watchfiles.awatch(
                    *places,
                    watch_filter=None,
                    debounce=_LONGEST,
                    step=_STEP,
                    rust_timeout=int(self._every * 1000),
                    yield_on_timeout=True,
                    recursive=bool(self._folders),
                    ignore_permission_denied=True,
                )
            ) as events:
                async for event in events:
                    yield frozenset(name for _, name in event)
        except (OSError, RuntimeError):
            # No more watches to be had, or a folder that went just now: then by looking alone.
            await asyncio.sleep(self._every)

    def _places(self) -> dict[str, tuple[int, int]]:
        """The folders to watch that are there, and which folders those really are."""
        wanted = set(self._folders)
        for name in self._files:
            wanted |= {os.path.dirname(name), os.path.dirname(os.path.realpath(name))}
        found = {}
        for name in sorted(wanted):
            try:
                status = os.stat(name)
            except OSError:
                continue
            found[name] = (status.st_dev, status.st_ino)
        return found

    def _changed(self, hints: frozenset[str]) -> set[str]:
        """Look again, where the hints say or at everything, and say what is different."""
        if self._files or len(hints) > _MANY or self._due <= time.monotonic():
            before, now = self._seen, self._all()
        else:
            before, now = self._known(hints), {}
            for name in hints:
                folder = os.path.isdir(name) and not os.path.islink(name)
                now |= _below(name) if folder else _one(name)
        changed = {name for name in {**before, **now} if before.get(name) != now.get(name)}
        for name in changed - now.keys():
            del self._seen[name]
        self._seen |= now
        return changed

    def _known(self, hints: frozenset[str]) -> _Seen:
        """What was known of these places, and of what was below those that were no files."""
        known = {name: self._seen[name] for name in hints & self._seen.keys()}
        folders = tuple(os.path.join(name, "") for name in hints - self._seen.keys())
        if folders:
            known |= {name: it for name, it in self._seen.items() if name.startswith(folders)}
        return known

    def _all(self) -> _Seen:
        begun = time.monotonic()
        found: _Seen = {}
        for name in self._files:
            found |= _one(name)
        for folder in self._folders:
            found |= _below(folder)
        ended = time.monotonic()
        self._due = ended + max(self._every, _SHARE * (ended - begun))
        return found


def _below(folder: str) -> _Seen:
    found: _Seen = {}
    for at, _, names in os.walk(folder):
        for name in names:
            found |= _one(os.path.join(at, name))
    return found


def _one(name: str) -> _Seen:
    """What a file is now, as far as that can be seen without reading it; nothing if not there."""
    try:
        it = os.stat(name)
    except OSError:
        return {}
    if stat.S_ISDIR(it.st_mode):
        return {}
    # Whoever writes twice within one tick of the system's clock leaves one time.
    fresh = 0 <= time.time() - it.st_ctime < _FRESH
    return {name: (it.st_dev, it.st_ino, it.st_size, it.st_mtime_ns, it.st_ctime_ns, fresh)}
