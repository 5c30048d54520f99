"""What a withdrawn thing said leaves the log; that it was there stays."""

from pathlib import Path

import pytest
from wijk import changelog

from ..server.conftest import BASE
from .conftest import CASE, Publish, Run, edit

DOCUMENT = f"{BASE}doc/case/pluktuin-zuid"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Caches that are emptied here are those of nobody else."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def withdrawn(small: Path, publish: Publish, wijk: Run) -> Path:
    """A folder of which a case was published twice and then withdrawn."""
    publish(small)
    edit(small, "Pluktuin Zuid", "Pluktuin van Geheim")
    publish(small)
    wijk("withdraw", "case:pluktuin-zuid", "--reason", "Op verzoek.", "--graph", small)
    publish(small)
    return small


def logged(folder: Path) -> str:
    files = sorted((folder / changelog.FOLDER).iterdir())
    return "".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("options", [["case:pluktuin-zuid"], ["--before", "2100-01-01"]])
def test_its_content_goes_and_its_hashes_and_moments_stay(
    withdrawn: Path, wijk: Run, options: list[str]
) -> None:
    before = changelog.read(withdrawn)
    assert "Geheim" in logged(withdrawn)
    done = wijk("redact", *options, "--graph", withdrawn)
    assert done.returncode == 0
    assert done.stdout.count("redacted") == 2
    assert "Geheim" not in logged(withdrawn)
    log = changelog.read(withdrawn)
    assert [it.redacted for it in log.history(DOCUMENT)] == [True, True, False]
    assert [it.digest for it in log.entries] == [it.digest for it in before.entries]
    assert [it.time for it in log.entries] == [it.time for it in before.entries]
    assert [*log.present] == [*before.present]
    assert wijk("check", "--graph", withdrawn).returncode == 0
    again = wijk("redact", *options, "--graph", withdrawn)
    assert "no content" in again.stderr


def test_only_what_was_before_a_moment_goes(withdrawn: Path, wijk: Run) -> None:
    moment = changelog.read(withdrawn).history(DOCUMENT)[1].stamp
    assert wijk("redact", "--before", moment, "--graph", withdrawn).returncode == 0
    assert [it.redacted for it in changelog.read(withdrawn).history(DOCUMENT)[:2]] == [True, False]


def test_what_was_taken_out_cannot_be_put_back(withdrawn: Path, wijk: Run) -> None:
    wijk("redact", "case:pluktuin-zuid", "--graph", withdrawn)
    done = wijk("restore", "case:pluktuin-zuid", "--graph", withdrawn)
    assert done.returncode == 2
    assert "taken out of the log" in done.stderr


@pytest.fixture
def corrected(small: Path, publish: Publish) -> Path:
    """A folder of which a name was corrected away, and that is still there."""
    edit(small, "Pluktuin Zuid", "Pluktuin van Geheim")
    publish(small)
    edit(small, "Pluktuin van Geheim", "Pluktuin van Ooit")
    publish(small)
    edit(small, "Pluktuin van Ooit", "Pluktuin")
    publish(small)
    return small


def test_of_what_is_present_all_but_the_last_version_goes(corrected: Path, wijk: Run) -> None:
    before = (changelog.read(corrected), (corrected / CASE).read_bytes())
    done = wijk("redact", "case:pluktuin-zuid", "--graph", corrected)
    assert done.returncode == 0
    assert done.stdout.count("redacted") == 2
    assert "Geheim" not in logged(corrected)
    assert "Ooit" not in logged(corrected)
    log = changelog.read(corrected)
    assert [it.redacted for it in log.history(DOCUMENT)] == [True, True, False]
    assert [it.digest for it in log.entries] == [it.digest for it in before[0].entries]
    assert log.latest == before[0].latest
    assert (corrected / CASE).read_bytes() == before[1]
    assert wijk("check", "--graph", corrected).returncode == 0
    assert "no content" in wijk("redact", "case:pluktuin-zuid", "--graph", corrected).stderr


def test_what_is_present_keeps_its_last_version_whatever_the_moment(
    corrected: Path, wijk: Run
) -> None:
    moment = changelog.read(corrected).history(DOCUMENT)[1].stamp
    wijk("redact", "case:pluktuin-zuid", "--before", moment, "--graph", corrected)
    assert [it.redacted for it in changelog.read(corrected).history(DOCUMENT)] == [
        *(True, False, False),
    ]
    options = ("--before", "2100-01-01", "--graph", corrected)
    wijk("redact", "case:pluktuin-zuid", *options)
    assert [it.redacted for it in changelog.read(corrected).history(DOCUMENT)] == [
        *(True, True, False),
    ]
    assert "no content" in wijk("redact", *options).stderr, "nothing is withdrawn"


def test_a_correction_that_is_not_published_is_no_last_version(corrected: Path, wijk: Run) -> None:
    edit(corrected, "Pluktuin", "Tuin")
    done = wijk("redact", "case:pluktuin-zuid", "--graph", corrected)
    assert f"{CASE} has edits that were not published" in done.stderr
    assert not changelog.read(corrected).latest[DOCUMENT].redacted


def test_what_goes_on_after_it_was_redacted_is_published_as_ever(
    corrected: Path, publish: Publish, wijk: Run
) -> None:
    wijk("redact", "case:pluktuin-zuid", "--graph", corrected)
    edit(corrected, "Pluktuin", "Tuin")
    assert [it.type for it in publish(corrected).history(DOCUMENT)] == [
        *("Create", "Update", "Update", "Update"),
    ]
    assert wijk("check", "--graph", corrected).returncode == 0


def test_no_cache_has_it_any_more(withdrawn: Path, wijk: Run, tmp_path: Path) -> None:
    home, user = tmp_path / "home", tmp_path / "cache/wijk"
    for name in ("checked/abc", "dumps/abc", "dumps/.unfinished"):
        for each in (home, user):
            (each / name).mkdir(parents=True)
            (each / name / "graph.nq").write_text("Pluktuin van Geheim")
    (home / "editors.json").write_text("{}")
    options = ("redact", "case:pluktuin-zuid", "--graph", withdrawn, "--home", home)
    done = wijk(*options)
    assert f"Emptied {home / 'dumps'}" in done.stderr
    assert [*home.rglob("graph.nq"), *user.rglob("graph.nq")] == []
    assert (home / "editors.json").is_file(), "what is no cache stays"
    (home / "dumps/late").mkdir()
    assert "no content" in wijk(*options).stderr
    assert not (home / "dumps/late").exists()


def test_something_must_be_named(small: Path, wijk: Run) -> None:
    assert wijk("redact", "--graph", small).returncode == 2


def test_of_no_thing_and_no_moment_nothing_goes(withdrawn: Path, wijk: Run) -> None:
    before = logged(withdrawn)
    done = wijk("redact", "--graph", withdrawn)
    assert done.returncode == 2
    assert "give --before: then it is all that was withdrawn" in " ".join(done.stderr.split())
    assert logged(withdrawn) == before
    told = " ".join(wijk("redact", "--help").stdout.replace("│", "").split())
    assert "without one, with --before: all withdrawn ones" in told
