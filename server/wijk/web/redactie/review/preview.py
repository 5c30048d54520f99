"""The page of a thing as it will be: for editors, and by a link for the people it is about."""

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from wijk import snapshot
from wijk.editing.desk.drafts import Draft
from wijk.engine import About, Answer, Ask
from wijk.engine.local import LocalStore
from wijk.snapshot import Reading, Snapshot
from wijk.web import replies
from wijk.web.negotiation import HTML
from wijk.web.pages import documents
from wijk.web.redactie import checked, closed
from wijk.web.redactie.drafting import draft_of, href
from wijk.web.redactie.listing import moment, withdrawn, withdrawn_since
from wijk.web.redactie.resumed import as_now
from wijk.web.redactie.review import page
from wijk.web.redactie.visit import HERE, Door, Visit
from wijk.web.site import Site

DAYS = (1, 7, 14, 30)
"""For how many days a link may let somebody read along."""
_LINK = re.compile(r'<a\b[^>]*? href="(?P<href>/[^"]*)"[^>]*>')
"""The beginning of a link within the site, in HTML."""
_NO_LINK = "Wat gesloten is, kan niemand meelezen. Er is geen link gemaakt."
_ONE = asyncio.Semaphore(1)
"""One preview at a time: it holds a graph of its own."""


class Here:
    """An engine of this process, over the graph as it would be."""

    about = About()

    def __init__(self, taken: Snapshot) -> None:
        self._store = LocalStore(taken.nquads(), taken.prefixes)

    async def start(self) -> None:
        """Nothing: it is there."""

    async def load(self, nquads: bytes, digest: str) -> None:
        """Nothing: it has what it was made of."""

    async def change(self, graphs: Mapping[str, bytes], digest: str) -> None:
        """Nothing: the same."""

    async def answer(self, ask: Ask) -> Answer:
        """Answer one of the site's own queries."""
        query = self._store.query
        body = await asyncio.to_thread(query, ask.text, ask.media_type, ask.bindings)
        return Answer(ask.media_type, body)

    async def aclose(self) -> None:
        """Nothing to stop."""


class Preview(Site):
    """A site whose pages say that they are not there yet, and lead to nothing that is not."""

    def __init__(self, taken: Snapshot, there: Site, note: Mapping[str, str]) -> None:
        """Of the graph as it would be, beside the site that is there."""
        super().__init__(taken, Here(taken), there.public_url)
        self._note = note
        self._new = {
            self.addresses.document_path(it)
            for it in taken.documents.keys() - there.snapshot.documents.keys()
        }

    def show(self, template: str, root: str, **values: Any) -> bytes:
        """Fill in a template, with the note above it; links to what is new lead nowhere yet."""
        body = super().show(template, root, preview=self._note, **values).decode()
        return _LINK.sub(lambda it: self._kept(it, root), body).encode()

    def _kept(self, link: re.Match[str], root: str) -> str:
        path, _, asked = unescape(link["href"]).partition("#")[0].partition("?")
        slugs = {path.rpartition("/")[2] for path in self._new}
        named = {value.rpartition("/")[2] for _, value in parse_qsl(asked)}
        new = path.removeprefix(root) in self._new or not named.isdisjoint(slugs)
        return "<a>" if new else link[0]


async def _shown(visit: Visit) -> Response:
    draft = draft_of(visit)
    return await _page(visit, draft, {"text": "Zo komt het eruit te zien.", "back": href(draft)})


async def _read(visit: Visit) -> Response:
    """By the link: for who is no editor. A withdrawal ends it for good."""
    found = visit.desk.reading(visit.named["token"])
    if found is None or withdrawn_since(visit.site, *found):
        return visit.shown("verlopen.html", 404)
    draft = as_now(found[0], visit.site.snapshot)
    text = "Dit is een concept. Het is nog niet gepubliceerd; alleen wie deze link heeft, ziet het."
    return await _page(visit, draft, {"text": text, "back": ""})


async def _page(visit: Visit, draft: Draft, note: Mapping[str, str]) -> Response:
    site = visit.site
    files = checked.files(site, draft)
    async with _ONE:
        now = await asyncio.to_thread(snapshot.edited, Reading(site.snapshot), files)
        thing = f"{site.snapshot.base}doc/{draft.record.kind}/{draft.record.slug}"
        document = now.snapshot.documents.get(thing)
        if document is None:
            return visit.shown("geen-voorbeeld.html", 409, draft=draft)
        made = await asyncio.to_thread(Preview, now.snapshot, site, note)
        body = await documents.body(made, visit.root, document)
    return Response(body, headers={"Content-Type": replies.content_type(HTML)})


async def _linked(visit: Visit) -> Response:
    """A link to read along, told once; of what is closed or withdrawn there is none."""
    draft = draft_of(visit)
    if not draft.open:
        return await page.shown(visit, 409, f"{closed.told(visit, draft)} {_NO_LINK}")
    if withdrawn(visit.site, draft):
        return await page.shown(visit, 409, checked.GONE)
    given = visit.given.get("dagen", "")
    days = int(given) if given in map(str, DAYS) else DAYS[1]
    token, until = visit.desk.link(draft, timedelta(days=days), visit.account.name)
    visit.log("meelezen", draft.id, f"{days} dagen")
    return visit.shown(
        "meelezen.html",
        draft=draft,
        title=draft.title,
        link=visit.url(f"{HERE}/meelezen/{token}"),
        until=moment(until.isoformat()),
    )


async def _unlinked(visit: Visit) -> Response:
    draft = draft_of(visit)
    visit.desk.unlink(draft)
    visit.log("meelezen gestopt", draft.id)
    return visit.go(page.path(draft))


DOORS = (
    Door("/concept/{id}/voorbeeld", _shown),
    Door("/concept/{id}/meelezen", post=_linked),
    Door("/concept/{id}/meelezen-stoppen", post=_unlinked),
    Door("/meelezen/{token}", _read, role=""),
)
