"""Two people on one draft: what both entered comes together; where it cannot, one chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.responses import Response

from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import Meaning
from wijk.editing.records import Evidence, Record
from wijk.loaded import Snapshot
from wijk.web.redactie.form.acting import Action
from wijk.web.redactie.form.choosing import Choosing, Disputed
from wijk.web.redactie.form.inputs import Sent
from wijk.web.redactie.form.losing import lost, without, without_proof
from wijk.web.redactie.form.pairing import Pair, paired
from wijk.web.redactie.form.settling import moving
from wijk.web.redactie.visit import Visit
from wijk.web.views import Link


@dataclass(frozen=True)
class Meeting:
    """The records and the usual evidence with what both entered.

    `before` has what was there of them, under the names they have now; of the usual evidence that
    is `was`. `met` says whether someone else entered anything. By how the names of inputs began,
    of a thing or a part, `places` has how they begin now; what was taken out is not in it.
    """

    records: tuple[Record, ...]
    usual: Evidence | None
    before: tuple[Record, ...]
    was: Evidence | None
    places: Mapping[str, str]
    conflicts: tuple[Disputed, ...] = ()
    met: bool = False

    @classmethod
    def of(cls, base: Draft, ours: Draft, theirs: Draft, sent: Sent, taken: Snapshot) -> "Meeting":
        """Put together what was made of one version with what is there now."""
        found = paired(base, theirs)
        usual = moving_proof(theirs.usual, found.same)
        here = (base.records, base.usual) == (theirs.records, theirs.usual)
        choosing = Choosing(sent, Meaning(taken, [*base.records, *found.come]), usual)
        records: list[Record] = []
        before: list[Record] = []
        moved: dict[str, str] = {}
        places: dict[str, str] = {}
        for at, (pair, our) in enumerate(zip(found.pairs, ours.records, strict=True)):
            if pair.now is None and our == pair.was:
                continue
            made = our
            if pair.now is not None and not here:
                made = choosing.record(pair, our, pair.now, theirs)
            places |= _places(pair, made, at, len(records))
            records.append(made)
            before.append(replace(pair.now or pair.was, thing=made.thing))
            moved[pair.was.thing] = made.thing
        both = ours.usual if here else choosing.usual(base.usual, ours.usual)
        return cls(
            moving((*records, *found.come), moved),
            moving_proof(both, moved),
            moving((*before, *found.come), moved),
            moving_proof(usual, moved),
            places,
            tuple(choosing.conflicts),
            not here,
        )._without([it for it in base.records if it.thing not in moved], base.bases)

    def _without(self, left: Sequence[Record], bases: Mapping[str, str]) -> "Meeting":
        """The same, in which nothing refers to what is left out and was new."""
        gone = lost(left, self.records, bases)
        records, usual = without(self.records, gone), without_proof(self.usual, gone)
        return replace(self, records=records, usual=usual)

    def placed(self, action: Action) -> Action:
        """The action of a button, about what it was about; it only saves when that is gone."""
        begin, dot, rest = action.about.partition(".")
        if not begin[:1].isdecimal():
            return action
        now = self.places.get(begin)
        return Action() if now is None else replace(action, about=f"{now}{dot}{rest}")


def _places(pair: Pair, made: Record, was: int, now: int) -> Mapping[str, str]:
    parts = pair.places(made).items()
    return {str(was): str(now)} | {f"{was}-{old}": f"{now}-{new}" for old, new in parts}


def page(visit: Visit, draft: Draft, met: Meeting, anew: str = "") -> Response:
    """Both versions of each field that both changed, side by side; nothing is saved yet.

    Its button saves, and does nothing else: the button that was pressed is left out.
    With `anew`, an address, theirs is what is published now, and the button makes a new draft.
    """
    asked = {name for it in met.conflicts for name in (it.name, it.shown)}
    names = asked | {"csrf", "actie"}
    return visit.shown(
        "samen.html",
        409,
        crumbs=[Link(draft.title or "Nog zonder titel", "")],
        draft=draft,
        anew=anew,
        disputed=met.conflicts,
        fields=[it for it in visit.sent if it[0] not in names],
    )


def moving_proof(evidence: Evidence | None, moved: Mapping[str, str]) -> Evidence | None:
    """Evidence, which refers to its source by what that is called now."""
    return evidence and replace(evidence, source=moved.get(evidence.source, evidence.source))
