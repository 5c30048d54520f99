"""Why nothing was done with a draft that somebody reviews: who did what with it meanwhile."""

from wijk.editing.desk.drafts import Draft
from wijk.web.redactie import closed
from wijk.web.redactie.listing import STATES, moment
from wijk.web.redactie.visit import Visit

_NOTHING = "Er is niets gedaan."
_AGAIN = f"{_NOTHING} Bekijk hieronder wat er nu staat."
_DID = {
    "teruggehaald": "haalde dit concept terug",
    "teruggestuurd": "stuurde dit concept terug",
    "samengevoegd": "voegde dit concept samen met wat er op de site staat",
    "uit de weggegooide gehaald": "haalde dit concept terug uit wat was weggegooid",
}
"""What took a draft out of review, by what the log calls it."""


def why_not(visit: Visit, draft: Draft) -> str:
    """Why who reviews can do nothing with a draft as it is now, and what to do."""
    if not draft.open:
        return f"{closed.told(visit, draft)} {_NOTHING}"
    if draft.state != "review":
        return _taken_back(visit, draft)
    if visit.account.name in visit.desk.writers(draft.id):
        return f"Je schreef zelf mee aan dit concept. {_NOTHING} Iemand anders beoordeelt het."
    return meanwhile(visit, draft)


def meanwhile(visit: Visit, draft: Draft) -> str:
    """What became of a draft, as it is now, since the page was made that was sent."""
    if not draft.open:
        return f"{closed.told(visit, draft)} {_NOTHING}"
    if visit.given.get("versie") == str(draft.version):
        return f"Dit is intussen: {STATES[draft.state]}. {_AGAIN}"
    who = "Jij" if draft.by == visit.account.name else draft.by
    return f"{who} veranderde dit concept op {moment(draft.changed)}. {_AGAIN}"


def _taken_back(visit: Visit, draft: Draft) -> str:
    acts = visit.desk.acts(draft.id)
    if not any(it.act == "ingestuurd" for it in acts):
        return f"Dit concept is nog niet ingestuurd. {_NOTHING}"
    last = next((it for it in acts if it.act in _DID or it.act == "opgeslagen"), None)
    who, did, when = draft.by, "veranderde dit concept", draft.changed
    if last is not None and last.act in _DID:
        who, did, when = last.by, _DID[last.act], last.at
    return (
        f"{who} {did} op {moment(when)}, nadat het was ingestuurd. {_AGAIN} "
        f"Vraag {draft.by} om het opnieuw in te sturen als het klaar is."
    )
