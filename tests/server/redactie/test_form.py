"""The form of a draft, without a script: from blank to nothing wrong, and nothing typed is lost."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from wijk.editing.desk.desk import Desk
from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import called
from wijk.editing.records import read
from wijk.snapshot import Snapshot
from wijk.web.redactie import checked

from .conftest import Editor

pytestmark = pytest.mark.process
Enter = Callable[[str, str], Editor]
HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}</textarea>"
SOURCE = "https://www.movisie.nl/wijindewijk"
KINDS = [
    ("case", "boefjes-en-baristas"),
    ("case", "holybe"),
    ("initiative", "boefjes-en-baristas"),
    ("lesson", "beschutting-van-de-eigen-groep"),
    ("actor", "accolade"),
    ("place", "de-muntel"),
    ("media", "balkon-en-stoep"),
    ("source", "5dok-net-ontvangende-buurt-ontvangende-gemeente"),
]


@pytest.fixture
def noor(enter: Enter) -> Editor:
    return enter("Noor", "editor")


def drafted(desk: Desk, path: str) -> Draft:
    """The draft of that form."""
    found = desk.draft(path.rpartition("/")[2])
    assert found is not None
    return found


@pytest.mark.parametrize(("kind", "slug"), KINDS)
def test_what_is_saved_as_it_was_changes_nothing(
    noor: Editor, desk: Desk, shipped: Snapshot, kind: str, slug: str
) -> None:
    path = noor.correct(kind, slug)
    noor.send(noor.get(path), path)
    draft = drafted(desk, path)
    document = shipped.documents[f"{shipped.base}doc/{kind}/{slug}"]
    assert draft.version == 2
    assert draft.record == read(document, shipped)
    files = checked.files(noor.client.app.state.site, draft)
    assert files == {document.path: document.source}


def test_a_case_goes_from_blank_to_nothing_wrong(noor: Editor, desk: Desk) -> None:
    path = noor.begin("Pluktuin Zuid")
    page = noor.get(path)
    page = noor.send(
        *(page, path),
        vast__b0__bron=SOURCE,
        **{"0.bundel.0": "Wij in de wijk 1", "0.samenvatting.0": "Bewoners plukken hier samen."},
        **{"0.plek.0": "De Muntel", "0.initiatief.0": "Pluktuin Zuid", "0.stand.0": stand(noor)},
    )
    page = noor.get(page.location)
    assert "“Pluktuin Zuid” is hier nog niet bekend als " in page.answer.text
    page = noor.send(page, path, actie="nieuw:0.initiatief.0:initiative")
    page = noor.get(page.location)
    page = noor.send(page, path)
    page = noor.get(page.location)
    assert "Opgeslagen. Er zijn geen fouten." in page.answer.text
    draft = drafted(desk, path)
    assert draft.state == "checked"
    assert [(it.kind, it.slug) for it in draft.records] == [
        ("case", "pluktuin-zuid"),
        ("initiative", "pluktuin-zuid"),
    ]
    assert {e.source for it in draft.record.statements for e in it.evidence} == {SOURCE, ""}
    files = checked.files(noor.client.app.state.site, draft)
    assert b"Bewoners plukken hier samen." in b"".join(it or b"" for it in files.values())


def stand(noor: Editor) -> str:
    base = noor.client.app.state.site.snapshot.base
    return f"{base}id/case-state/naam-bekend"


@pytest.mark.parametrize("hostile", [HOSTILE, '"x"^^<a b>', '"x"@nl', "<a> .\n<b>", "../../x"])
def test_whatever_is_typed_in_any_field_comes_back_as_it_was(
    noor: Editor, desk: Desk, hostile: str
) -> None:
    path = noor.begin(hostile)
    page = noor.get(path)
    form = page.form(path)
    given = {
        name: hostile
        for name, value in form.items()
        if isinstance(value, str) and not name.endswith((".er", ".taal"))
        if name not in ("csrf", "versie", "0.adresnaam")
        and not name.endswith((".grondslag", ".zekerheid"))
    }
    page = noor.get(noor.send(page, path, **given).location)
    assert "<script>alert" not in page.answer.text
    again = page.form(path)
    lost = [name for name in given if str(again.get(name)).split() != hostile.split()]
    assert lost == []
    assert drafted(desk, path).state == "draft"


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("0.nummer.0", "tweeduizend", "“tweeduizend” is geen heel getal"),
        ("0.plek.0", "De Muntl", "Bedoel je een van deze?"),
        ("0.bundel.0", "Wij in de wijk", "Bundel: "),
        ("vast.b0.bron", "Het boek", "“Het boek” is hier nog niet bekend als bron."),
    ],
)
def test_what_is_not_understood_is_told_at_its_field(
    noor: Editor, name: str, typed: str, told: str
) -> None:
    path = noor.begin("Pluktuin Zuid")
    page = noor.get(noor.send(noor.get(path), path, **{name: typed}).location)
    assert told in page.answer.text
    about = [link for link in page.links if link.startswith(f"#{name.rpartition('.')[0]}")]
    assert len(about) == 1, "one cause is told once"
    assert f"#{name}" in page.links
    assert page.form(path)[name] == typed


def test_what_has_an_address_keeps_it_whatever_is_sent(noor: Editor, desk: Desk) -> None:
    path = noor.correct("case", "holybe")
    noor.send(noor.get(path), path, **{"0.adresnaam": "../../x", "0.webadres": "https://a.example"})
    assert drafted(desk, path).record.slug == "holybe"
    path = noor.begin("Pluktuin")
    noor.send(noor.get(path), path, **{"0.adresnaam": "../../Mijn tuin", "0.titel.0": ""})
    assert drafted(desk, path).record.slug == "mijn-tuin"


def test_what_is_chosen_from_a_list_is_in_it(noor: Editor, desk: Desk) -> None:
    path = noor.begin("Pluktuin")
    forged = {"0.titel.0.b0.grondslag": "x> <y", "0.thema": "https://a.example/x> <y"}
    noor.send(noor.get(path), path, **forged, **{"0.titel.0.b0.toelichting": "blz. 3"})
    record = drafted(desk, path).record
    assert "x> <y" not in repr(record)


def test_a_megabyte_of_text_is_kept(noor: Editor, desk: Desk) -> None:
    path = noor.begin("Lang")
    text = "lang\n" * 200_000
    noor.send(noor.get(path), path, **{"0.samenvatting.0": text})
    said = [it.value for it in drafted(desk, path).record.statements]
    assert max(map(len, said)) > 1_000_000


def test_what_is_too_much_is_refused_with_a_sentence(noor: Editor) -> None:
    path = noor.begin("Lang")
    answer = noor.client.post(path, content=b"a=" + b"b" * 9_000_000, headers=noor.headers | FORM)
    assert answer.status_code == 413


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_a_writer_does_not_see_the_draft_of_another(noor: Editor, enter: Enter) -> None:
    path = noor.begin("Geheim")
    sam = enter("Sam", "writer")
    sam.get(path, 404)
    data = dict(sam.get("/redactie").form("/redactie/uit"))
    assert sam.client.post(path, data=data, headers=sam.headers).status_code == 404
    assert "Geheim" not in sam.get("/redactie").answer.text
    own = sam.begin("Eigen")
    noor.get(own)


def test_a_draft_is_on_no_public_route(noor: Editor, client: TestClient) -> None:
    path = noor.begin("Onvindbaar Zuid")
    for public in ("/zoeken?q=Onvindbaar", "/casussen", "/feeds/", "/sitemap.xml", path):
        answer = client.get(public)
        assert "Onvindbaar Zuid" not in answer.text


def test_what_two_people_enter_in_other_fields_comes_together(
    noor: Editor, enter: Enter, desk: Desk
) -> None:
    sam, path = enter("Sam", "editor"), noor.begin("Pluktuin")
    mine, theirs = noor.get(path), sam.get(path)
    sam.send(theirs, path, **{"0.samenvatting.0": "Van Sam."})
    page = noor.send(mine, path, **{"0.titel.0": "Van Noor"})
    assert "Sam sloeg intussen ook iets op." in noor.get(page.location).answer.text
    values = {it.value for it in drafted(desk, path).record.statements}
    assert {'"Van Sam."@nl', '"Van Noor"@nl'} <= values


@pytest.mark.parametrize(("choice", "kept"), [("mijn", "Van Noor"), ("hun", "Van Sam")])
def test_who_saves_the_same_field_second_chooses(
    noor: Editor, enter: Enter, desk: Desk, choice: str, kept: str
) -> None:
    sam, path = enter("Sam", "editor"), noor.begin("Pluktuin")
    mine, theirs = noor.get(path), sam.get(path)
    sam.send(theirs, path, **{"0.titel.0": "Van Sam"})
    page = noor.send(mine, path, 409, **{"0.titel.0": "Van Noor", "0.samenvatting.0": "Ook."})
    assert "Van Sam" in page.answer.text
    assert "Van Noor" in page.answer.text
    assert drafted(desk, path).title == "Van Sam", "nothing is written over"
    name = next(it for it in page.radios if it.startswith("samen."))
    noor.send(page, path, **{name: choice})
    draft = drafted(desk, path)
    assert draft.title == kept
    assert '"Ook."@nl' in {it.value for it in draft.record.statements}
    assert desk.writers(draft.id) == {"Noor", "Sam"}


@pytest.mark.parametrize(
    ("begin", "path", "given"),
    [
        ("/redactie", "/redactie/nieuw", {"soort": "case", "titel": "Pluktuin"}),
        ("/redactie/wijzig/case/holybe", "/redactie/wijzig/case/holybe", {}),
    ],
)
def test_who_presses_begin_three_times_at_once_has_one_draft(
    noor: Editor, desk: Desk, begin: str, path: str, given: dict[str, str]
) -> None:
    page = noor.get(begin)
    with ThreadPoolExecutor(3) as pool:
        all = [pool.submit(noor.send, page, path, **given) for _ in range(3)]
    (draft,) = desk.drafts()
    form = f"/redactie/concept/{draft.id}"
    assert {it.result().location for it in all} == {form}
    noor.send(noor.get(form), form, actie="opslaan")
    assert noor.send(page, path, **given).location != form, "what was saved is another beginning"


def test_what_is_taken_out_of_a_draft_is_called_as_people_call_it(noor: Editor) -> None:
    path = noor.begin("Pluktuin Zuid")
    for adding in ("nieuw:0.initiatief.0:initiative", "mee:lesson", "mee:source"):
        noor.send(noor.get(path), path, actie=adding)
    text = noor.get(path).answer.text
    for said in ("dit initiatief", "deze les", "deze bron"):
        assert f"Haal {said} uit het concept" in text


def test_what_is_published_with_what_names_it_alone_is_not_begun_by_itself(noor: Editor) -> None:
    page = noor.get("/redactie")
    for kind in ("initiative", "place", "source"):
        assert f'<option value="{kind}">' not in page.answer.text
        noor.send(page, "/redactie/nieuw", 404, soort=kind, titel="Fietsclub R")
    assert "voeg je toe bij de casus waar die bij hoort" in page.answer.text
    for kind in ("case", "lesson", "actor", "media"):
        path = noor.begin("Fietsclub R", kind)
        noor.send(noor.get(path), path)
        assert "Nergens staat een verwijzing naar" not in noor.get(path).answer.text


def test_who_works_in_two_windows_is_told_that_it_was_they(noor: Editor) -> None:
    path = noor.begin("Pluktuin")
    one, other, third = (noor.get(path) for _ in range(3))
    noor.send(one, path, **{"0.titel.0": "Eerst"})
    told = noor.send(other, path, 409, **{"0.titel.0": "Daarna"}).answer.text
    assert "Jij sloeg dit concept op in een ander venster." in told
    assert "<h1>Je werkte hieraan in twee vensters</h1>" in told
    assert "Noor sloeg" not in told
    assert "Wat Noor opsloeg" not in told
    page = noor.send(third, path, **{"0.samenvatting.0": "Ook."})
    told = noor.get(page.location).answer.text
    assert "Jij sloeg intussen ook iets op in een ander venster." in told


def test_what_was_typed_is_not_lost_with_the_session(
    noor: Editor, client: TestClient, desk: Desk, later: Callable[[float], None]
) -> None:
    path = noor.begin("Pluktuin")
    page = noor.get(path)
    later(9)
    page = noor.send(page, path, 403, **{"0.samenvatting.0": "Een lange\r\ntekst & meer"})
    page = noor.send(page, "/redactie/binnen", 200, token=noor.token)
    noor.cookie = page.answer.cookies["wijk-redactie"]
    client.cookies.clear()
    noor.send(page, path)
    values = {it.value for it in drafted(desk, path).record.statements}
    assert '"Een lange\\ntekst & meer"@nl' in values


def test_a_participation_is_added_named_after_its_actor_and_taken_out(
    noor: Editor, desk: Desk
) -> None:
    path = noor.begin("Pluktuin")
    page = noor.get(noor.send(noor.get(path), path, actie="deel:0").location)
    page = noor.send(page, path, **{"0-0.betrokkene.0": "Accolade", "vast.b0.bron": SOURCE})
    part = drafted(desk, path).record.parts[0]
    assert part.name == "accolade"
    assert f"<{SOURCE}>" in {it.value for it in part.statements}
    noor.send(noor.get(path), path, actie="deel-weg:0-0")
    assert drafted(desk, path).record.parts == ()


def test_a_participation_of_who_is_called_new_keeps_its_name(noor: Editor, desk: Desk) -> None:
    path = noor.begin("Pluktuin")
    page = noor.get(noor.send(noor.get(path), path, actie="deel:0").location)
    given = {"0-0.betrokkene.0": "Nieuw Wonen", "actie": "nieuw:0-0.betrokkene.0:actor"}
    noor.send(page, path, **given)
    for title in ("Pluktuin Zuid", "Pluktuin Noord"):
        assert [it.name for it in drafted(desk, path).record.parts] == ["nieuw-wonen"]
        noor.send(noor.get(path), path, **{"0.titel.0": title})


EMPTY = "Hier staat niets. Vul iets in. Of haal de bron weg die hier staat."


@pytest.mark.parametrize(("name", "field"), [("0.plek.0", "Plek"), ("0.thema.alle", "Thema")])
def test_a_source_of_what_is_not_filled_in_is_told_at_its_field(
    noor: Editor, name: str, field: str
) -> None:
    path = noor.begin("Buurthuis Oost")
    told = told_above(noor, path, **{f"{name}.b0.bron": SOURCE})
    assert [field for _, field in told].count(field) == 1, "and not that it is missing too"
    assert EMPTY in noor.get(path).answer.text
    told_above(noor, path, **{f"{name}.b0.bron": ""})
    assert EMPTY not in noor.get(path).answer.text


@pytest.mark.parametrize("typed", ["Eindhoven", "Eindhovn"])
def test_what_is_noted_below_a_value_that_is_cleared_is_kept_and_told(
    noor: Editor, typed: str
) -> None:
    path, note = noor.begin("Buurthuis Oost"), "0.plek.0.b0.toelichting"
    noor.send(noor.get(path), path, **{"0.plek.0": typed, "0.plek.0.b0.bron": SOURCE})
    noor.send(noor.get(path), path, **{"0.plek.0": "", note: "zie blz 44"})
    page = noor.get(path)
    assert page.form(path)[note] == "zie blz 44"
    assert EMPTY in page.answer.text
    noor.send(page, path, **{"0.plek.0.b0.bron": "", note: ""})
    assert EMPTY not in noor.get(path).answer.text
    noor.send(noor.get(path), path, **{"0.plek.0": typed, "0.plek.0.b0.bron": SOURCE})
    noor.send(noor.get(path), path, **{"0.plek.0": ""})
    assert EMPTY not in noor.get(path).answer.text, "what stood below it goes with it"


def test_what_is_noted_for_all_choices_is_kept_and_told_when_none_is_left(
    noor: Editor, desk: Desk
) -> None:
    path, note = noor.begin("Buurthuis Oost"), "0.thema.alle.b0.toelichting"
    theme = f"{drafted(desk, path).record.thing.partition('/id/')[0]}/id/theme/ontmoeting"
    noor.send(noor.get(path), path, **{"0.thema": theme})
    page = noor.get(path)
    assert page.form(path)["0.thema"] == [theme]
    page.forms[path].pop("0.thema")
    noor.send(page, path, **{note: "zie blz 44"})
    page = noor.get(path)
    assert page.form(path)[note] == "zie blz 44"
    assert EMPTY in page.answer.text


def test_what_is_noted_for_all_values_is_kept_and_told_when_the_one_is_cleared(
    noor: Editor,
) -> None:
    path, note = noor.correct("case", "boefjes-en-baristas"), "0.samenvatting.alle.b0.toelichting"
    noor.send(noor.get(path), path, **{"0.samenvatting.0": "", note: "zie blz 44"})
    for _ in range(2):
        page = noor.get(path)
        assert page.form(path)[note] == "zie blz 44"
        assert EMPTY in page.answer.text
        noor.send(page, path, **{"0.titel.0": "Boefjes"})
    noor.send(noor.get(path), path, **{"0.samenvatting.0": "Koffie."})
    page = noor.get(path)
    assert page.form(path)[note] == "zie blz 44"
    noor.send(page, path, **{"0.samenvatting.0": ""})
    page = noor.get(path)
    assert EMPTY not in page.answer.text, "what stood there for all goes with the last"


def test_what_becomes_a_new_thing_is_called_as_it_was_typed(noor: Editor, desk: Desk) -> None:
    path = noor.begin("Buurthuis Oost")
    given = {"0.plek.0": "De Muntel", "actie": "nieuw:0.plek.0:place"}
    noor.send(noor.get(path), path, **given)
    assert [called(it) for it in drafted(desk, path).records] == ["Buurthuis Oost", "De Muntel"]


def test_a_source_that_is_not_known_is_told_once_with_what_to_do(
    enter: Enter,
) -> None:
    anna = enter("Anna", "writer")
    path = anna.begin("Buurthuis Oost")
    given = {"vast.b0.bron": "https://krant.example.org/buurthuis-oost"}
    given |= {"0.bundel.0": "Wij in de wijk 2", "0.plek.0": "Amsterdam-Zuid"}
    given |= {"0.samenvatting.0": "Buren namen taken over.", "0.initiatief.0": "Buurthuis Oost"}
    given |= {"0.stand.0": "naam bekend"}
    told = anna.send(anna.get(path), path, actie="opslaan", **given)
    listed = anna.get(told.location).answer.text.partition('class="foutenlijst"')[2]
    listed = listed.partition("</ul>")[0]
    assert listed.count("<li>") == 2, "the source and the initiative; not what follows from those"
    assert "Stand en initiatief" not in listed
    adding = f"bron:vast.b0:{given['vast.b0.bron']}"
    told = anna.send(anna.get(path), path, actie=adding)
    listed = anna.get(told.location).answer.text.partition('class="foutenlijst"')[2]
    assert "Waar komt" not in listed, "all that rests on that source rests on it now"
    assert "Nergens staat een verwijzing" not in listed


def test_a_source_that_is_not_known_is_told_at_each_of_its_fields_and_once_above(
    enter: Enter,
) -> None:
    anna = enter("Anna", "writer")
    path = anna.begin("Buurthuis Oost")
    given = {"0.samenvatting.0": "Buren namen taken over."}
    page = anna.get(anna.send(anna.get(path), path, **given).location)
    places = ("0.titel.0.b0.bron", "0.samenvatting.0.b0.bron", "0.thema.alle.b0.bron")
    themes = re.findall(r'name="0.thema" value="([^"]+)"', page.answer.text)
    given = {**dict.fromkeys(places, "De wijkkrant"), "0.thema": themes[0]}
    page = anna.get(anna.send(page, path, **given).location)
    listed = page.answer.text.partition('class="foutenlijst"')[2].partition("</ul>")[0]
    assert listed.count("“De wijkkrant” is hier nog niet bekend als bron.") == 1
    assert "Dit staat op 3 plekken." in listed
    assert [it for it in places if f'id="{it}.f0"' in page.answer.text] == [*places]
    assert "Waar komt" not in page.answer.text
    review = anna.get(f"{path}/beoordelen").answer.text
    assert review.count("“De wijkkrant” is hier nog niet bekend als bron.") == 1


def told_above(editor: Editor, path: str, **given: str) -> list[tuple[str, str]]:
    """What stands above a form that was saved with these: where it leads to, and the field."""
    saved = editor.send(editor.get(path), path, actie="opslaan", **given)
    page = editor.get(saved.location).answer.text
    listed = page.partition('class="foutenlijst"')[2].partition("</ul>")[0]
    found = re.findall(r'<li><a href="#([^"]*)">([^<:]*):', listed)
    assert len(found) == listed.count("<li>"), "each names its field"
    assert all(f'id="{at}"' in page for at, _ in found)
    return found


def test_what_is_wrong_with_evidence_is_told_at_its_field(noor: Editor) -> None:
    path = noor.correct("case", "boefjes-en-baristas")
    sure = "0.samenvatting.alle.b0.zekerheid"
    disputed = {sure: "https://w3id.org/wijindewijk/id/status/disputed"}
    assert {*told_above(noor, path, **disputed)} == {(sure, "Samenvatting, zekerheid")}
    note = {"0.titel.0.b0.toelichting": "Hoofdstuk\ufffe 6."}
    assert ("0.titel.0.b0.toelichting", "Titel, toelichting") in told_above(noor, path, **note)


def test_what_is_wrong_with_a_value_is_not_told_again_of_its_evidence(noor: Editor) -> None:
    path = noor.correct("case", "choku-gym")
    title = {"0.titel.0": "Choku\ufffe Gym"}
    assert told_above(noor, path, **title) == [("0.titel.0", "Titel")]
    usual = {"vast.b0.bron": SOURCE, "vast.b0.toelichting": "Blz.\ufffe 6"}
    path = noor.begin("Buurthuis Oost")
    told = told_above(noor, path, **usual, **{"0.samenvatting.0": "Buren namen het over."})
    assert [it for it in told if "oelichting" in it[1]] == [
        ("vast.b0.toelichting", "Vaste bron, toelichting")
    ]


def test_a_usual_source_that_is_not_known_is_told_where_it_stands_alone(enter: Enter) -> None:
    anna = enter("Anna", "writer")
    path = anna.begin("Buurthuis Oost")
    page = anna.get(anna.send(anna.get(path), path, actie="deel:0").location)
    given = {"0.samenvatting.0": "Buren namen taken over.", "0-0.betrokkene.0": "Accolade"}
    page = anna.get(anna.send(page, path, **{"vast.b0.bron": "De wijkkrant"}, **given).location)
    assert page.answer.text.count("“De wijkkrant” is hier nog niet bekend") == 2, "above and there"
    assert 'id="vast.b0.bron.f0"' in page.answer.text
    assert "Waar komt" not in page.answer.text


def test_a_lesson_that_is_there_joins_the_draft_of_a_case(enter: Enter, desk: Desk) -> None:
    anna = enter("Anna", "writer")
    path = anna.begin("Buurthuis Oost")
    named = {"bestaande-les": "Kneuterigheid verdient een standbeeld"}
    told = anna.send(anna.get(path), path, actie="les", **named)
    assert "Les: Kneuterigheid verdient een standbeeld" in anna.get(told.location).answer.text
    draft = desk.draft(path.rpartition("/")[2])
    assert draft is not None
    assert [it.kind for it in draft.records] == ["case", "lesson"]
    assert f"<{draft.record.thing}>" in {it.value for it in draft.records[1].statements}
    told = anna.send(anna.get(path), path, actie="les", **{"bestaande-les": "Geen les"})
    assert 'value="Geen les"' in anna.get(told.location).answer.text, "what was typed comes back"


def test_what_is_in_no_list_is_suggested_for_what_is_typed(enter: Enter) -> None:
    anna = enter("Anna", "writer")
    found = anna.client.get("/redactie/voorstel/actor?q=brabantz", headers=anna.headers).json()
    assert found[0] == "BrabantZorg"
    assert anna.client.get("/redactie/voorstel/actor?q=", headers=anna.headers).json() == []
