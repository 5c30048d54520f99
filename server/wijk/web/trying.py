"""Trials of a change of what is served: what the check would find, asked without holding up others.

The graph as it would be is a draft of the engine, a process of its own; the check runs in a thread.
"""

import asyncio
from contextlib import closing

from wijk.checking import Finding
from wijk.checking.change import Common
from wijk.checking.trial import Changing, Files, Trial
from wijk.engine.changing import ChangingStore
from wijk.engine.draft import Draft, Drafting
from wijk.snapshot import Reading
from wijk.web.site import Site


async def tried(site: Site, files: Files) -> list[Finding]:
    """What would be found of the folder with these files written, or gone; worst first.

    Raises:
        ValueError: a path that is not one of a document of the data.
        EngineUnavailable: the engine has no draft to be had.
        ConnectionError: the draft is gone.
    """
    if not isinstance(site.engine, Drafting):
        own = await site.once("trial", lambda: _own(site))
        return await asyncio.to_thread(own.findings, files)
    common = await site.once("common", lambda: Common.of(site.snapshot))
    connection = await site.engine.draft()

    def found() -> list[Finding]:
        with closing(Draft(connection)) as draft:
            return _trial(site, draft, common).findings(files)

    return await asyncio.to_thread(found)


def _trial(site: Site, store: Changing, common: Common) -> Trial:
    return Trial(Reading(site.snapshot), store, common, site.log)


def _own(site: Site) -> Trial:
    """Trials with a store of this process: for an engine that is elsewhere."""
    taken = site.snapshot
    store = ChangingStore(taken.nquads(), taken.prefixes)
    return _trial(site, store, Common.of(taken))
