"""What breaks off while it is published: desk and folder agree, and nothing is lost."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from wijk import snapshot
from wijk.editing.desk.desk import Desk
from wijk.engine.embedded import Embedded
from wijk.errors import DeskError
from wijk.publishing import act, journal
from wijk.snapshot import Snapshot
from wijk.web.app import create
from wijk.web.site import Site

from ...site.editors import git, in_git
from .conftest import ORIGIN, Editor, Page

pytestmark = pytest.mark.process
Enter = Callable[[str, str], Editor]
SLUG = "boefjes-en-baristas"
FILE = f"data/cases/{SLUG}.ttl"


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the graph as shipped, in git."""
    return in_git(root, tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def there(folder: Path, shipped: Snapshot) -> Iterator[TestClient]:
    """What serves it."""
    engine = Embedded(shipped.prefixes, f"{shipped.base}sparql")
    app = create(snapshot.read(folder).snapshot, engine)
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def app(there: TestClient) -> FastAPI:
    app: FastAPI = there.app
    return app


@pytest.fixture
def client(there: TestClient, app: FastAPI, folder: Path, desk: Desk) -> Iterator[TestClient]:
    """Who is nobody yet; what a test did in the folder is taken back after it."""
    began = git(folder, "rev-parse", "HEAD")
    app.state.desk = desk
    there.cookies.clear()
    yield there
    (folder / ".git/hooks/pre-commit").unlink(missing_ok=True)
    (folder / journal.NAME).unlink(missing_ok=True)
    git(folder, "reset", "-q", "--hard", began)
    git(folder, "clean", "-fdq")
    anew(app, folder)


def anew(app: FastAPI, folder: Path) -> None:
    """Serve the folder as it is now, as the server does by itself."""
    app.state.site = Site(snapshot.read(folder).snapshot, app.state.site.engine)


def refusing(folder: Path) -> Path:
    """Let git refuse every commit, with a hook of its own."""
    hook = folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'no commits on a holiday' >&2\nexit 1\n")
    hook.chmod(0o755)
    return hook


@pytest.fixture
def path(enter: Enter) -> str:
    """A draft of Anna that waits for a review."""
    anna = enter("Anna", "writer")
    path = anna.correct("case", SLUG)
    anna.send(anna.get(path), path, actie="insturen", **{"0.samenvatting.0": "Van Anna."})
    return path


def agreed(editor: Editor, path: str, status: int = 303) -> Page:
    """Publish a draft."""
    page = editor.get(f"{path}/beoordelen")
    return editor.send(page, f"{path}/publiceren", status, waarom="Gezien.")


def state(desk: Desk, path: str) -> str:
    found = desk.draft(path.rpartition("/")[2])
    assert found is not None
    return found.state


def test_what_git_refuses_is_public_published_and_told_and_the_next_commits_it(
    folder: Path, app: FastAPI, desk: Desk, enter: Enter, path: str
) -> None:
    hook, rik = refusing(folder), enter("Rik", "administrator")
    began = git(folder, "rev-parse", "HEAD")
    agreed(rik, path)
    assert "Van Anna." in (folder / FILE).read_text(encoding="utf-8")
    assert git(folder, "rev-parse", "HEAD") == began
    assert state(desk, path) == "published"
    page = rik.get(f"{path}/beoordelen").answer.text
    assert "Dit is gepubliceerd." in page
    assert "Nog niet af." in page
    anew(app, folder)
    history = rik.get(f"/redactie/geschiedenis/case/{SLUG}").answer.text
    assert "Geschreven door Anna (invoerder). Gepubliceerd door Rik (beheerder)." in history
    assert "Gezien." in history
    away = f"/redactie/intrekken/case/{SLUG}"
    told = rik.send(rik.get(away), away, 409, reden="Op verzoek.").answer.text
    assert "Een eerdere publicatie is nog niet af: git wil die niet vastleggen." in told
    hook.unlink()
    rik.send(rik.get(away), away, reden="Op verzoek.")
    subjects = git(folder, "log", "--format=%an %s", f"{began}..").splitlines()
    assert subjects == ["Rik data: withdraw. Op verzoek.", "Anna Gezien."]
    assert git(folder, "status", "--porcelain") == ""


def test_a_withdrawal_that_git_refuses_is_told_as_done(
    folder: Path, app: FastAPI, enter: Enter, client: TestClient
) -> None:
    refusing(folder)
    ada, away = enter("Ada", "administrator"), "/redactie/intrekken/case/holybe"
    gone = ada.send(ada.get(away), away, reden="Op verzoek.").location
    anew(app, folder)
    page = ada.get(gone).answer.text
    assert "Ingetrokken op" in page
    assert "Door Ada (beheerder). Op verzoek." in page
    assert "Nog niet af." in page
    assert "data: " not in page
    assert re.search(r"Zet deze versie terug<span [^>]+> van \d+ \w+ \d{4}, \d+.\d+ uur<", page)


class Killed(Exception):
    """The process ends here."""


@pytest.mark.parametrize("step", ["prepared", "begun", "placed 0", "settled", "committed"])
def test_a_process_that_ends_anywhere_leaves_a_draft_as_public_as_the_folder(
    folder: Path, app: FastAPI, desk: Desk, enter: Enter, path: str, step: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    rik = enter("Rik", "editor")
    page = rik.get(f"{path}/beoordelen")

    def ends(name: str) -> None:
        if name == step:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(act.publish, "__defaults__", (ends,))
        with pytest.raises(Killed):
            rik.send(page, f"{path}/publiceren", waarom="Gezien.")
    public = step != "prepared"
    rik.get("/redactie")
    assert state(desk, path) == ("published" if public else "review")
    act.recovered(folder, print)
    assert ("Van Anna." in (folder / FILE).read_text(encoding="utf-8")) == public
    anew(app, folder)
    if not public:
        agreed(rik, path)
        assert state(desk, path) == "published"
    assert [it.act for it in desk.acts(path.rpartition("/")[2])].count("gepubliceerd") == 1
    assert git(folder, "status", "--porcelain") == ""


def test_a_full_disk_before_it_is_a_fact_changes_nothing(
    folder: Path, desk: Desk, enter: Enter, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rik = enter("Rik", "editor")

    def full(path: Path, text: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(journal, "_written", full)
        told = agreed(rik, path, 409).answer.text
    assert "Er is niets gepubliceerd." in told
    assert state(desk, path) == "review"
    assert git(folder, "status", "--porcelain") == ""
    agreed(rik, path)
    assert state(desk, path) == "published"


def test_a_full_disk_half_way_is_published_and_finished_by_the_next(
    folder: Path, desk: Desk, enter: Enter, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rik, written = enter("Rik", "editor"), journal._written

    def full(path: Path, text: bytes) -> None:
        if path.suffix == ".new" and path.parent.name == "changes":
            raise OSError(28, "No space left on device", str(path))
        written(path, text)

    with monkeypatch.context() as patched:
        patched.setattr(journal, "_written", full)
        agreed(rik, path)
    assert state(desk, path) == "published"
    assert "Nog niet af." in rik.get(f"{path}/beoordelen").answer.text
    act.recovered(folder, print)
    assert "Nog niet af." not in rik.get(f"{path}/beoordelen").answer.text
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "log", "-1", "--format=%an %s") == "Anna Gezien."


def test_a_desk_that_cannot_write_publishes_nothing(
    folder: Path, desk: Desk, enter: Enter, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rik = enter("Rik", "editor")

    def broken(made: object) -> None:
        raise DeskError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.publications, "begin", broken)
        agreed(rik, path, 503)
    assert git(folder, "status", "--porcelain") == ""
    assert state(desk, path) == "review"
