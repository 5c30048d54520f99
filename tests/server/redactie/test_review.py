"""Someone else looks at a draft before it goes live; a link lets others read along for a while."""

import re
from collections.abc import Callable

import pytest
from wijk.editing.desk.desk import Desk

from .conftest import ORIGIN, Editor

pytestmark = pytest.mark.process
Enter = Callable[[str, str], Editor]
SUMMARY = "0.samenvatting.0"


@pytest.fixture
def anna(enter: Enter) -> Editor:
    return enter("Anna", "writer")


@pytest.fixture
def bas(enter: Enter) -> Editor:
    return enter("Bas", "editor")


def sent(writer: Editor, summary: str = "Buurtbewoners drinken hier samen koffie.") -> str:
    """The path of a draft that waits for a review."""
    path = writer.correct("case", "boefjes-en-baristas")
    writer.send(writer.get(path), path, actie="insturen", **{SUMMARY: summary})
    return path


def post(editor: Editor, path: str, status: int, **fields: str) -> None:
    answer = editor.client.post(path, data=fields, headers=editor.headers)
    assert answer.status_code == status, answer.text


def state(desk: Desk, path: str) -> str:
    found = desk.draft(path.rpartition("/")[2])
    assert found is not None
    return found.state


def test_a_reviewer_sees_what_stood_there_and_what_comes(anna: Editor, bas: Editor) -> None:
    page = bas.get(f"{sent(anna)}/beoordelen").answer.text
    assert "<del>Ouders met kleine kinderen" in page
    assert "<ins>Buurtbewoners drinken hier samen koffie.</ins>" in page
    assert "Gecontroleerd: in dit concept is niets fout." in page
    assert 'data-bezig="We controleren en publiceren. Meestal duurt dat een paar tellen, ' in page


def test_who_takes_part_no_longer_is_named_by_who_it_was(anna: Editor, bas: Editor) -> None:
    path = anna.correct("case", "boefjes-en-baristas")
    for _ in range(2):
        anna.send(anna.get(path), path, actie="deel-weg:0-1")
    page = bas.get(f"{path}/beoordelen").answer.text
    assert "Rol (BrabantZorg)" in page
    assert "Rol (Van Neynsel)" in page
    assert "(deelname)" not in page


def test_nobody_publishes_what_they_wrote(anna: Editor, bas: Editor, desk: Desk) -> None:
    path = sent(bas)
    page = bas.get(f"{path}/beoordelen")
    assert "Iemand anders beoordeelt dit" in page.answer.text
    csrf = str(page.form(f"{path}/opmerking")["csrf"])
    post(bas, f"{path}/publiceren", 403, csrf=csrf, versie="2")
    assert state(desk, path) == "review"


def test_a_writer_does_not_review(anna: Editor, enter: Enter, desk: Desk) -> None:
    path = sent(anna)
    page = anna.get(f"{path}/beoordelen")
    csrf = str(page.form(f"{path}/opmerking")["csrf"])
    post(anna, f"{path}/publiceren", 403, csrf=csrf, versie="2")
    enter("Eva", "writer").get(f"{path}/beoordelen", 404)
    assert state(desk, path) == "review"


def test_a_draft_goes_back_with_what_is_to_be_done(anna: Editor, bas: Editor, desk: Desk) -> None:
    path = sent(anna)
    page = bas.get(f"{path}/beoordelen")
    bas.send(page, f"{path}/terugsturen", 422, waarom=" ")
    bas.send(page, f"{path}/terugsturen", waarom="Noem de serre.")
    assert state(desk, path) == "returned"
    assert "Noem de serre." in anna.get(f"{path}/beoordelen").answer.text
    assert "Noem de serre." in anna.get(path).answer.text


def test_what_was_saved_after_it_was_seen_is_not_moved(
    anna: Editor, bas: Editor, desk: Desk
) -> None:
    path = sent(anna)
    seen = bas.get(f"{path}/beoordelen")
    anna.send(anna.get(path), path, actie="insturen", **{SUMMARY: "Heel iets anders."})
    page = bas.send(seen, f"{path}/terugsturen", 409, waarom="Nee.")
    assert "Anna veranderde dit concept op 23 november 2026" in page.answer.text
    assert "Nee." in page.answer.text, "what was written to Anna is not lost"
    bas.send(seen, f"{path}/publiceren", 409)
    assert state(desk, path) == "review"


