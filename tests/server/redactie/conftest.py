"""The desk of the graph as shipped, in an application that is asked without a network between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from wijk.editing.desk.desk import Desk
from wijk.engine.embedded import Embedded
from wijk.snapshot import Snapshot
from wijk.web.app import create

ORIGIN = "https://redactie.example.org"


@dataclass
class Clock:
    """Time that is set by hand: of the day, and in seconds."""

    now: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)
    seconds: float = 0.0

    def day(self) -> datetime:
        return self.now

    def ticks(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    """A desk without accounts."""
    return Desk(tmp_path, clock.day, clock.ticks)


@pytest.fixture(scope="module")
def served(shipped: Snapshot) -> Iterator[TestClient]:
    """The application of the graph as shipped, with its engine, for as long as a file of tests."""
    app = create(shipped, Embedded(shipped.prefixes, f"{shipped.base}sparql"))
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(served: TestClient, desk: Desk) -> TestClient:
    """Who is nobody yet, at that desk."""
    served.app.state.desk = desk
    served.cookies.clear()
    return served


@dataclass
class Editor:
    """Someone with a browser: their client, and how a page's form is sent back."""

    client: TestClient
    name: str
    token: str = field(repr=False)
    cookie: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What the browser sends along with a form."""
        return {"Origin": ORIGIN, "Cookie": f"wijk-redactie={self.cookie}"}

    def get(self, path: str, status: int = 200) -> "Page":
        answer = self.client.get(path, headers=self.headers)
        assert answer.status_code == status, answer.text
        return Page(answer)

    def send(self, page: "Page", path: str, status: int = 303, **changed: str) -> "Page":
        """Send the form of a page that goes to this address, with these fields changed."""
        fields = page.form(path) | {name.replace("__", "."): it for name, it in changed.items()}
        answer = self.client.post(path, data=fields, headers=self.headers)
        assert answer.status_code == status, answer.text
        return Page(answer)

    def begin(self, title: str, kind: str = "case") -> str:
        """Begin something new; the path of its form."""
        sent = self.send(self.get("/redactie"), "/redactie/nieuw", soort=kind, titel=title)
        return sent.location

    def correct(self, kind: str, slug: str) -> str:
        """Begin a correction; the path of its form."""
        path = f"/redactie/wijzig/{kind}/{slug}"
        return self.send(self.get(path), path).location


class Page(HTMLParser):
    """An answer, and the forms in it."""

    def __init__(self, answer: httpx2.Response) -> None:
        super().__init__()
        self.answer = answer
        self.forms: dict[str, dict[str, str | list[str]]] = {}
        self._form: dict[str, str | list[str]] = {}
        self._text: tuple[str, str] | None = None
        self._select = ""
        self.links: list[str] = []
        self.radios: list[str] = []
        self.feed(answer.text)

    @property
    def location(self) -> str:
        return self.answer.headers["location"]

    def form(self, path: str) -> dict[str, str | list[str]]:
        return dict(self.forms[path])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "form":
            self._form = self.forms.setdefault(given.get("action", ""), {})
        elif tag == "textarea":
            self._text = (given["name"], "")
        elif tag == "select":
            self._select = given["name"]
            self._form.setdefault(self._select, "")
        elif tag == "option" and "selected" in given:
            self._form[self._select] = given["value"]
        elif tag == "input" and "name" in given:
            self._taken(given)

    def _taken(self, given: dict[str, str]) -> None:
        if given.get("type") in ("checkbox", "radio"):
            self.radios.append(given["name"])
            if "checked" in given:
                listed = self._form.setdefault(given["name"], [])
                assert isinstance(listed, list)
                listed.append(given.get("value", "on"))
        else:
            self._form[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text = (self._text[0], self._text[1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = {}
        if tag == "textarea" and self._text is not None:
            self._form[self._text[0]] = self._text[1].removeprefix("\n")
            self._text = None


@pytest.fixture
def enter(client: TestClient, desk: Desk) -> Callable[[str, str], Editor]:
    """Make someone with a role, and let them in."""

    def entered(name: str, role: str) -> Editor:
        token = desk.accounts.add(name, role, date(2026, 11, 23))
        return Editor(client, name, token, desk.sessions.begin(desk.accounts.named(name)))

    return entered


@pytest.fixture
def later(clock: Clock) -> Callable[[float], None]:
    """Let so many hours go by."""

    def gone(hours: float) -> None:
        clock.now += timedelta(hours=hours)
        clock.seconds += hours * 3600

    return gone
