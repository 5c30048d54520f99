"""Trials of a change of what is served: what the check would find, asked without holding up others.

The graph as it would be is a draft of the engine, a process of its own; the check runs in a thread.
"""

import asyncio
from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from wijk.checking import Finding
from wijk.checking.rechecking import Common
from wijk.checking.trial import Changing, Files, Trial
from wijk.engine.changing import ChangingStore
from wijk.engine.draft import Draft, Drafting
from wijk.snapshot import Reading
from wijk.web.site import Site

T = TypeVar("T")


async def tried(site: Site, files: Files) -> list[Finding]:
    """What would be found of the folder with these files written, or gone; worst first.

    Raises:
        ValueError: a path that is not one of a document of the data.
        EngineUnavailable: the engine has no draft to be had.
        ConnectionError: the draft is gone.
    """
    return await _with_trial(site, lambda trial: trial.findings(files))


async def partly(site: Site, files: Files) -> list[Finding] | None:
    """The same; None when so much is touched that it would take long.

    Raises:
        ValueError, EngineUnavailable, ConnectionError: as `tried` does.
    """
    return await _with_trial(site, lambda trial: trial.part(files))


async def _with_trial(site: Site, ask: Callable[[Trial], T]) -> T:
    if not isinstance(site.engine, Drafting):
        own = await site.once("trial", lambda: _own(site))
        return await asyncio.to_thread(ask, own)
    common = await site.once("common", lambda: Common.of(site.snapshot))
    connection = await site.engine.draft()

    def found() -> T:
        with closing(Draft(connection)) as draft:
            return ask(_trial(site, draft, common))

    return await asyncio.to_thread(found)


def _trial(site: Site, store: Changing, common: Common) -> Trial:
    return Trial(Reading(site.snapshot), store, common, site.log)


def _own(site: Site) -> Trial:
    """Trials with a store of this process: for an engine that is elsewhere."""
    taken = site.snapshot
    store = ChangingStore(taken.nquads(), taken.prefixes)
    return _trial(site, store, Common.of(taken))
