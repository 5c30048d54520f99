"""Two people on one case, each with a draft of their own: both is there, or one chooses."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shutil import copytree

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from wijk import snapshot
from wijk.editing.desk.desk import Desk
from wijk.engine.embedded import Embedded
from wijk.snapshot import Snapshot
from wijk.web.app import create
from wijk.web.site import Site

from .conftest import ORIGIN, Clock, Editor, Page

pytestmark = pytest.mark.process
Enter = Callable[[str, str], Editor]
SLUG = "boefjes-en-baristas"
TITLE, SUMMARY = "0.titel.0", "0.samenvatting.0"
FOLDERS = ("data", "ontology", "queries", "shapes")


@dataclass
class There:
    """A folder that is published in, and the application that serves it."""

    folder: Path
    app: FastAPI
    client: TestClient
    asked: bool = False

    @property
    def file(self) -> Path:
        """The file of the case."""
        return self.folder / "data" / "cases" / f"{SLUG}.ttl"

    @property
    def base(self) -> str:
        """How the addresses of the data begin."""
        taken: Snapshot = self.app.state.site.snapshot
        return taken.base

    @property
    def last(self) -> datetime:
        """When something was published last."""
        found: datetime | None = self.app.state.site.log.last
        assert found is not None
        return found

    def anew(self) -> None:
        """Serve the folder as it is now, as the server does; when `asked`, by its engine too."""
        state, taken = self.app.state, snapshot.read(self.folder).snapshot
        state.site = Site(taken, state.site.engine)
        if self.asked:
            self._load(taken)

    def _load(self, taken: Snapshot) -> None:
        assert self.client.portal is not None
        state = self.app.state
        self.client.portal.call(state.site.engine.load, taken.nquads(), taken.digest)


@pytest.fixture(scope="module")
def there(
    root: Path, shipped: Snapshot, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[There]:
    """A copy of the graph as shipped."""
    folder = tmp_path_factory.mktemp("graph")
    for name in FOLDERS:
        copytree(root / name, folder / name)
    engine = Embedded(shipped.prefixes, f"{shipped.base}sparql")
    app = create(snapshot.read(folder).snapshot, engine)
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield There(folder, app, client)


@pytest.fixture
def client(there: There, desk: Desk) -> Iterator[TestClient]:
    """Who is nobody yet; what a test publishes is taken back after it."""
    data = there.folder / "data"
    before = {it: it.read_bytes() for it in data.rglob("*") if it.is_file()}
    there.app.state.desk = desk
    there.client.cookies.clear()
    yield there.client
    for file in [it for it in data.rglob("*") if it.is_file()]:
        if file not in before:
            file.unlink()
        elif file.read_bytes() != before[file]:
            file.write_bytes(before[file])
    there.anew()
    there.asked = False


def sent(writer: Editor, **changed: str) -> str:
    """The path of a draft of the case with these fields changed, that waits for a review."""
    path = writer.correct("case", SLUG)
    writer.send(writer.get(path), path, actie="insturen", **changed)
    return path


def agreed(editor: Editor, path: str, status: int = 303) -> Page:
    """Publish a draft."""
    page = editor.get(f"{path}/beoordelen")
    return editor.send(page, f"{path}/publiceren", status, waarom="Gezien.")


def linked(editor: Editor, path: str) -> str:
    """The path of a new link to read a draft along."""
    page = editor.send(editor.get(f"{path}/beoordelen"), f"{path}/meelezen", 200, dagen="1")
    found = re.search(r"/redactie/meelezen/[\w-]+", page.answer.text)
    assert found is not None
    return found[0]


def test_what_two_drafts_change_in_other_fields_is_both_published(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, bas, rik = enter("Anna", "writer"), enter("Bas", "writer"), enter("Rik", "editor")
    one = sent(anna, **{TITLE: "Boefjes, barista's en buren"})
    other = sent(bas, **{SUMMARY: "Buren drinken hier koffie."})
    agreed(rik, one)
    there.anew()
    agreed(rik, other)
    there.anew()
    text = there.file.read_text(encoding="utf-8")
    assert "Boefjes, barista's en buren" in text
    assert "Buren drinken hier koffie." in text


@pytest.mark.parametrize(("choice", "kept"), [("mijn", "Van Bas."), ("hun", "Van Anna.")])
def test_who_publishes_the_same_field_second_chooses_and_it_is_reviewed_again(
    there: There, client: TestClient, enter: Enter, desk: Desk, choice: str, kept: str
) -> None:
    anna, bas, rik = enter("Anna", "writer"), enter("Bas", "writer"), enter("Rik", "editor")
    one = sent(anna, **{SUMMARY: "Van Anna."})
    other = sent(bas, **{SUMMARY: "Van Bas.", TITLE: "Boefjes en buren"})
    agreed(rik, one)
    there.anew()
    page = agreed(rik, other, 409)
    assert "Van Anna." in page.answer.text
    assert "Van Bas." in page.answer.text
    assert "Van Anna." in there.file.read_text(encoding="utf-8"), "nothing is overwritten"
    name = page.radios[0]
    page = bas.get(f"{other}/samenvoegen", 409)
    bas.send(page, f"{other}/samenvoegen", **{name: choice})
    draft = desk.draft(other.rpartition("/")[2])
    assert draft is not None
    assert (draft.state, draft.title) == ("draft", "Boefjes en buren")
    page = bas.get(f"{other}/beoordelen")
    bas.send(page, f"{other}/insturen")
    agreed(rik, other)
    text = there.file.read_text(encoding="utf-8")
    assert kept in text
    assert "Boefjes en buren" in text


def test_an_edit_in_a_file_meanwhile_is_in_what_is_published(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = sent(anna, **{SUMMARY: "Van Anna."})
    text = there.file.read_text(encoding="utf-8")
    assert "Boefjes en Barista's\"@nl" in text
    there.file.write_text(text.replace("Boefjes en Barista's\"@nl", 'Anders"@nl'), "utf-8")
    there.anew()
    agreed(rik, path)
    text = there.file.read_text(encoding="utf-8")
    assert '"Anders"@nl' in text
    assert "Van Anna." in text


def test_an_edit_of_the_same_in_a_file_meanwhile_is_told_and_stays(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = sent(anna, **{TITLE: "Van Anna"})
    text = there.file.read_text(encoding="utf-8")
    edited = text.replace("Boefjes en Barista's\"@nl", 'Anders"@nl')
    there.file.write_text(edited, "utf-8")
    there.anew()
    page = agreed(rik, path, 409)
    assert "Anders" in page.answer.text
    assert there.file.read_text(encoding="utf-8") == edited


def test_what_is_agreed_with_twice_is_published_once(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = sent(anna, **{SUMMARY: "Van Anna."})
    page = rik.get(f"{path}/beoordelen")
    for _ in range(2):
        again = rik.send(page, f"{path}/publiceren", waarom="Gezien.")
        assert again.location == f"{path}/beoordelen"
    there.anew()
    history = rik.get(f"/redactie/geschiedenis/case/{SLUG}").answer.text
    assert history.count('<h2 id="versie-') == 2
    assert history.count("Gezien.") == 1


def test_what_is_put_back_twice_at_once_is_put_back_once(
    there: There, client: TestClient, enter: Enter
) -> None:
    ada = enter("Ada", "administrator")
    agreed(enter("Rik", "editor"), sent(enter("Anna", "writer"), **{SUMMARY: "Van Anna."}))
    there.anew()
    path = f"/redactie/geschiedenis/case/{SLUG}"
    page = ada.get(path)
    back = next(it for it in page.forms if "terugzetten" in it)
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(ada.send, page, back, waarom="Beter.") for _ in range(2)]
    assert [it.result().location for it in both] == [path, path]
    there.anew()
    assert ada.get(path).answer.text.count("Beter.") == 1


def test_what_is_withdrawn_twice_at_once_is_withdrawn_once(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    ada, away = enter("Ada", "administrator"), f"/redactie/intrekken/case/{SLUG}"
    page, path = ada.get(away), f"/redactie/geschiedenis/case/{SLUG}"
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(ada.send, page, away, reden="Op verzoek.") for _ in range(2)]
    assert [it.result().location for it in both] == [path, path]
    there.anew()
    assert ada.send(page, away, reden="Op verzoek.").location == path
    assert [it.act for it in desk.acts()].count("ingetrokken") == 1
    told = enter("Ben", "administrator")
    csrf = str(told.get("/redactie").form("/redactie/uit")["csrf"])
    text = told.send(page, away, 409, reden="Op verzoek.", csrf=csrf).answer.text
    assert "Dit is intussen ingetrokken" in text, "somebody else did"


def put(there: There, old: str, new: str, served: bool = True) -> None:
    """Edit the file of the case, as with git."""
    text = there.file.read_text(encoding="utf-8")
    assert old in text
    there.file.write_text(text.replace(old, new), "utf-8")
    if served:
        there.anew()


def test_who_merges_without_a_choice_did_not_write_and_reviews_it(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = sent(anna, **{SUMMARY: "Van Anna."})
    put(there, "Boefjes en Barista's\"@nl", 'Anders"@nl')
    page = rik.get(f"{path}/samenvoegen")
    assert "Dat past bij elkaar." in page.answer.text
    rik.send(page, f"{path}/samenvoegen")
    id = path.rpartition("/")[2]
    assert desk.writers(id) == {"Anna"}
    assert (desk.acts(id)[0].act, desk.acts(id)[0].by) == ("samengevoegd", "Rik")
    anna.send(anna.get(f"{path}/beoordelen"), f"{path}/insturen")
    agreed(rik, path)
    text = there.file.read_text(encoding="utf-8")
    assert '"Anders"@nl' in text
    assert "Van Anna." in text


def test_who_chooses_is_told_beforehand_that_someone_else_reviews(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = sent(anna, **{TITLE: "Van Anna"})
    put(there, "Boefjes en Barista's\"@nl", 'Anders"@nl')
    page = rik.get(f"{path}/samenvoegen", 409)
    assert "iemand anders moet het daarna beoordelen" in page.answer.text
    rik.send(page, f"{path}/samenvoegen", **{page.radios[0]: "hun"})
    id = path.rpartition("/")[2]
    assert desk.writers(id) == {"Anna", "Rik"}
    draft = desk.draft(id)
    assert draft is not None
    assert draft.title == "Anders", "it is called what was chosen"


def test_a_folder_that_is_changed_and_not_served_is_told(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = sent(anna, **{TITLE: "Van Anna"})
    put(there, "Boefjes en Barista's\"@nl", 'Anders"@nl', served=False)
    for broken in ("", "}"):
        put(there, 'Anders"@nl', f'Anders"@nl{broken}', served=False)
        page = agreed(rik, path, 409).answer.text
        assert "De map met de gegevens is veranderd en klopt nog niet" in page
        assert "Dat past bij elkaar" not in page
    page = rik.get(f"{path}/samenvoegen").answer.text
    assert "Er valt niets samen te voegen." in page


def test_what_is_wrong_in_another_file_is_told_as_that(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = sent(anna, **{TITLE: "Van Anna"})
    other = there.file.with_name("holybe.ttl")
    before = other.read_bytes()
    other.write_bytes(before + b"}\n")
    try:
        text = agreed(rik, path, 409).answer.text
    finally:
        other.write_bytes(before)
    assert "Dat ligt niet aan jou: er is iets anders mis in de gegevens." in text
    assert re.search(r"In casus “HOLYBE[^”]*” \(data/cases/holybe.ttl, regel \d+\)", text, re.I)
    assert "Wie deze site beheert, kan dat verbeteren." in text
    assert "Gecontroleerd: in dit concept is niets fout." in text
    assert "Verbeter eerst wat er fout is." not in text
    agreed(rik, path)


def test_a_new_case_at_the_address_of_what_was_withdrawn_is_told_in_one_sentence(
    there: There, client: TestClient, enter: Enter
) -> None:
    ada = enter("Ada", "administrator")
    path, away = ada.begin("Pluktuin Zuid"), f"/redactie/intrekken/case/{SLUG}"
    ada.send(ada.get(away), away, reden="Op verzoek.")
    there.anew()
    ada.send(ada.get(path), path, **{"0.adresnaam": SLUG})
    text = ada.get(f"{path}/beoordelen").answer.text
    assert text.count("Op dit adres stond iets dat is ingetrokken.") == 1
    assert "maar er staat nog iets over" not in text
    assert "Op dit adres staat al iets anders" not in text
    assert "Op dit adres stond iets dat is ingetrokken." in merged(ada, path)


def merged(editor: Editor, path: str, version: str = "2") -> str:
    """What is told when a draft that cannot be merged is merged."""
    csrf = str(editor.get("/redactie").form("/redactie/uit")["csrf"])
    given = {"csrf": csrf, "versie": version}
    answer = editor.client.post(f"{path}/samenvoegen", data=given, headers=editor.headers)
    assert answer.status_code == 409
    assert "data/" not in answer.text
    assert "meanwhile" not in answer.text
    return answer.text


def test_what_cannot_be_merged_is_told_in_dutch(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    path = sent(anna, **{SUMMARY: "Van Anna."})
    new = anna.begin("Pluktuin Zuid")
    text = there.file.read_text(encoding="utf-8").replace(SLUG, "pluktuin-zuid")
    other = there.file.with_name("pluktuin-zuid.ttl")
    other.write_text(text, "utf-8")
    there.anew()
    try:
        assert "Op dit adres staat al iets anders." in merged(anna, new, "1")
        page = anna.get(f"{new}/beoordelen")
        assert "Verbeter dan wat er staat." in page.answer.text, "told before it is sent in"
        assert f"{new}/insturen" not in page.forms
    finally:
        other.unlink()
    agreed(rik, path)
    there.anew()
    draft = desk.draft(path.rpartition("/")[2])
    assert draft is not None
    assert "Dit concept is al gepubliceerd of weggegooid." in merged(anna, path)
    assert desk.draft(draft.id) == draft
    third = sent(anna, **{SUMMARY: "Nog eens."})
    ada = enter("Ada", "administrator")
    away = f"/redactie/intrekken/case/{SLUG}"
    ada.send(ada.get(away), away, reden="Op verzoek.")
    there.anew()
    assert "is intussen ingetrokken" in merged(ada, third)


def test_what_was_withdrawn_is_read_by_administrators_alone(
    there: There, client: TestClient, enter: Enter
) -> None:
    rik, ada = enter("Rik", "editor"), enter("Ada", "administrator")
    path, away = f"/redactie/geschiedenis/case/{SLUG}", f"/redactie/intrekken/case/{SLUG}"
    older = next(it for it in rik.get(path).links if it.startswith(f"{path}/"))
    assert "Ouders met kleine kinderen" in rik.get(older).answer.text
    ada.send(ada.get(away), away, reden="Op verzoek.")
    there.anew()
    page = rik.get(path)
    assert "Ouders met kleine kinderen" not in page.answer.text
    assert "leest alleen een beheerder" in page.answer.text
    assert older not in page.links
    assert "Ouders met kleine kinderen" not in rik.get(older, 403).answer.text
    assert "Ouders met kleine kinderen" in ada.get(older).answer.text
    assert older in ada.get(path).links


def test_what_was_withdrawn_along_is_put_back_along(
    there: There, client: TestClient, enter: Enter
) -> None:
    ada = enter("Ada", "administrator")
    away, path = f"/redactie/intrekken/case/{SLUG}", f"/redactie/geschiedenis/case/{SLUG}"
    start = there.folder / "data" / "initiatives" / f"{SLUG}.ttl"
    before, page = start.read_bytes(), ada.get(away)
    iri = next(
        it for it in re.findall(r'name="mee" value="([^"]+)"', page.answer.text) if SLUG in it
    )
    try:
        ada.send(page, away, reden="Op verzoek.", mee=iri)
        there.anew()
        assert iri in there.app.state.site.gone
        page = ada.get(path)
        assert "Initiatief Boefjes en Barista" in page.answer.text, "not as in its address"
        assert "<h1>Geschiedenis van Boefjes en Barista" in page.answer.text
        assert "Boefjes en Barista" not in enter("Rik", "editor").get(path).answer.text
        ada.send(page, next(it for it in page.forms if "terugzetten" in it))
        there.anew()
        assert not there.app.state.site.gone
        log = ada.get("/redactie/logboek").answer.text
        told = re.findall("<td>(gepubliceerd|ingetrokken|teruggezet)</td>", log)
        assert told == ["teruggezet"] * 2 + ["ingetrokken"] * 2, "of the case and its initiative"
    finally:
        start.write_bytes(before)


def test_a_draft_of_what_was_withdrawn_is_read_by_administrators_alone(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    anna, rik, ada = enter("Anna", "writer"), enter("Rik", "editor"), enter("Ada", "administrator")
    path, away = sent(anna, **{TITLE: "Van Anna"}), f"/redactie/intrekken/case/{SLUG}"
    agreed(rik, sent(anna, **{SUMMARY: "Kort."}))
    there.anew()
    link = linked(anna, path)
    nobody, open_still = Editor(client, "", "", ""), anna.get(path)
    nobody.get(link)
    ada.send(ada.get(away), away, reden="Op verzoek.")
    there.anew()
    nobody.get(link, 404)
    for who in (anna, rik):
        for page_of in (path, f"{path}/beoordelen", f"{path}/voorbeeld"):
            who.get(page_of, 404)
        told = who.get("/redactie").answer.text
        assert "Eén concept gaat over iets dat is ingetrokken." in told
        assert "Van Anna" not in told
    assert "Boefjes" not in rik.get(f"/redactie/geschiedenis/case/{SLUG}").answer.text
    back = anna.send(open_still, path, 200, **{TITLE: "Nog getypt"}).answer.text
    assert "Dit is intussen ingetrokken" in back
    assert "De reden: Op verzoek." in back
    assert '<div class="plak">Nog getypt</div>' in back
    assert [it for it in ("Boefjes", "Van Anna") if it in back] == [], "but what was typed"
    page = ada.get(path)
    assert page.form(path)[TITLE] == "Nog getypt", "what was typed is kept"
    assert page.answer.text.count("is intussen ingetrokken") == 2, "above, and at the case"
    assert "maar er staat nog iets over" not in page.answer.text


def test_a_link_of_what_was_withdrawn_ends_for_good(
    there: There, client: TestClient, enter: Enter, clock: Clock
) -> None:
    clock.now = there.last
    ada, nobody = enter("Ada", "administrator"), Editor(client, "", "", "")
    path, away = sent(ada, **{TITLE: "Van Ada"}), f"/redactie/intrekken/case/{SLUG}"
    before = linked(ada, path)
    nobody.get(before)
    ada.send(ada.get(away), away, reden="Op verzoek.")
    there.anew()
    told = ada.send(ada.get(f"{path}/beoordelen"), f"{path}/meelezen", 409, dagen="1").answer.text
    assert "Waar dit concept over gaat, is intussen ingetrokken." in told
    page = ada.get(f"/redactie/geschiedenis/case/{SLUG}")
    ada.send(page, next(it for it in page.forms if "terugzetten" in it))
    there.anew()
    clock.now = there.last
    nobody.get(before, 404)
    nobody.get(linked(enter("Bea", "administrator"), path))


def test_the_history_says_what_changed_when_by_whom_and_why_and_puts_a_version_back(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, rik = enter("Anna", "writer"), enter("Rik", "editor")
    ada = enter("Ada", "administrator")
    before = there.file.read_text(encoding="utf-8")
    agreed(rik, sent(anna, **{SUMMARY: "Van Anna."}))
    there.anew()
    path = f"/redactie/geschiedenis/case/{SLUG}"
    page = rik.get(path)
    assert "<ins>Van Anna.</ins>" in page.answer.text
    assert "<del>Ouders met kleine kinderen" in page.answer.text
    assert (
        "Geschreven door Anna (invoerder). Gepubliceerd door Rik (redacteur). Gezien."
        in page.answer.text
    )
    assert not [it for it in page.forms if "terugzetten" in it], "an editor puts nothing back"
    older = next(it for it in reversed(page.links) if it.startswith(f"{path}/"))
    assert "Ouders met kleine kinderen" in rik.get(older).answer.text
    page = ada.get(path)
    back = next(it for it in page.forms if "terugzetten" in it)
    ada.send(page, back, waarom="Dit klopte beter.")
    assert there.file.read_text(encoding="utf-8").split("/doc/")[0] == before.split("/doc/")[0]
    there.anew()
    assert "Door Ada (beheerder). Dit klopte beter." in ada.get(path).answer.text


def test_what_changed_in_who_takes_part_is_in_the_history_for_everyone(
    there: There, client: TestClient, enter: Enter
) -> None:
    agreed(enter("Rik", "editor"), sent(enter("Anna", "writer"), **{"0-2.begin.0": "9 maart 2020"}))
    there.anew()
    for path in (f"/redactie/geschiedenis/case/{SLUG}", f"/wijzigingen/case/{SLUG}"):
        page = enter("Bea", "editor").get(path) if "redactie" in path else Page(client.get(path))
        assert "<dt>Begin (Van Neynsel)</dt>" in page.answer.text
        assert "<del>2 maart 2020</del>" in page.answer.text
        assert "<ins>9 maart 2020</ins>" in page.answer.text
        assert "Alleen de schrijfwijze" not in page.answer.text


def test_what_is_typed_about_what_was_withdrawn_meanwhile_comes_back_and_nothing_else(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, rik, ada = enter("Anna", "writer"), enter("Rik", "editor"), enter("Ada", "administrator")
    path, away = sent(anna, **{TITLE: "Van Anna"}), f"/redactie/intrekken/case/{SLUG}"
    review, leaving = rik.get(f"{path}/beoordelen"), ada.get(away)
    ada.send(leaving, away, reden="Op verzoek.")
    said = ada.send(leaving, away, 409, reden="Een uur getypt.").answer.text
    assert "Dit is al ingetrokken." in said, "before the folder is read again"
    assert 'value="Een uur getypt."' in said
    there.anew()
    typed = {"terugsturen": "waarom", "opmerking": "opmerking", "publiceren": "waarom"}
    tried = [(rik, review, f"{path}/{it}", name) for it, name in typed.items()]
    for who, page, to, name in [*tried, (ada, leaving, away, "reden")]:
        back = who.send(page, to, 409, **{name: "Een uur getypt."}).answer.text
        assert "Dit is intussen ingetrokken" in back
        assert "De reden: Op verzoek." in back
        assert '<div class="plak">Een uur getypt.</div>' in back
        assert [it for it in ("Boefjes", "Van Anna") if it in back] == [], "but what was typed"
    wia = enter("Wia", "writer")
    csrf = str(wia.get("/redactie").form("/redactie/uit")["csrf"])
    wia.send(review, f"{path}/opmerking", 404, opmerking="Van mij?", csrf=csrf)


def test_why_a_version_is_put_back_is_kept_when_that_is_refused(
    there: There, client: TestClient, enter: Enter
) -> None:
    ada, path = enter("Ada", "administrator"), f"/redactie/geschiedenis/case/{SLUG}"
    agreed(enter("Rik", "editor"), sent(enter("Anna", "writer"), **{SUMMARY: "Van Anna."}))
    there.anew()
    page, other = ada.get(path), there.folder / "data" / "cases" / "holybe.ttl"
    back, before = next(it for it in page.forms if "terugzetten" in it), other.read_bytes()
    other.write_bytes(before + b"\n<")
    try:
        refused = ada.send(page, back, 409, waarom="Dit klopte <beter>.")
    finally:
        other.write_bytes(before)
    assert refused.form(back)["waarom"] == "Dit klopte <beter>."
    assert [it.get("waarom") for it in refused.forms.values()].count("Dit klopte <beter>.") == 1


MOVISIE, KRANT = "https://www.movisie.nl/wijindewijk", "https://krant.example.org/kookclub"
NAMED = {"0.plek.0": "Zeeplek", "0.initiatief.0": "Kookclub Oost"}
RESTS = {"0.samenvatting.0.b0.bron": "De wijkkrant"}
"""What nobody knows before it is published."""


def cooking(there: There, editor: Editor, title: str, **given: str) -> str:
    """The path of a draft of a new case that is saved with these."""
    path = editor.begin(title)
    given |= {"0.bundel.0": "Wij in de wijk 1", "0.samenvatting.0": "Buren koken samen."}
    given |= {"0.stand.0": f"{there.base}id/case-state/naam-bekend", "vast.b0.bron": MOVISIE}
    editor.send(editor.get(path), path, **given)
    return path


def brought(there: There, editor: Editor, reviewer: Editor) -> None:
    """Publish a case with the place, the initiative and the source of those names."""
    path = cooking(there, editor, "Koken in Oost", **NAMED)
    for more in ("nieuw:0.plek.0:place", "nieuw:0.initiatief.0:initiative", "bron::De wijkkrant"):
        editor.send(editor.get(path), path, actie=more)
    made = {"1.soort-plek.0": "Buurt", "3.webadres": KRANT, "0.titel.0.b0.bron": "De wijkkrant"}
    editor.send(editor.get(path), path, **made)
    sent_in(editor, path)
    agreed(reviewer, path)
    there.asked = True
    there.anew()


def sent_in(writer: Editor, path: str) -> None:
    """Send a draft in, from the page that tells what it changes."""
    writer.send(writer.get(f"{path}/beoordelen"), f"{path}/insturen")


def cooks(there: There) -> str:
    """What the file of the case says."""
    return (there.folder / "data" / "cases" / "koken-aan-zee.ttl").read_text(encoding="utf-8")


def test_what_is_known_only_after_it_was_typed_is_reviewed_and_published(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, dirk, bea = enter("Anna", "writer"), enter("Dirk", "editor"), enter("Bea", "editor")
    path = cooking(there, anna, "Koken aan zee", **NAMED, **RESTS)
    text = anna.get(path).answer.text
    for name in (*NAMED.values(), *RESTS.values()):
        assert f"“{name}” is hier nog niet bekend" in text
    brought(there, dirk, bea)
    assert 'class="foutenlijst"' not in anna.get(path).answer.text, "without saving it again"
    page = anna.get(f"{path}/beoordelen").answer.text
    for wrong in ("<b>Fout:</b>", "Waar is deze casus?", "Over welk initiatief"):
        assert wrong not in page
    sent_in(anna, path)
    told = bea.get(f"{path}/beoordelen").answer.text
    for name in NAMED.values():
        assert f"<ins>{name}</ins>" in told
    assert f"(vermeld, {KRANT})" in told
    agreed(bea, path)
    text = cooks(there)
    assert "dcterms:spatial place:zeeplek" in text
    assert "schema:about initiative:kookclub-oost" in text
    for told in ("rdf:predicate dcterms:spatial", "rdf:predicate schema:about", f"<{KRANT}>"):
        assert told in text
    there.anew()
    assert "<ins>Zeeplek</ins>" in bea.get(f"{path}/beoordelen").answer.text


def test_a_form_from_before_something_was_known_saves_it_and_tells_of_nobody_else(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    anna, dirk, bea = enter("Anna", "writer"), enter("Dirk", "editor"), enter("Bea", "editor")
    path = cooking(there, anna, "Koken aan zee", **NAMED, **RESTS)
    form = anna.get(path)
    brought(there, dirk, bea)
    assert "samen=" not in anna.send(form, path).location, "nobody else saved anything"
    assert 'class="foutenlijst"' not in anna.get(path).answer.text
    assert desk.writers(path.rpartition("/")[2]) == {"Anna"}


def test_who_takes_part_and_is_known_only_later_gives_the_participation_its_name(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    anna, dirk, bea = enter("Anna", "writer"), enter("Dirk", "editor"), enter("Bea", "editor")
    path = cooking(there, anna, "Koken aan zee", **{"0.initiatief.0": "Holybe"})
    anna.send(anna.get(path), path, actie="deel:0")
    role = f"{there.base}id/role/initiatiefnemer"
    anna.send(anna.get(path), path, **{"0-0.betrokkene.0": "Zwaluw Twee", "0-0.rol": role})
    form, actor = anna.get(path), dirk.begin("Zwaluw Twee", "actor")
    dirk.send(dirk.get(actor), actor, **{"vast.b0.bron": MOVISIE})
    sent_in(dirk, actor)
    agreed(bea, actor)
    there.asked = True
    there.anew()
    told = anna.get(f"{path}/beoordelen").answer.text
    assert "<b>Fout:</b>" not in told, re.findall("<b>[^<]*:</b>.*", told)
    draft = desk.draft(path.rpartition("/")[2])
    assert draft is not None
    assert [it.name for it in draft.record.parts] == ["zwaluw-twee"], "without saving it again"
    assert "samen=" not in anna.send(form, path).location, "nobody else saved anything"
    sent_in(anna, path)
    agreed(bea, path)
    assert "<#zwaluw-twee> a wijk:Participation" in cooks(there)


def test_what_is_withdrawn_after_the_review_was_opened_is_told_before_it_is_published(
    there: There, client: TestClient, enter: Enter
) -> None:
    anna, dirk, bea = enter("Anna", "writer"), enter("Dirk", "editor"), enter("Bea", "editor")
    ada, away = enter("Ada", "administrator"), "/redactie/intrekken/place/zeeplek"
    path = cooking(there, anna, "Koken aan zee", **NAMED)
    brought(there, dirk, bea)
    sent_in(anna, path)
    page = bea.get(f"{path}/beoordelen")
    ada.send(ada.get(away), away, reden="Op verzoek.")
    there.anew()
    told = bea.send(page, f"{path}/publiceren", 409, waarom="Gezien.").answer.text
    assert "De controle vindt nu iets dat er nog niet stond" in told
    assert "<b>Let op:</b>" in told
    assert "Je schreef:" in told
    assert not (there.folder / "data" / "cases" / "koken-aan-zee.ttl").exists()
    agreed(bea, path)
    assert "dcterms:spatial place:zeeplek" in cooks(there)


def test_what_was_withdrawn_is_called_by_what_is_left_of_it_and_stays_what_it_was(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    anna, ada = enter("Anna", "writer"), enter("Ada", "administrator")
    path, away = anna.correct("case", SLUG), "/redactie/intrekken/actor/van-neynsel"
    anna.send(anna.get(path), path, **{"0-2.begin.0": "9 maart 2020"})
    ada.send(ada.get(away), away, reden="Op verzoek.")
    there.anew()
    page = anna.get(path)
    assert page.form(path)["0-2.betrokkene.0"] == "van neynsel (ingetrokken)"
    anna.send(page, path, **{"0-2.begin.0": "10 maart 2020"})
    told = anna.get(f"{path}/beoordelen").answer.text
    assert "Begin (van neynsel (ingetrokken))" in told
    assert told.count("<ins>") == 1, "the day alone became otherwise"
    assert f"{there.base}id/actor/van-neynsel" not in told


def test_nothing_is_published_while_a_value_stands_as_it_was_typed(
    there: There, client: TestClient, enter: Enter, desk: Desk
) -> None:
    anna, bea = enter("Anna", "writer"), enter("Bea", "editor")
    empty = ("0.toelichting.0", "0.thema.alle")
    for given in ({"0.plek.0": "Zeeplek"}, RESTS, *({f"{it}.b0.bron": KRANT} for it in empty)):
        path = cooking(there, anna, "Koken aan zee", **{"0.initiatief.0": "Holybe"}, **given)
        page = anna.get(f"{path}/beoordelen")
        assert "<b>Fout:</b>" in page.answer.text
        assert f"{path}/insturen" not in page.forms
        draft = desk.draft(path.rpartition("/")[2])
        assert draft is not None
        desk.move(draft, "review")
        told = agreed(bea, path, 409).answer.text
        assert "Dit concept is nog niet af." in told
        desk.move(replace(draft, state="review"), "dropped")
    assert not (there.folder / "data" / "cases" / "koken-aan-zee.ttl").exists()


def test_what_is_withdrawn_while_a_form_is_open_stays_what_it_was(
    there: There, client: TestClient, enter: Enter
) -> None:
    dirk, ada = enter("Dirk", "editor"), enter("Ada", "administrator")
    path, away = dirk.correct("case", SLUG), f"/redactie/intrekken/case/{SLUG}"
    form, page = dirk.get(path), ada.get(away)
    named = re.findall(r'name="mee" value="([^"]+)"', page.answer.text)
    ada.send(page, away, reden="Op verzoek.", mee=next(it for it in named if SLUG in it))
    there.anew()
    back = dirk.send(form, path, 200, **{SUMMARY: "Van Dirk."}).answer.text
    typed = back.partition("Wat je typte</h2>")[2]
    assert '<div class="plak">Van Dirk.</div>' in typed
    assert "nitiatief" not in typed
    gone = ada.get(f"/redactie/geschiedenis/case/{SLUG}")
    ada.send(gone, next(it for it in gone.forms if "terugzetten" in it))
    start = f"/redactie/geschiedenis/initiative/{SLUG}"
    there.anew()
    if there.app.state.site.gone:
        gone = ada.get(start)
        ada.send(gone, next(it for it in gone.forms if "terugzetten" in it))
        there.anew()
    assert "Stand en initiatief" not in dirk.get(path).answer.text
    told = dirk.get(f"{path}/beoordelen").answer.text
    assert told.count("<del>") == 1, "the text that was typed"
