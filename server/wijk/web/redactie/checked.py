"""A draft as the check sees it: what would be found with its files written."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from wijk.documents import Document
from wijk.editing.desk import drafts
from wijk.editing.desk.desk import Desk
from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import Meaning
from wijk.editing.records import Record, path_of, written
from wijk.errors import EngineError, OutputError
from wijk.web import trying
from wijk.web.redactie.form.faults import Faults
from wijk.web.redactie.form.inputs import of_record
from wijk.web.redactie.form.showing import Fault
from wijk.web.redactie.listing import withdrawn
from wijk.web.site import Site

GONE = "Waar dit concept over gaat, is intussen ingetrokken."
TAKEN = (
    "Op dit adres staat al iets anders. Is dat hetzelfde? Verbeter dan wat er staat. Is het iets "
    "anders? Geef dit dan een andere naam in het adres."
)
BURIED = (
    "Op dit adres stond iets dat is ingetrokken. Zo'n adres gebruiken we niet opnieuw. Geef dit "
    "een andere naam in het adres."
)
_TWIN = "{whose} maakt dit ook nieuw, op hetzelfde adres. Een van de twee kan worden gepubliceerd."
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
        # What is new says nothing of what else stands at its address.
        before = None if is_new(draft, record) else _there(site, record)
        try:
            made[path_of(record)] = written(drafts.understood(record), before, taken)
        except OutputError:  # a source that would be another one: the form tells
            continue
    return made


def twins(draft: Draft, others: Sequence[Draft], reader: str) -> Mapping[str, Sequence[str]]:
    """What is new both in a draft and in others: its file, and what is told of each of those."""
    paths = {str(path_of(it)) for it in draft.records if is_new(draft, it)}
    found: dict[str, dict[str, None]] = {}
    for other in others:
        for path in {str(path_of(it)) for it in other.records} & paths:
            if other.id != draft.id:
                found.setdefault(path, {})[_twin(draft, other, reader)] = None
    return {path: tuple(told) for path, told in found.items()}


def _twin(draft: Draft, other: Draft, reader: str) -> str:
    """Whose the other is, and what to do; a reader may have written it."""
    whose = "Je eigen concept" if other.author == reader else f"Een concept van {other.author}"
    to_do = "Gooi het andere weg." if other.author == draft.author else "Overleg wie verdergaat."
    return f"{_TWIN.format(whose=whose)} {to_do}"


def _met(site: Site, desk: Desk, draft: Draft, reader: str) -> Mapping[str, Sequence[Fault]]:
    """What is new in a draft and is somewhere else too: published, or in another draft."""
    found: dict[str, Sequence[Fault]] = {}
    also = twins(draft, desk.drafts(), reader)
    for number, it in enumerate(draft.records):
        at, path = of_record(number), str(path_of(it))
        if is_new(draft, it) and (document := _there(site, it)) is not None:
            found[at] = [Fault(at, BURIED if document.iri in site.gone else TAKEN)]
        elif path in also:
            found[at] = [Fault(at, told, "let op") for told in also[path]]
    return found


def _there(site: Site, record: Record) -> Document | None:
    taken = site.snapshot
    return taken.documents.get(f"{taken.base}doc/{record.kind}/{record.slug}")


async def faults(
    site: Site, desk: Desk, draft: Draft, reader: str
) -> Mapping[str, Sequence[Fault]]:
    """What is wrong with a draft, by the name of the input, as `reader` is told of it.

    Also that it cannot be checked now.
    """
    if withdrawn(site, draft):
        return {"0": [Fault("0", GONE)]}
    met = await asyncio.to_thread(_met, site, desk, draft, reader)
    made = await asyncio.to_thread(files, site, draft)
    told = Faults(draft, Meaning(site.snapshot, draft.records), made)
    try:
        found = told.found(await trying.tried(site, made))
    except (EngineError, ConnectionError):
        return {**told.found(), "0": [Fault("0", UNCHECKED)]}
    return {**found, **{at: (*it, *found.get(at, ())) for at, it in met.items()}}
