"""What comes to a draft that was closed meanwhile: what was typed comes back, and how to go on."""

from collections.abc import Iterator

from starlette.responses import Response

from wijk import tombstones
from wijk.editing.desk.drafts import Draft
from wijk.editing.desk.publications import PUBLISHED
from wijk.web.redactie import making, sent
from wijk.web.redactie.comparing import Comparing
from wijk.web.redactie.form import along
from wijk.web.redactie.listing import gone, may_see, moment
from wijk.web.redactie.making import Typed
from wijk.web.redactie.visit import Visit
from wijk.web.views import Link

DROPPED = "weggegooid"
"""How the log calls it that a draft was thrown away."""
_DID = {"dropped": (DROPPED, "gooide dit concept weg"), "published": (PUBLISHED, "publiceerde dit")}


def told(visit: Visit, draft: Draft) -> str:
    """Who closed a draft and when, in a sentence; of one that is open, nothing."""
    if draft.open:
        return ""
    name, did = _DID[draft.state]
    act = next((it for it in visit.desk.acts(draft.id) if it.act == name), None)
    return f"{act.by} {did} op {moment(act.at)}." if act else f"Dit concept is {name}."


def page(visit: Visit, draft: Draft, saved: bool = False) -> Response:
    """What was typed in the form of a draft that is closed, or is about what was withdrawn.

    Of what was withdrawn nothing else is shown. `saved` is whether the draft has it.

    Raises:
        BadRequest: the form names no version of the draft.
    """
    found = making.typed(visit, draft)
    named = may_see(visit, draft)
    comparing = Comparing(found.named, visit.site.snapshot)
    return visit.shown(
        "gesloten.html",
        200 if saved else 409,
        [Link("Wat je typte", "")],
        draft=draft,
        title=(draft.title or "Nog zonder titel") if named else "",
        told=told(visit, draft) if named else "",
        withdrawn="" if named else _withdrawn(visit, gone(visit.site, draft)[0]),
        saved=saved,
        sheets=comparing.typed(found.base.records, named),
        more=[*_more(visit, found, comparing)],
        onward=named and not gone(visit.site, draft),
        kept=sent.kept(visit.sent),
    )


def withdrawn(visit: Visit, document: str, label: str, text: str) -> Response:
    """What was typed about a document that was withdrawn meanwhile, and nothing else of that.

    `label` is what the text was typed at.
    """
    return visit.shown(
        "gesloten.html",
        409,
        [Link("Wat je typte", "")],
        title="",
        told="",
        withdrawn=_withdrawn(visit, document),
        saved=False,
        onward=False,
        sheets=[],
        more=[(label, text)] if text else [],
    )


def _withdrawn(visit: Visit, document: str) -> str:
    """When what somebody works on was withdrawn, and why: that is public."""
    stone = tombstones.of(visit.site.snapshot.documents[document])
    assert stone is not None
    return f"Waar dit over gaat, is ingetrokken op {moment(stone.time)}. De reden: {stone.reason}"


def _more(visit: Visit, found: Typed, comparing: Comparing) -> Iterator[tuple[str, str]]:
    """What was typed that is no field of a thing: its input, and the text."""
    usual = found.named.usual
    if usual and found.draft.usual != found.base.usual:
        yield "vaste bron", ", ".join(comparing.words.proofs([usual]))
    for was, now in zip(found.base.records, found.draft.records, strict=True):
        if now.slug != was.slug:
            yield "naam in het adres", now.slug
        if now.kind == "source" and now.thing != was.thing:
            yield "webadres", now.thing
    if text := visit.given.get(along.INPUT, "").strip():
        yield "een les die er al is", text
