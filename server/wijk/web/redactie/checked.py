"""A draft as the check sees it: what would be found with its files written."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from wijk.editing.desk import drafts
from wijk.editing.desk.drafts import Draft
from wijk.editing.records import Record, path_of, written
from wijk.errors import EngineError, OutputError
from wijk.web import trying
from wijk.web.redactie.form.faults import Faults
from wijk.web.redactie.form.meaning import Meaning
from wijk.web.redactie.form.showing import Fault
from wijk.web.site import Site

UNCHECKED = "Controleren lukt nu even niet. Wat je invulde, is opgeslagen. Sla straks nog eens op."


def is_new(draft: Draft, record: Record) -> bool:
    """Whether a record of a draft has no document yet."""
    return str(path_of(record)) not in draft.bases


def files(site: Site, draft: Draft) -> dict[PurePosixPath, bytes | None]:
    """The files of a draft as they would be written: without what was not understood."""
    taken, meaning = site.snapshot, Meaning(site.snapshot)
    made: dict[PurePosixPath, bytes | None] = {}
    for record in draft.records:
        if record.kind == "source" and not meaning.is_address(record.thing):
            continue
        before = taken.documents.get(f"{taken.base}doc/{record.kind}/{record.slug}")
        try:
            made[path_of(record)] = written(drafts.understood(record), before, taken)
        except OutputError:  # a source that would be another one: the form tells
            continue
    return made


async def faults(site: Site, draft: Draft) -> Mapping[str, Sequence[Fault]]:
    """What is wrong with a draft, by the name of the input; also that it cannot be checked now."""
    told = Faults(draft, Meaning(site.snapshot, draft.records))
    made = await asyncio.to_thread(files, site, draft)
    try:
        return told.found(await trying.tried(site, made))
    except (EngineError, ConnectionError):
        return {**told.found(), "0": [Fault("0", UNCHECKED)]}
