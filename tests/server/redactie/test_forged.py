"""Forms that no page of ours gave: they are told with a page, and break nothing."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from wijk.editing.desk.desk import Desk
from wijk.editing.desk.store import NAME

from .conftest import ORIGIN, Editor, Page

pytestmark = pytest.mark.process
Enter = Callable[[str, str], Editor]


@pytest.fixture
def noor(enter: Enter) -> Editor:
    return enter("Noor", "administrator")


@pytest.mark.parametrize(
    "action",
    [
        *("mee:participation", "mee:foo", "mee:area", "nieuw:0.onderdeel.0:bundle"),
        *("nieuw:0.foo.0:case", "deel:-1", "ding-weg:-1", "deel-weg:0-99", "erbij:<x>"),
    ],
)
def test_what_no_button_does_leaves_the_draft_as_it_was(
    noor: Editor, desk: Desk, action: str
) -> None:
    path = noor.begin("Pluktuin Zuid")
    before = desk.draft(path.rpartition("/")[2])
    noor.send(noor.get(path), path, actie=action)
    noor.get(path)
    after = desk.draft(path.rpartition("/")[2])
    assert before is not None
    assert after is not None
    assert after.records == before.records


def test_a_draft_with_what_cannot_be_entered_opens_and_goes_away(
    noor: Editor, desk: Desk, tmp_path: Path
) -> None:
    path = noor.begin("Pluktuin Zuid")
    odd = {"kind": "participation", "slug": "x", "thing": "urn:x", "statements": [], "parts": []}
    with sqlite3.connect(tmp_path / NAME) as db:
        for table in ("drafts", "versions"):
            told = json.loads(db.execute(f"SELECT content FROM {table}").fetchone()[0])
            told["records"].append(odd)
            db.execute(f"UPDATE {table} SET content = ?", (json.dumps(told),))
    noor.send(noor.get(path), path, actie="weggooien")
    draft = desk.draft(path.rpartition("/")[2])
    assert draft is not None
    assert draft.state == "dropped"


def test_numbers_that_are_too_long_are_told(noor: Editor) -> None:
    path = noor.begin("Pluktuin Zuid")
    page = noor.get(path)
    told = noor.send(page, path, 400, versie="9" * 25)
    assert "De server begrijpt dit formulier niet." in told.answer.text
    csrf = str(page.form(path)["csrf"])
    data = {"csrf": csrf, "nummer": "9" * 30}
    answer = noor.client.post(f"{path}/opmerking-klaar", data=data, headers=noor.headers)
    assert answer.status_code == 422
    assert "Deze opmerking kennen we niet." in answer.text


@pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00+14:00", "9999", "x"])
def test_a_version_that_never_was_is_not_put_back(noor: Editor, stamp: str) -> None:
    csrf = str(noor.get("/redactie").form("/redactie/uit")["csrf"])
    path = f"/redactie/terugzetten/case/boefjes-en-baristas/{stamp}"
    answer = noor.client.post(path, data={"csrf": csrf}, headers=noor.headers)
    assert answer.status_code == 404


def test_what_is_refused_is_told_in_dutch(noor: Editor) -> None:
    form = noor.get("/redactie").form("/redactie/uit")
    foreign = {**noor.headers, "Origin": "https://evil.example"}
    answer = noor.client.post("/redactie/uit", data=form, headers=foreign)
    assert answer.status_code == 403
    assert "Dit formulier kwam van een andere site. Er is niets gedaan." in answer.text
    answer = noor.client.post("/redactie/uit", json={}, headers={"Origin": ORIGIN})
    assert answer.status_code == 415
    assert "Dit is geen formulier dat we kennen." in Page(answer).answer.text
    answer = noor.client.put("/redactie", headers=noor.headers)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert "Dat kan hier niet." in answer.text