def test_who_agrees_with_what_was_changed_after_it_was_sent_in_is_told_by_whom(
    anna: Editor, bas: Editor, desk: Desk
) -> None:
    path = sent(anna)
    seen = bas.get(f"{path}/beoordelen")
    anna.send(anna.get(path), path, **{SUMMARY: "Heel iets anders."})
    told = bas.send(seen, f"{path}/publiceren", 409).answer.text
    assert "Anna veranderde dit concept op 23 november 2026" in told
    assert "nadat het was ingestuurd" in told
    assert "Vraag Anna om het opnieuw in te sturen" in told
    anna.send(anna.get(path), path, actie="weggooien")
    told = bas.send(seen, f"{path}/terugsturen", 409, waarom="Noem de serre.").answer.text
    assert "Anna gooide dit concept weg" in told
    assert "Noem de serre." in told


def test_a_remark_stands_at_its_field_until_it_is_dealt_with(anna: Editor, bas: Editor) -> None:
    path = sent(anna)
    page = bas.get(f"{path}/beoordelen")
    bas.send(page, f"{path}/opmerking", opmerking="Waar staat dit?", plek="veld-0-0")
    page = anna.get(f"{path}/beoordelen")
    assert "Waar staat dit?" in page.answer.text
    anna.send(page, f"{path}/opmerking-klaar")
    assert "Waar staat dit?" not in anna.get(f"{path}/beoordelen").answer.text


def test_what_nobody_sees_of_a_remark_or_reason_is_left_out(anna: Editor, bas: Editor) -> None:
    path = sent(anna)
    for door, field in (("opmerking", "opmerking"), ("terugsturen", "waarom")):
        page = bas.get(f"{path}/beoordelen")
        bas.send(page, f"{path}/{door}", **{field: f"Waar\u200b staat\u202e {door}?"})
        assert f"Waar staat {door}?" in anna.get(f"{path}/beoordelen").answer.text


def test_a_preview_is_the_page_as_it_will_be(anna: Editor) -> None:
    page = anna.get(f"{sent(anna)}/voorbeeld").answer.text
    assert "Buurtbewoners drinken hier samen koffie." in page
    assert "<b>Voorbeeld.</b>" in page


def test_who_has_the_link_reads_along_until_it_ends(
    anna: Editor, later: Callable[[float], None]
) -> None:
    path = sent(anna)
    page = anna.send(anna.get(f"{path}/beoordelen"), f"{path}/meelezen", 200, dagen="1")
    found = re.search(r"/redactie/meelezen/[\w-]+", page.answer.text)
    assert found is not None
    nobody = Editor(anna.client, "", "", "")
    there = nobody.get(found[0])
    assert "Buurtbewoners drinken hier samen koffie." in there.answer.text
    assert there.answer.headers["cache-control"] == "no-store"
    assert "Anna" not in there.answer.text
    later(25)
    nobody.get(found[0], 404)


@pytest.mark.parametrize("public", ["", "https://wijk.example.org/wijk"])
def test_a_link_to_read_along_leads_to_where_this_is_served(
    anna: Editor, monkeypatch: pytest.MonkeyPatch, public: str
) -> None:
    path = sent(anna)
    page = anna.get(f"{path}/beoordelen")
    monkeypatch.setattr(anna.client.app.state.site, "public_url", public)
    told = anna.send(page, f"{path}/meelezen", 200, dagen="1").answer.text
    assert f'value="{public or ORIGIN}/redactie/meelezen/' in told


def test_a_preview_leads_to_nothing_that_is_not_there_yet(anna: Editor) -> None:
    path = anna.begin("Koffietuin Oost")
    given = {"0.bundel.0": "Wij in de wijk 1", "0.initiatief.0": "De tuinders van Oost"}
    given |= {"0.plek.0": "Oosterhof Zuid", "vast.b0.bron": "https://www.movisie.nl/wijindewijk"}
    for adding in ("nieuw:0.initiatief.0:initiative", "nieuw:0.plek.0:place", "mee:lesson"):
        page = anna.get(path)
        anna.client.post(
            path, data={**page.form(path), **given, "actie": adding}, headers=anna.headers
        )
    made = anna.get(f"{path}/voorbeeld")
    assert "De tuinders van Oost" in made.answer.text
    assert "Oosterhof Zuid" in made.answer.text
    assert "Dit adres werkt zodra dit is gepubliceerd." in made.answer.text
    inside = {it.partition("#")[0] for it in made.links if it.startswith("/")} - {""}
    assert len(inside) > 10
    told = {it: anna.client.get(it, headers=anna.headers).status_code for it in sorted(inside)}
    assert {it: status for it, status in told.items() if status >= 400} == {}
