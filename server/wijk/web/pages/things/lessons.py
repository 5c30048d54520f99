"""The page of a lesson: what it says, for whom it is, and the cases it holds for."""

from collections.abc import Iterator

from rdflib.namespace import DCTERMS, SDO

from wijk.namespaces import WIJK
from wijk.web.pages.shown import Shown
from wijk.web.pages.things import framing, teaching
from wijk.web.pages.things.blocks import block
from wijk.web.pages.things.filed import filed
from wijk.web.pages.things.linking import Listed, listed

_FACTS = (WIJK.audience, WIJK.holdsFor, DCTERMS.isPartOf, WIJK.connection, DCTERMS.identifier)


async def lesson(shown: Shown) -> bytes:
    """The page of a lesson.

    Raises:
        EngineError: the engine does not answer.
    """
    site, iri = shown.site, shown.page.iri
    every = await teaching.lessons(site)
    filing = await filed(site)
    own = every.one.get(iri)
    told = block(site, filing, own) if own else None
    return framing.filled(
        shown,
        "les",
        framing.LESSONS,
        framing.Plate("Les", told.heading if told else ""),
        _FACTS,
        (SDO.text,),
        block=told,
        text=framing.values(shown, SDO.text),
        found=filing.cases("geleerd", (iri,)),
        lists=[*_lists(shown, every, own)] if own else [],
    )


def _lists(shown: Shown, every: teaching.Lessons, own: teaching.Lesson) -> Iterator[Listed]:
    linked = every.linked(own)
    if linked:
        same = set(own.connections) & {one for it in linked for one in it.connections}
        site = shown.site
        words = " en ".join(sorted(site.label(it) for it in same))
        heading = f"Ook over {words}" if same else f"Ook uit {site.label(own.part_of)}"
        yield listed(site, heading, (it.iri for it in linked), most=12)
