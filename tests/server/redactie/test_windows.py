"""Two windows on one draft: what was typed in either stands in it, or one chooses."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wijk.editing.desk.desk import Desk
from wijk.editing.desk.drafts import Draft, source_as_typed
from wijk.editing.meaning import called

from .conftest import Editor, Page

pytestmark = pytest.mark.process
Enter = Callable[[str, str], Editor]
USUAL, NOTE, TITLE, SUMMARY = "vast.b0.bron", "vast.b0.toelichting", "0.titel.0", "0.samenvatting.0"
SLUG, ADDRESS, PLACE = "0.adresnaam", "1.webadres", "0.plek.0"
ACTOR, TOLD = "0-0.betrokkene.0", "0-0.toelichting.0"
ANNA, BERT = "https://example.org/bron-van-anna", "https://example.org/bron-van-bert"
COR = "https://example.org/bron-van-cor"


@pytest.fixture
def anna(enter: Enter) -> Editor:
    return enter("Anna", "editor")


@pytest.fixture
def bert(enter: Enter) -> Editor:
    return enter("Bert", "editor")


def there(desk: Desk, path: str) -> Draft:
    """The draft of that form."""
    found = desk.draft(path.rpartition("/")[2])
    assert found is not None
    return found


def form(editor: Editor, path: str) -> dict[str, str]:
    """The texts that stand in the form."""
    return {name: it for name, it in editor.get(path).form(path).items() if isinstance(it, str)}


def chosen(editor: Editor, page: Page, path: str, choice: str) -> None:
    """Choose the same for each field of the page of choices."""
    editor.send(page, path, **dict.fromkeys(page.radios, choice))


def test_the_usual_source_of_the_one_stays_when_the_other_saves_an_older_form(
    anna: Editor, bert: Editor
) -> None:
    path = anna.begin("Proef vier")
    older = bert.get(path)
    anna.send(anna.get(path), path, **{USUAL: ANNA, NOTE: "blz 9"})
    bert.send(older, path, **{PLACE: "Utrecht", TITLE: "Proef vijf"})
    now = form(anna, path)
    assert (now[USUAL], now[NOTE]) == (ANNA, "blz 9")
    assert now[PLACE].startswith("Utrecht")
    assert (now[TITLE], now[f"{TITLE}.b0.bron"]) == ("Proef vijf", ANNA)


@pytest.mark.parametrize(("choice", "kept"), [("mijn", BERT), ("hun", ANNA)])
def test_of_two_usual_sources_one_is_chosen_and_what_it_filled_in_follows(
    anna: Editor, bert: Editor, choice: str, kept: str
) -> None:
    path = anna.begin("Proef vier")
    anna.send(anna.get(path), path, actie="deel:0", **{SUMMARY: "Samen."})
    anna.send(anna.get(path), path, **{ACTOR: "Bewoners van A"})
    older = bert.get(path)
    anna.send(anna.get(path), path, **{USUAL: ANNA})
    page = bert.send(older, path, 409, **{USUAL: BERT, NOTE: "blz 3"})
    assert "<legend>Bron van de vaste bron</legend>" in page.answer.text
    for told in (ANNA, BERT):
        assert f'<p class="plak">{told}</p>' in page.answer.text
    assert form(anna, path)[USUAL] == ANNA, "nothing is written over"
    chosen(bert, page, path, choice)
    now = form(bert, path)
    assert (now[USUAL], now[NOTE]) == (kept, "blz 3")
    for follows in (f"{TITLE}.b0.bron", f"{SUMMARY}.b0.bron", "0-0.bron.0"):
        assert now[follows] == kept, follows


@pytest.mark.parametrize(("choice", "kept"), [("mijn", BERT), ("hun", COR)])
def test_who_chooses_while_another_saves_that_too_is_asked_again(
    anna: Editor, bert: Editor, enter: Enter, choice: str, kept: str
) -> None:
    cor, path = enter("Cor", "editor"), anna.begin("Proef vier")
    older = bert.get(path)
    anna.send(anna.get(path), path, **{USUAL: ANNA, SUMMARY: f"Van {ANNA}"})
    page = bert.send(older, path, 409, **{USUAL: BERT, SUMMARY: f"Van {BERT}"})
    cor.send(cor.get(path), path, **{USUAL: COR, SUMMARY: f"Van {COR}"})
    page = bert.send(page, path, 409, **dict.fromkeys(page.radios, choice))
    for told in (BERT, COR, f"Van {BERT}", f"Van {COR}"):
        assert f'<p class="plak">{told}</p>' in page.answer.text
    assert "Wat Cor opsloeg" in page.answer.text
    assert form(cor, path)[USUAL] == COR, "nothing is written over"
    chosen(bert, page, path, choice)
    now = form(bert, path)
    assert (now[USUAL], now[SUMMARY]) == (kept, f"Van {kept}")


def test_a_name_in_the_address_and_a_web_address_stay_when_an_older_form_is_saved(
    anna: Editor,
) -> None:
    path = anna.begin("Proef vier")
    anna.send(anna.get(path), path, actie="mee:source")
    older = anna.get(path)
    anna.send(anna.get(path), path, **{SLUG: "mijn-eigen-naam", ADDRESS: ANNA, USUAL: ANNA})
    anna.send(older, path, **{SUMMARY: "Samen."})
    now = form(anna, path)
    assert (now[SLUG], now[ADDRESS], now[USUAL]) == ("mijn-eigen-naam", ANNA, ANNA)
    assert now[SUMMARY] == "Samen."


@pytest.mark.parametrize("choice", ["mijn", "hun"])
def test_of_two_names_in_the_address_and_two_web_addresses_one_is_chosen(
    anna: Editor, bert: Editor, desk: Desk, choice: str
) -> None:
    path = anna.begin("Proef vier")
    anna.send(anna.get(path), path, actie="bron::De wijkkrant", **{USUAL: "De wijkkrant"})
    older = bert.get(path)
    anna.send(anna.get(path), path, **{SLUG: "van-anna", ADDRESS: ANNA})
    page = bert.send(older, path, 409, **{SLUG: "van-bert", ADDRESS: BERT})
    for told in ("Naam in het adres van Proef vier", "Webadres van De wijkkrant"):
        assert f"<legend>{told}</legend>" in page.answer.text
    for told in ("van-anna", "van-bert", ANNA, BERT):
        assert f'<p class="plak">{told}</p>' in page.answer.text
    chosen(bert, page, path, choice)
    name, address = ("van-bert", BERT) if choice == "mijn" else ("van-anna", ANNA)
    draft = there(desk, path)
    assert (draft.slug, draft.records[1].thing) == (name, address)
    assert draft.usual
    assert draft.usual.source == address, "what refers to it follows"


def test_a_source_keeps_the_name_that_is_typed_along_with_its_address(
    anna: Editor, desk: Desk
) -> None:
    path = anna.begin("Proef vier")
    anna.send(anna.get(path), path, actie="bron::De wijkkrant")
    anna.send(anna.get(path), path, **{ADDRESS: ANNA, "1.adresnaam": "eigen-naam"})
    assert there(desk, path).records[1].slug == "eigen-naam"
    anna.send(anna.get(path), path, **{ADDRESS: BERT})
    assert there(desk, path).records[1].slug == "eigen-naam"


def takes_part(anna: Editor, *actors: str) -> str:
    """The path of a draft in which those take part, none of whom is known."""
    path = anna.begin("Proef vier")
    for at, actor in enumerate(actors):
        anna.send(anna.get(path), path, actie="deel:0")
        anna.send(anna.get(path), path, **{f"0-{at}.betrokkene.0": actor})
    return path


def test_who_takes_part_is_one_when_one_window_says_who_and_the_other_what(
    anna: Editor, desk: Desk
) -> None:
    path = takes_part(anna, "Bewoners van A")
    older = anna.get(path)
    anna.send(anna.get(path), path, **{ACTOR: "LCC Plus Projecten"})
    anna.send(anna.get(path), path, actie="deel:0")
    anna.send(older, path, **{TOLD: "Zij hielpen elke zaterdag mee."})
    now, (part,) = form(anna, path), there(desk, path).record.parts
    assert (now[ACTOR], now[TOLD]) == ("LCC Plus Projecten", "Zij hielpen elke zaterdag mee.")
    assert part.name == "lcc-plus-projecten"


@pytest.mark.parametrize(("choice", "kept"), [("mijn", "Accolade"), ("hun", "LCC Plus Projecten")])
def test_of_two_who_take_part_in_one_place_one_is_chosen(
    anna: Editor, bert: Editor, desk: Desk, choice: str, kept: str
) -> None:
    path = takes_part(anna, "Bewoners van A", "Bewoners van B")
    older = bert.get(path)
    anna.send(anna.get(path), path, **{ACTOR: "LCC Plus Projecten"})
    page = bert.send(older, path, 409, **{ACTOR: "Accolade"})
    for told in ("Accolade", "LCC Plus Projecten"):
        assert f'<p class="plak">{told}</p>' in page.answer.text
    assert '<p class="onbekend">Niets</p>' not in page.answer.text
    chosen(bert, page, path, choice)
    now = form(bert, path)
    assert (now[ACTOR], now["0-1.betrokkene.0"]) == (kept, "Bewoners van B")
    assert len(there(desk, path).record.parts) == 2


def test_who_takes_part_stays_apart_from_who_was_taken_out_before_them(
    anna: Editor, bert: Editor, desk: Desk
) -> None:
    path = takes_part(anna, "Bewoners van A", "Bewoners van B")
    anna.send(anna.get(path), path, **{"0-1.toelichting.0": "Zij koken."})
    older = bert.get(path)
    anna.send(anna.get(path), path, actie="deel-weg:0-0")
    anna.send(anna.get(path), path, **{ACTOR: "LCC Plus Projecten"})
    bert.send(older, path, **{"0-1.rol.0.b0.bron": "", SUMMARY: "Samen."})
    now = form(bert, path)
    assert (now[ACTOR], now[TOLD]) == ("LCC Plus Projecten", "Zij koken.")
    assert len(there(desk, path).record.parts) == 1


@pytest.mark.parametrize(("button", "left"), [("0-2", ["B"]), ("0-1", ["C"]), ("0-0", ["B", "C"])])
def test_a_button_takes_out_who_stood_beside_it_also_when_another_was_taken_out_before(
    anna: Editor, bert: Editor, button: str, left: list[str]
) -> None:
    path = takes_part(anna, "Bewoners van A", "Bewoners van B", "Bewoners van C")
    older = bert.get(path)
    anna.send(anna.get(path), path, actie="deel-weg:0-0")
    bert.send(older, path, actie=f"deel-weg:{button}")
    now = form(anna, path)
    those = [now[f"0-{at}.betrokkene.0"] for at in range(3) if f"0-{at}.betrokkene.0" in now]
    assert those == [f"Bewoners van {it}" for it in left]


@pytest.mark.parametrize(("button", "left"), [("3", ["B"]), ("2", ["C"]), ("1", ["B", "C"])])
def test_a_button_takes_out_the_thing_it_stood_beside_also_when_another_was_taken_out_before(
    anna: Editor, bert: Editor, desk: Desk, button: str, left: list[str]
) -> None:
    path = anna.begin("Proef vier")
    for name in ("A", "B", "C"):
        anna.send(anna.get(path), path, actie=f"bron::Krant {name}")
    older = bert.get(path)
    anna.send(anna.get(path), path, actie="ding-weg:1")
    bert.send(older, path, actie=f"ding-weg:{button}")
    now = form(anna, path)
    those = [now[f"{at}.titel.0"] for at in range(1, len(there(desk, path).records))]
    assert those == [f"Krant {it}" for it in left]


def test_what_is_called_new_something_does_not_get_another_name_at_each_look(
    anna: Editor, desk: Desk
) -> None:
    path = anna.begin("Proef vier")
    anna.send(anna.get(path), path, actie="deel:0")
    typed = {ACTOR: "Nieuw 1"}
    anna.send(anna.get(path), path, actie="nieuw:0-0.betrokkene.0:actor", **typed)
    before = there(desk, path)
    anna.get(path)
    now = there(desk, path)
    assert now.version == before.version
    assert [it.name for it in now.record.parts] == ["nieuw-1"]


def test_what_is_typed_of_a_thing_never_becomes_of_another_in_its_place(
    anna: Editor, bert: Editor, desk: Desk
) -> None:
    path = anna.begin("Proef vier")
    anna.send(anna.get(path), path, actie="nieuw:0.plek.0:place", **{PLACE: "Bertplein"})
    older = bert.get(path)
    anna.send(anna.get(path), path, actie="ding-weg:1")
    anna.send(anna.get(path), path, actie="nieuw:0.plek.1:place", **{"0.plek.1": "Annaplein"})
    anna.send(anna.get(path), path, **{"1.toelichting.0": "Van Anna"})
    bert.send(older, path, **{"1.toelichting.0": "Bertplein is klein"})
    told = {it.slug: "".join(s.value for s in it.statements) for it in there(desk, path).records}
    assert "Van Anna" in told["annaplein"]
    assert "klein" not in told["annaplein"]
    assert "Bertplein is klein" in told["bertplein"]
    bert.send(older, path, actie="ding-weg:1")
    assert "annaplein" in [it.slug for it in there(desk, path).records]


def test_what_is_typed_of_who_takes_part_never_becomes_of_another_in_that_place(
    anna: Editor, bert: Editor
) -> None:
    path = takes_part(anna, "Bewoners van A")
    older = bert.get(path)
    anna.send(anna.get(path), path, actie="deel-weg:0-0")
    anna.send(anna.get(path), path, actie="deel:0")
    anna.send(anna.get(path), path, **{ACTOR: "Accolade"})
    page = bert.client.post(
        path, data=older.form(path) | {TOLD: "Zij koken."}, headers=bert.headers
    )
    if page.status_code == 409:
        chosen(bert, Page(page), path, "mijn")
    now = form(anna, path)
    at = next(name for name, it in now.items() if it == "Accolade").partition(".")[0]
    assert now.get(f"{at}.toelichting.0", "") == ""
    assert "Zij koken." in now.values()


def test_who_chooses_a_new_source_that_is_called_the_same_has_nothing_to_choose(
    anna: Editor, bert: Editor
) -> None:
    path, krant = anna.begin("Proef vier"), "De krant"
    older, button = bert.get(path), f"bron:vast.b0:{krant}"
    anna.send(anna.get(path), path, actie=button, **{USUAL: krant})
    bert.send(older, path, actie=button, **{USUAL: krant})
    assert form(bert, path)[USUAL] == krant


@pytest.mark.parametrize("cleared", [False, True])
def test_a_button_makes_new_what_stood_beside_it_whatever_came_before_it_meanwhile(
    anna: Editor, bert: Editor, desk: Desk, cleared: bool
) -> None:
    path, first, second = anna.begin("Proef vier"), "0.initiatief.0", "0.initiatief.1"
    anna.send(anna.get(path), path, **{first: "Tuin van toen"})
    older = bert.get(path)
    anna.send(anna.get(path), path, **{second: "Aardig Anna-initiatief"})
    mine = {first: ""} if cleared else {}
    button = f"nieuw:{second}:initiative"
    bert.send(older, path, **mine, **{second: "Tuin van Bert", "actie": button})
    draft = there(desk, path)
    assert [called(it) for it in draft.records] == ["Proef vier", "Tuin van Bert"]
    now = form(bert, path)
    rows = {now.get(f"0.initiatief.{at}") for at in range(4)} - {None}
    both = {"Aardig Anna-initiatief", "Tuin van Bert"}
    assert rows == both | (set() if cleared else {"Tuin van toen"})


def read_as(draft: Draft) -> set[str | None]:
    """The sources of all evidence in it, with the usual, as they were typed."""
    proofs = [e for it in draft.records for each in it.statements for e in each.evidence]
    usual = [draft.usual] if draft.usual else []
    return {source_as_typed(it.source) for it in (*proofs, *usual) if it.source}


@pytest.mark.parametrize("first", ["named", "taken out"])
def test_a_new_source_that_is_taken_out_is_called_what_it_was_wherever_it_was_named(
    anna: Editor, desk: Desk, first: str
) -> None:
    path, krant = takes_part(anna, "Bewoners van A"), "De wijkkrant"
    anna.send(anna.get(path), path, actie=f"bron::{krant}")
    older, named = anna.get(path), {USUAL: krant, f"{TITLE}.b0.bron": krant, SUMMARY: "Samen."}
    if first == "named":
        anna.send(older, path, **named)
        anna.send(anna.get(path), path, actie="ding-weg:1")
    else:
        anna.send(anna.get(path), path, actie="ding-weg:1")
        anna.send(older, path, **named)
    now = form(anna, path)
    for name in (USUAL, f"{TITLE}.b0.bron", f"{SUMMARY}.b0.bron", "0-0.bron.0"):
        assert now[name] == krant, name
    assert read_as(there(desk, path)) == {krant}
    assert "urn:wijk" not in anna.get(path).answer.text
    anna.send(anna.get(path), path, **{USUAL: ANNA})
    assert form(anna, path)["0-0.bron.0"] == ANNA, "what followed the usual source still does"


FIELDS = (USUAL, NOTE, TITLE, SUMMARY, SLUG, ADDRESS, PLACE, ACTOR, TOLD, "1.titel.0")
KNOWN = {PLACE: ("Utrecht (provincie)", "Oss"), ACTOR: ("LCC Plus Projecten", "Accolade")}
SAVES = st.lists(st.sampled_from(FIELDS), min_size=1, max_size=6, unique=True)


def typed(who: int, names: list[str]) -> dict[str, str]:
    """What one of two types in those fields: what the other does not."""

    def text(name: str) -> str:
        if name in KNOWN:
            return KNOWN[name][who]
        start = {USUAL: "https://example.org/", ADDRESS: "https://krant.example/"}.get(name, "")
        return f"{start}van-{who}-{FIELDS.index(name)}"

    return {name: text(name) for name in names}


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(first=SAVES, second=SAVES)
def test_whatever_either_types_stands_in_the_draft_or_on_the_page_of_choices(
    anna: Editor, bert: Editor, desk: Desk, later: Callable[[float], None],
    first: list[str], second: list[str],
) -> None:  # fmt: skip
    later(0.1)
    path = takes_part(anna, "Bewoners van A")
    anna.send(anna.get(path), path, actie="mee:source")
    older, one, other = bert.get(path), typed(0, first), typed(1, second)
    anna.send(anna.get(path), path, **one)
    answer = bert.client.post(path, data=older.form(path) | other, headers=bert.headers)
    if answer.status_code == 409:
        chosen(bert, Page(answer), path, "mijn")
    now = form(bert, path).values()
    assert set(other.values()) <= set(now)
    for it in one.values():
        assert it in now or f'<p class="plak">{it}</p>' in answer.text, it
    assert len(there(desk, path).record.parts) == 1
    desk.move(there(desk, path), "dropped")
