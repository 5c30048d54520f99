"""All cases of a site by what they are filed under: made once, for every page that lists some."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from wijk.engine import formats
from wijk.search import filling
from wijk.search.shelf import Shelf
from wijk.web.api import listing
from wijk.web.site import Site
from wijk.web.templating import short

_KEY = "shelf"


async def shelf(site: Site) -> Shelf:
    """The cases as the folder has them now, also what is not published yet; names as shown.

    Raises:
        EngineError: the engine cannot tell them.
    """

    async def made() -> Shelf:
        answer = await site.answer(_KEY, {}, formats.CSV)
        return await asyncio.to_thread(_filled, site, answer)

    return await site.once_asked(_KEY, made)


def _filled(site: Site, answer: bytes) -> Shelf:
    latest = site.log.latest

    def modified(iri: str) -> datetime | None:
        entry = latest.get(iri.replace("/id/", "/doc/", 1))
        return entry.time if entry else None

    rows = map(_shown, listing.rows(answer))
    made = filling.shelf(rows, site.snapshot.base, site.addresses.path, modified)
    _ = made.repeated, made.orders, made.choose({}).counts  # in this thread, and kept with it
    return made


def _shown(row: Mapping[str, str]) -> Mapping[str, str]:
    """A row with its name as pages show it."""
    return {**row, "value": short(row["value"])} if row["field"] == "label" else row
