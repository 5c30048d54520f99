"""A form is sent of a draft that was closed meanwhile: what was typed is not lost."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from wijk import changelog, snapshot
from wijk.changelog import ChangeLog, Entry
from wijk.editing.desk.desk import Desk, Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.desk.publications import Publication
from wijk.publishing import withdrawing
from wijk.snapshot import Reading, Snapshot
from wijk.web.site import Site

from .conftest import Editor

pytestmark = pytest.mark.process
Enter = Callable[[str, str], Editor]
SUMMARY = "0.samenvatting.0"
SLUG = "boefjes-en-baristas"
CASE = f"https://w3id.org/wijindewijk/doc/case/{SLUG}"


@pytest.fixture
def anna(enter: Enter) -> Editor:
    return enter("Anna", "writer")


@pytest.fixture
def bas(enter: Enter) -> Editor:
    return enter("Bas", "editor")


def of(desk: Desk, path: str) -> Draft:
    found = desk.draft(path.split("/")[3].partition("?")[0])
    assert found is not None
    return found


@pytest.fixture
def serve(served: TestClient, shipped: Snapshot) -> Iterator[Callable[[bytes], Site]]:
    """Serve the graph with another text of the case; after the test as it is shipped."""
    state = served.app.state
    before = state.site

    def other(text: bytes) -> Site:
        now = snapshot.edited(Reading(shipped), {shipped.documents[CASE].path: text})
        state.site = Site(now.snapshot, before.engine)
        return state.site

    yield other
    state.site = before


@pytest.fixture
def withdraw(shipped: Snapshot, serve: Callable[[bytes], Site]) -> Callable[[], None]:
    """Let the case be withdrawn."""
    log = changelog.read(shipped.root)

    def withdrawn() -> None:
        document = shipped.documents[CASE]
        at = datetime(2026, 11, 23, 13, tzinfo=UTC)
        stone = withdrawing.tombstone(document, "Op verzoek.", now=at)
        site = serve(withdrawing.withdrawn(document, stone, log, shipped))
        entry = Entry(at, "Delete", CASE, document.path, reason="Op verzoek.")
        site.log = ChangeLog((*log.entries, entry))

    return withdrawn


def published(desk: Desk, path: str) -> None:
    """Let a draft be the one that brought the case: it was published with it."""
    draft = of(desk, path)
    desk.move(draft, "review")
    by = ("data/changes/1.jsonl", (f"{CASE}?versie=2026-11-23",), "Bas", "editor", "")
    made = Publication(*by, draft=draft.id, version=draft.version)
    desk.publications.begin(made)
    desk.publications.settle(made)


def test_what_was_typed_in_a_draft_that_was_thrown_away_comes_back(
    anna: Editor, bas: Editor, desk: Desk
) -> None:
    path = anna.correct("case", "boefjes-en-baristas")
    form = anna.get(path)
    bas.send(bas.get(path), path, actie="weggooien")
    page = anna.send(form, path, 409, **{SUMMARY: "Een uur getypt."})
    text = page.answer.text
    assert "Bas gooide dit concept weg op 23 november 2026" in text
    assert "Wat je typte, is niet opgeslagen." in text
    assert '<div class="plak">Een uur getypt.</div>' in text
    assert "Alles is opgeslagen" not in text
    went = anna.send(page, f"{path}/verder")
    assert went.location.startswith(path)
    assert anna.get(path).form(path)[SUMMARY] == "Een uur getypt."
    assert (of(desk, path).by, of(desk, path).open) == ("Anna", True)


def test_what_was_typed_after_a_publication_goes_into_a_new_draft(anna: Editor, desk: Desk) -> None:
    path = anna.correct("case", "boefjes-en-baristas")
    form = anna.get(path)
    desk.move(of(desk, path), "published")
    desk.log("gepubliceerd", of(desk, path).id, "Bas")
    page = anna.send(form, path, 409, actie="insturen", **{SUMMARY: "Een uur getypt."})
    assert "Bas publiceerde dit op 23 november 2026" in page.answer.text
    new = anna.send(page, f"{path}/verder").location.partition("?")[0]
    assert new != path
    form = anna.get(new)
    assert form.form(new)[SUMMARY] == "Een uur getypt."
    told = anna.get(f"{new}/beoordelen").answer.text
    assert told.count("<del>") == 1, "nothing else is otherwise than what is published"
    assert of(desk, path).state == "published"


@pytest.mark.parametrize("state", ["dropped", "published"])
def test_a_draft_that_is_closed_is_only_read(anna: Editor, desk: Desk, state: str) -> None:
    path = anna.correct("case", "boefjes-en-baristas")
    desk.remark(of(desk, path), "", "Let op.", "Bas")
    desk.move(of(desk, path), state)
    assert anna.get(path, 303).location == f"{path}/beoordelen"
    page = anna.get(f"{path}/beoordelen")
    for button in ("Sla op", "Stuur in", "Gooi weg", "Opgelost", "Maak een link", "Plaats de"):
        assert button not in page.answer.text
    assert "Let op." in page.answer.text


def test_what_was_thrown_away_is_listed_and_comes_back(
    anna: Editor, bas: Editor, enter: Enter, desk: Desk
) -> None:
    path = anna.begin("Pluktuin Zuid")
    bas.send(bas.get(path), path, actie="weggooien")
    assert "/redactie/weggegooid" in anna.get("/redactie").links
    nobody = enter("Eva", "writer")
    assert "Pluktuin Zuid" not in nobody.get("/redactie/weggegooid").answer.text
    assert f"{path}/beoordelen" in bas.get("/redactie/weggegooid").links
    page = anna.get("/redactie/weggegooid")
    assert "Bas gooide dit concept weg op 23 november 2026" in page.answer.text
    anna.send(page, f"{path}/verder")
    assert "Pluktuin Zuid" in anna.get("/redactie").answer.text
    assert anna.get(path).form(path)["0.titel.0"] == "Pluktuin Zuid"
    assert desk.acts(of(desk, path).id)[0].act == "uit de weggegooide gehaald"


def test_who_changed_nothing_is_told_that_nothing_is_lost(anna: Editor, desk: Desk) -> None:
    path = anna.correct("case", "boefjes-en-baristas")
    form = anna.get(path)
    desk.move(of(desk, path), "dropped")
    page = anna.send(form, path, 409)
    assert "Je had niets veranderd. Er is niets verloren." in page.answer.text


def test_what_is_closed_while_it_is_saved_stays_closed(anna: Editor, desk: Desk) -> None:
    draft = of(desk, anna.correct("case", "boefjes-en-baristas"))
    desk.move(draft, "dropped")
    with pytest.raises(Stale):
        desk.save(draft, draft.version, "Anna")
    assert of(desk, f"/redactie/concept/{draft.id}").state == "dropped"


def linked(editor: Editor, path: str) -> str:
    """The path of a new link to read a draft along."""
    page = editor.send(editor.get(f"{path}/beoordelen"), f"{path}/meelezen", 200, dagen="1")
    found = re.search(r"/redactie/meelezen/[\w-]+", page.answer.text)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("saved", [False, True])
def test_the_draft_that_brought_what_was_withdrawn_is_read_by_administrators_alone(
    anna: Editor, bas: Editor, enter: Enter, desk: Desk, withdraw: Callable[[], None], saved: bool
) -> None:
    path = anna.begin("Boefjes")
    anna.send(anna.get(path), path, **{"0.adresnaam": SLUG, SUMMARY: "Heel geheim."})
    late = anna.get(path)
    published(desk, path)
    link = ""
    if saved:  # after its review: it is open still, and somebody reads along
        desk.move(of(desk, path), "draft")
        link = linked(anna, path)
        Editor(bas.client, "", "", "").get(link)
    withdraw()
    for who in (anna, bas):
        for end in ("", "/beoordelen", "/voorbeeld"):
            who.get(f"{path}{end}", 404)
        assert "Boefjes" not in who.get("/redactie").answer.text
    told = anna.send(late, path, 200 if saved else 409, **{SUMMARY: "Laat getypt."}).answer.text
    assert "Dit is intussen ingetrokken" in told
    assert '<div class="plak">Laat getypt.</div>' in told
    assert "nieuw concept" not in told
    assert "Heel geheim." not in told
    if saved:
        Editor(bas.client, "", "", "").get(link, 404)
    again = {**late.form(path), "actie": "opslaan", SUMMARY: "Laat getypt."}
    answer = anna.client.post(f"{path}/verder", data=again, headers=anna.headers)
    assert answer.status_code == (200 if saved else 409)
    assert "Dit is intussen ingetrokken" in answer.text


def test_what_is_saved_again_while_it_is_published_goes_on_as_a_correction(
    anna: Editor, bas: Editor, desk: Desk
) -> None:
    path = anna.begin("Boefjes en Barista's")
    anna.send(anna.get(path), path, **{"0.adresnaam": SLUG})
    assert "Op dit adres staat al iets anders." in anna.get(path).answer.text
    draft, version = of(desk, path), f"{CASE}?versie=nu"
    first = ("changes/nu.jsonl", (version,), "Bas", "editor", "")
    desk.publications.begin(Publication(*first, draft=draft.id, version=draft.version - 1))
    desk.publications.settle(*desk.publications.unsettled())
    form = anna.get(path)
    assert "Op dit adres staat al iets anders." not in form.answer.text
    anna.send(form, path, **{SUMMARY: "Van Anna."})
    told = bas.get(f"{path}/beoordelen").answer.text
    assert "<ins>Van Anna.</ins>" in told
    assert "<del>Ouders met kleine kinderen" in told
    assert 'class="etiket">nieuw' not in told
    assert desk.writers(draft.id) == {"Anna"}


def test_a_draft_at_the_address_of_what_was_withdrawn_stays_with_its_writer(
    anna: Editor, withdraw: Callable[[], None]
) -> None:
    path = anna.begin("Boefjes")
    anna.send(anna.get(path), path, **{"0.adresnaam": SLUG})
    withdraw()
    assert "Op dit adres stond iets dat is ingetrokken." in anna.get(path).answer.text


@pytest.mark.parametrize("state", ["dropped", "published"])
def test_who_comes_late_with_a_remark_or_for_a_link_is_told(
    anna: Editor, desk: Desk, state: str
) -> None:
    path = anna.correct("case", SLUG)
    page = anna.get(f"{path}/beoordelen")
    desk.move(of(desk, path), state)
    told = anna.send(page, f"{path}/opmerking", 409, opmerking="Een lange opmerking.").answer.text
    assert "Je opmerking is niet geplaatst." in told
    assert '<p class="plak">Een lange opmerking.</p>' in told
    assert desk.remarks(of(desk, path)) == ()
    told = anna.send(page, f"{path}/meelezen", 409, dagen="1").answer.text
    assert "Er is geen link gemaakt." in told


@pytest.mark.parametrize(("choice", "kept"), [("mijn", "Laat getypt."), ("hun", "Koffie.")])
def test_what_others_published_meanwhile_is_not_undone_by_what_was_typed_late(
    anna: Editor, desk: Desk, shipped: Snapshot, serve: Callable[[bytes], Site],
    choice: str, kept: str,
) -> None:  # fmt: skip
    path = anna.correct("case", SLUG)
    form = anna.get(path)
    desk.move(of(desk, path), "published")
    text = shipped.documents[CASE].source.decode("utf-8")
    now, times = re.subn(r'(dcterms:abstract|schema:abstract) "[^"]*"', r'\1 "Koffie."', text)
    assert times == 1
    serve(now.encode("utf-8"))
    typed = {SUMMARY: "Laat getypt.", "bestaande-les": "Blijven investeren"}
    page = anna.send(form, path, 409, **typed)
    page = anna.send(page, f"{path}/verder", 409)
    assert "Wat nu op de site staat" in page.answer.text
    assert '<p class="plak">Koffie.</p>' in page.answer.text
    assert [it.id for it in desk.drafts()] == [], "nothing is made before the choice"
    went = [anna.send(page, f"{path}/verder", **{page.radios[0]: choice}) for _ in range(2)]
    assert went[0].location == went[1].location, "one form makes one draft"
    new = went[0].location.partition("?")[0]
    assert anna.get(new).form(new)[SUMMARY] == kept
    assert anna.get(went[0].location).form(new)["bestaande-les"] == "Blijven investeren"
    (draft,) = desk.drafts()
    assert [*draft.bases.values()] == [now]
