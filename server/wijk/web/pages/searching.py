"""What is searched on a site: made once, in a thread, when it is first asked for."""

import asyncio
from collections.abc import Mapping

from wijk.engine import formats
from wijk.namespaces import ONTOLOGY
from wijk.questions import Question
from wijk.search import bits
from wijk.search.text import Found, Text, Thing
from wijk.search.things import things
from wijk.web.api import listing
from wijk.web.pages import shelving
from wijk.web.site import Site

_KEY = "search"
QUESTION = "question"
"""The kind of what is asked, not described: the prepared questions."""


async def text(site: Site) -> Text:
    """The index over everything that has a page.

    Raises:
        EngineError: the engine cannot tell what is in it.
    """

    async def made() -> Text:
        answer = await site.answer(_KEY, {}, formats.CSV)
        return await asyncio.to_thread(_made, site, answer)

    return await site.once_asked(_KEY, made)


async def cases(site: Site, asked: str) -> tuple[int, Found]:
    """The cases with all words of a search, as a set of positions on the shelf; and what it found.

    Raises:
        EngineError: the engine cannot tell what is in the index.
    """
    index, at = await ahead(site)
    found = await asyncio.to_thread(index.find, asked)
    hits = (at[number] for number in found.numbers if number in at) if found.every else ()
    return bits.of(hits), found


async def ahead(site: Site) -> tuple[Text, Mapping[int, int]]:
    """The index, and where the cases in it stand on the shelf; made once.

    Raises:
        EngineError: the engine cannot tell what is in it.
    """
    index, shelf = await text(site), await shelving.shelf(site)

    def positions() -> dict[int, int]:
        known = ((number, shelf.at.get(it.iri)) for number, it in enumerate(index.things))
        return {number: at for number, at in known if at is not None}

    return index, await site.once(f"{_KEY} on the shelf", positions)


def _made(site: Site, answer: bytes) -> Text:
    start = f"{site.snapshot.base}doc/"

    def kind(iri: str) -> str:
        home = site.addresses.home(iri)
        if home is None or home in site.gone:
            return ""
        return "term" if home == ONTOLOGY else home.removeprefix(start).partition("/")[0]

    asked = (_question(it) for it in site.examples.values())
    return Text([*things(listing.rows(answer), kind, site.label), *asked])


def _question(it: Question) -> Thing:
    """A prepared question as something that can be found; its address is its path."""
    about = (it.subject, *(text for param in it.params for text in (param.label, param.example)))
    texts = {"name": (it.summary,), "text": about}
    return Thing(f"/vragen/{it.name}", QUESTION, it.summary, texts)
