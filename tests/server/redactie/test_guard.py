"""The way in: nothing without accounts, and then for who has a token, from a page of ours."""

from collections.abc import Callable
from datetime import date

import pytest
from fastapi.testclient import TestClient
from wijk.editing.desk.desk import Desk

from .conftest import ORIGIN, Editor, Page

pytestmark = pytest.mark.process
FROM_US = {"Origin": ORIGIN}
Enter = Callable[[str, str], Editor]


def test_without_accounts_there_is_nothing(client: TestClient) -> None:
    for path in ("/redactie", "/redactie/binnen", "/redactie/x"):
        for method in ("GET", "POST", "PUT", "OPTIONS"):
            here = client.request(method, path)
            unknown = client.request(method, path.replace("redactie", "elders"))
            assert here.status_code == unknown.status_code
            assert here.headers.keys() == unknown.headers.keys()


def test_who_has_a_token_comes_in_with_a_cookie_for_here_alone(
    client: TestClient, desk: Desk
) -> None:
    token = desk.accounts.add("Noor", "editor", date(2026, 11, 23))
    assert client.get("/redactie").headers["location"] == "/redactie/binnen?verder=%2Fredactie"
    page = Page(client.get("/redactie/binnen"))
    form = page.form("/redactie/binnen")
    answer = client.post("/redactie/binnen", data={**form, "token": token}, headers=FROM_US)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    for part in ("secure", "httponly", "samesite=strict", "path=/redactie", "max-age=28800"):
        assert part in cookie.split("; "), part
    assert "Noor" in client.get("/redactie").text
    assert [it.act for it in desk.acts()] == ["binnen"]


def test_every_answer_is_for_this_person_alone(enter: Enter) -> None:
    noor = enter("Noor", "writer")
    for path in ("/redactie", "/redactie/binnen", "/redactie/niets"):
        head = noor.client.get(path).headers
        assert head["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in head
    head = noor.client.get("/redactie").headers
    assert "frame-ancestors 'none'" in head["content-security-policy"]
    assert head["x-robots-tag"] == "noindex, nofollow"
    asked = noor.client.options("/redactie", headers={"Origin": "https://other.example"})
    assert not [name for name in asked.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_others_send_is_refused(enter: Enter, desk: Desk, headers: dict[str, str]) -> None:
    noor = enter("Noor", "writer")
    form = noor.get("/redactie").form("/redactie/uit")
    answer = noor.client.post("/redactie/uit", data=form, headers=headers)
    assert answer.status_code == 403
    assert noor.get("/redactie").answer.status_code == 200, "still inside"


@pytest.mark.parametrize("word", [None, "", "forged", "é"])
def test_a_form_that_does_not_know_the_word_of_the_session_does_nothing(
    enter: Enter, word: str | None
) -> None:
    noor, sam = enter("Noor", "writer"), enter("Sam", "writer")
    data = {"a": "b"} if word is None else {"csrf": word}
    answer = noor.client.post("/redactie/uit", data=data, headers=FROM_US)
    assert answer.status_code == 403
    data = dict(sam.get("/redactie").form("/redactie/uit"))
    assert noor.client.post("/redactie/uit", data=data, headers=FROM_US).status_code == 403
    assert noor.get("/redactie").answer.status_code == 200


def test_a_session_that_was_put_in_a_browser_is_not_the_one_that_is_given(
    client: TestClient, desk: Desk
) -> None:
    token = desk.accounts.add("Noor", "editor", date(2026, 11, 23))
    planted = desk.sessions.begin(desk.accounts.named("Noor"))
    client.cookies.set("wijk-redactie", planted, domain="redactie.example.org", path="/redactie")
    answer = client.post("/redactie/binnen", data={"token": token}, headers=FROM_US)
    assert answer.status_code == 303
    assert planted not in answer.headers["set-cookie"]
    assert desk.sessions.of(planted) is None, "and the one before has ended"


def test_who_guesses_has_to_wait(
    client: TestClient, desk: Desk, later: Callable[[float], None]
) -> None:
    token = desk.accounts.add("Noor", "editor", date(2026, 11, 23))
    for _ in range(10):
        answer = client.post("/redactie/binnen", data={"token": "x.y"}, headers=FROM_US)
        assert answer.status_code == 403
    answer = client.post("/redactie/binnen", data={"token": token}, headers=FROM_US)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) in (60, 61)
    later(1)
    answer = client.post("/redactie/binnen", data={"token": token}, headers=FROM_US)
    assert answer.status_code == 303


def test_who_has_the_token_comes_in_as_often_as_they_want(client: TestClient, desk: Desk) -> None:
    token = desk.accounts.add("Noor", "editor", date(2026, 11, 23))
    for given, status in [("x.y", 403)] * 9 + [(token, 303)] * 12 + [("x.y", 403), (token, 429)]:
        answer = client.post("/redactie/binnen", data={"token": given}, headers=FROM_US)
        assert answer.status_code == status


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/redactie//evil", "/redactie/\\evil", "/"]
)
def test_after_entering_nobody_is_sent_elsewhere(client: TestClient, desk: Desk, path: str) -> None:
    token = desk.accounts.add("Noor", "editor", date(2026, 11, 23))
    given = {"token": token, "verder": path}
    answer = client.post("/redactie/binnen", data=given, headers=FROM_US)
    assert answer.headers["location"] == "/redactie"


def test_who_goes_out_or_is_let_in_no_longer_is_out(enter: Enter, desk: Desk) -> None:
    noor, sam = enter("Noor", "writer"), enter("Sam", "writer")
    noor.send(noor.get("/redactie"), "/redactie/uit")
    noor.get("/redactie", 303)
    desk.accounts.end("Sam", date(2026, 11, 23))
    sam.get("/redactie", 303)


def test_ten_thousand_posts_are_stopped_and_what_was_typed_comes_back(enter: Enter) -> None:
    noor = enter("Noor", "writer")
    states = []
    for _ in range(10_000):
        answer = noor.client.post("/redactie/uit", data={"a": "<b>&"}, headers=noor.headers)
        states.append(answer.status_code)
        if answer.status_code == 429:
            break
    assert len(states) == 241
    assert Page(answer).form("/redactie/uit")["bewaard"] == "a=%3Cb%3E%26"


@pytest.mark.parametrize("path", ["/", "/casussen", "/health/live"])
def test_other_pages_are_as_open_as_before(client: TestClient, desk: Desk, path: str) -> None:
    desk.accounts.add("Noor", "editor", date(2026, 11, 23))
    answer = client.options(path)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_who_is_not_inside_is_stopped_too(client: TestClient, desk: Desk) -> None:
    desk.accounts.add("Noor", "editor", date(2026, 11, 23))
    states = [
        client.post("/redactie/concept/x", data={"a": "b"}, headers=FROM_US).status_code
        for _ in range(241)
    ]
    assert states == [403] * 240 + [429]
