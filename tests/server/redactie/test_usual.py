"""The usual source of a draft: what it filled in follows it, what somebody chose stays."""

from collections.abc import Callable

import pytest
from wijk.editing.desk.desk import Desk, Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.records import Record

from .conftest import Editor

pytestmark = pytest.mark.process
A, B = "https://www.movisie.nl/wijindewijk", "https://example.org/pluktuin"
USUAL, SUMMARY = "vast.b0.bron", "0.samenvatting.0"


def sources(desk: Desk, path: str) -> set[str]:
    """The sources of what somebody entered in a draft: the number is ours."""
    return {e.source for it in record(desk, path).statements for e in it.evidence} - {""}


def record(desk: Desk, path: str) -> Record:
    found = desk.draft(path.rpartition("/")[2])
    assert found is not None
    return found.record


def test_what_the_usual_source_filled_in_follows_it(
    enter: Callable[[str, str], Editor], desk: Desk
) -> None:
    noor = enter("Noor", "writer")
    path = noor.begin("Pluktuin Zuid")
    noor.send(noor.get(path), path, **{USUAL: "Movisi", SUMMARY: "Samen plukken."})
    assert noor.get(path).form(path)["0.titel.0.b0.bron"] == "Movisi"
    given = {USUAL: A, "actie": "deel:0"}
    noor.send(noor.get(path), path, **given)
    assert sources(desk, path) == {A}
    given = {"0-0.betrokkene.0": "Accolade", "0.titel.0.b0.toelichting": "blz. 3"}
    noor.send(noor.get(path), path, **given)
    saved = noor.send(noor.get(path), path, **{USUAL: "Bewoners plukken"}).location
    told_so = "De vaste bron is veranderd. Op 1 plek staat de vorige nog"
    assert told_so in noor.get(saved).answer.text, "what somebody made of it does not follow"
    page = noor.get(path)
    assert told_so not in page.answer.text
    assert page.form(path)[f"{SUMMARY}.b0.bron"] == "Bewoners plukken"
    noor.send(page, path, actie="bron:vast:" + B)
    noor.send(noor.get(path), path, **{USUAL: B})
    made = record(desk, path)
    told = {it.path.rpartition("/")[2]: {e.source for e in it.evidence} for it in made.statements}
    assert told["title"] == {A}, "somebody said more of it: it is theirs"
    assert told["abstract" if "abstract" in told else "description"] == {B}
    (part,) = made.parts
    assert f"<{B}>" in {it.value for it in part.statements}
    assert f"<{A}>" not in {it.value for it in part.statements}


def test_a_new_source_has_the_site_of_its_address(
    enter: Callable[[str, str], Editor], desk: Desk
) -> None:
    noor = enter("Noor", "writer")
    path = noor.begin("Pluktuin Zuid")
    noor.send(noor.get(path), path, actie="bron:vast:https://www.krant.example/pluktuin")
    page = noor.get(path)
    assert page.form(path)["1.site.0"] == "krant.example"
    assert "Noem de site waarop" not in page.answer.text
    noor.send(page, path, **{"1.site.0": "De wijkkrant", "1.webadres": A})
    assert noor.get(path).form(path)["1.site.0"] == "De wijkkrant", "what was entered stays"


def test_what_a_source_rests_on_is_as_the_usual_and_empty_is_told(
    enter: Callable[[str, str], Editor],
) -> None:
    noor = enter("Noor", "writer")
    path = noor.begin("Pluktuin Zuid")
    page = noor.get(path)
    for told in ("vermeld", "zeker"):
        assert page.answer.text.count(f"Kies je niets, dan geldt: {told}.</p>") == 1
    inferred = next(it for it in page.answer.text.split('"') if it.endswith("/basis/inferred"))
    given = {USUAL: A, "vast.b0.grondslag": inferred, "0.titel.0.b0.bron": A}
    noor.send(page, path, **given, **{"0.titel.0.b0.toelichting": "blz. 3"})
    assert noor.get(path).form(path)["0.titel.0.b0.grondslag"] == inferred


def test_who_saves_what_is_unchanged_did_not_write_it(
    enter: Callable[[str, str], Editor], desk: Desk
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = anna.correct("case", "boefjes-en-baristas")
    anna.send(anna.get(path), path, actie="insturen", **{SUMMARY: "Buren drinken hier koffie."})
    rik.send(rik.get(path), path)
    id = path.rpartition("/")[2]
    draft = desk.draft(id)
    assert draft is not None
    assert (draft.state, draft.version, desk.writers(id)) == ("review", 2, {"Anna"})


def test_who_is_never_first_has_what_was_typed_back(
    enter: Callable[[str, str], Editor], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = enter("Anna", "writer")
    path = anna.correct("case", "boefjes-en-baristas")
    page = anna.get(path)

    def busy(draft: Draft, version: int, by: str) -> Draft:
        raise Stale(draft)

    monkeypatch.setattr(desk, "save", busy)
    page = anna.send(page, path, 409, **{SUMMARY: "Van Anna."})
    assert "Van+Anna." in str(page.form(path)["bewaard"])


def test_the_button_of_a_conflict_saves_and_sends_nothing_in(
    enter: Callable[[str, str], Editor], desk: Desk
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = anna.correct("case", "boefjes-en-baristas")
    seen = rik.get(path)
    anna.send(anna.get(path), path, **{SUMMARY: "Van Anna."})
    page = rik.send(seen, path, 409, actie="insturen", **{SUMMARY: "Van Rik."})
    rik.send(page, path, **{page.radios[0]: "mijn"})
    draft = desk.draft(path.rpartition("/")[2])
    assert draft is not None
    assert (draft.by, draft.state) == ("Rik", "checked")
