"""Has the dumps of what is served made, once, and knows where they are.

They lie in a cache, by a hash of what they are made from: a restart need not make them again, and
whoever deletes them loses nothing. Another process makes them, so that nobody waits who does not
ask for them.
"""

import asyncio
import os
import pickle
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from fastapi import FastAPI

from wijk import remembered
from wijk import versions as named
from wijk.errors import OutputError
from wijk.harvesting import dumps
from wijk.harvesting.dumps import Dump, Dumps, Order
from wijk.harvesting.dumps.__main__ import ORDER
from wijk.harvesting.dumps.content import FILES
from wijk.harvesting.rights import CASES
from wijk.versions import Version
from wijk.web.site import Site

_KEPT = 6
"""So many versions stay in the cache, those that were used last; of others, what they were."""


class Dumping:
    """The dumps of an application, by what they are made from."""

    def __init__(self, home: Path | None) -> None:
        self._home = home
        self._making: dict[str, asyncio.Future[Dumps]] = {}

    async def made(self, order: Order) -> Dumps:
        """The dumps that are ordered; who asks for the same waits for the same.

        Raises:
            OutputError: they cannot be made.
        """
        digest = order.digest
        known = self._making.get(digest)
        if known is None or _failed(known) or _is_gone(known):
            self._making[digest] = asyncio.ensure_future(self._found(order, digest))
        return await asyncio.shield(self._making[digest])

    async def listed(self, order: Order) -> Dumps:
        """The same, of which the files may have left the cache since.

        Raises:
            OutputError: they cannot be made.
        """
        place = await asyncio.to_thread(self._place)
        found = await asyncio.to_thread(dumps.listed, order, place / order.digest[:32])
        return found or await self.made(order)

    async def _found(self, order: Order, digest: str) -> Dumps:
        place = await asyncio.to_thread(self._place)
        folder = place / digest[:32]
        found = await asyncio.to_thread(dumps.there, order, folder)
        if found is not None:
            await asyncio.to_thread(os.utime, folder)
            return found
        return await _made(order, folder)

    def _place(self) -> Path:
        """The folder of all dumps: in the cache, or where nobody can write to that, elsewhere."""
        place = remembered.kept(self._home, remembered.DUMPS)
        with suppress(OSError):
            if place is not None:
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                return place
        return Path(tempfile.mkdtemp(prefix="wijk-dumps-"))


def add(app: FastAPI) -> None:
    """Let an application have dumps made."""
    app.state.dumping = Dumping(None)


async def latest(app: FastAPI) -> Dumps:
    """The dumps of what was published last; made when nobody asked for them yet.

    Raises:
        OutputError: they cannot be made.
    """
    site: Site = app.state.site
    dumping: Dumping = app.state.dumping
    return await dumping.made(await site.once("dumps", lambda: ordered(site)))


async def of_version(app: FastAPI, name: str) -> Dumps | None:
    """The dumps of a version; None when there is no such version.

    Raises:
        OutputError: they cannot be made.
    """
    site: Site = app.state.site
    dumping: Dumping = app.state.dumping
    chosen = next((it for it in versions(site) if it.name == name), None)
    if chosen is None:
        return None
    order = await site.once(("dumps", chosen), lambda: ordered(site, chosen))
    return await dumping.made(order)


async def measured(app: FastAPI) -> dict[str, Dump]:
    """The N-Quads of each version by its name, as they were made; made when they never were.

    Of a version that cannot be made nothing is known.
    """
    site: Site = app.state.site
    dumping: Dumping = app.state.dumping
    found: dict[str, Dump] = {}
    for version in versions(site):
        order = await asyncio.to_thread(ordered, site, version)
        with suppress(OutputError):
            dump = (await dumping.listed(order)).find(f"{FILES[CASES]}.nq")
            found |= {version.name: dump} if dump else {}
    return found


def versions(site: Site) -> tuple[Version, ...]:
    """The versions of a site, the newest first."""
    return named.of(site.snapshot.documents, site.snapshot.base)[::-1]


def ordered(site: Site, version: Version | None = None) -> Order:
    """What the dumps of a site are made from: what was published last, or a version."""
    query, content = site.question("harvest-cases").text, None
    if version is not None:
        content = dumps.at(site.snapshot, site.log, version.time, version.name)
    order = dumps.ordered(site.snapshot, site.log, site.context, site.url(""), query, content)
    _ = order.digest  # here, where it holds up nobody
    return order


def _failed(making: asyncio.Future[Dumps]) -> bool:
    return making.done() and (making.cancelled() or making.exception() is not None)


def _is_gone(making: asyncio.Future[Dumps]) -> bool:
    """Were they made, and taken away since?"""
    return making.done() and not making.result().folder.is_dir()


async def _made(order: Order, folder: Path) -> Dumps:
    unfinished = await asyncio.to_thread(_told, order, folder)
    try:
        if code := await _worked(unfinished):
            raise OutputError(f"The dumps were not made: the process ended with {code}.")
        await asyncio.to_thread(_taken, unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    if (found := await asyncio.to_thread(dumps.there, order, folder)) is None:
        raise OutputError(f"The dumps in {folder} are not what was made.")
    return found


def _told(order: Order, folder: Path) -> Path:
    """A folder to work in, with the order."""
    unfinished = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    with (unfinished / ORDER).open("wb") as file:
        pickle.dump(order, file)
    return unfinished


async def _worked(unfinished: Path) -> int:
    """Let the process do its work; how it ended."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", dumps.__name__, str(unfinished)),
        stdin=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        return await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _taken(unfinished: Path, folder: Path) -> None:
    """Let what was made take its place, and forget what was used longest ago."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        unfinished.rename(folder)  # another may have been first
    finished = [it for it in folder.parent.iterdir() if not it.name.startswith(".")]
    whole = [it for it in finished if len([*it.iterdir()]) > 1]
    for each in sorted(whole, key=lambda it: it.stat().st_mtime)[:-_KEPT]:
        for path in each.iterdir():
            if path.name != dumps.LISTED:
                path.unlink(missing_ok=True)
