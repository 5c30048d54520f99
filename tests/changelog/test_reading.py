"""The change log is read as it was written, and a line that breaks its rules is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wijk import changelog
from wijk.changelog import ChangeLog, Entry
from wijk.errors import ChangeLogError

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CASE = "https://example.org/doc/case/een"


def created(content: str = "<> a <x> .\n", document: str = CASE) -> Entry:
    path = PurePosixPath("data/cases/een.ttl")
    return Entry(START, "Create", document, path, changelog.hashed(content), content=content)


def later(entry: Entry, milliseconds: int = 1) -> Entry:
    return replace(entry, time=entry.time + timedelta(milliseconds=milliseconds))


def updated(entry: Entry, content: str = "<> a <y> .\n") -> Entry:
    new = replace(entry, type="Update", content=content, digest=changelog.hashed(content))
    return later(new)


def withdrawn(entry: Entry) -> Entry:
    gone = replace(entry, type="Delete", content=None, digest="", reason="Op verzoek.")
    return later(gone)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data" / "changes").mkdir(parents=True)
    return tmp_path


def write(root: Path, *lines: str) -> Path:
    path = root / "data" / "changes" / "2026-11-23T093000.000Z.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def refused(root: Path, *lines: str) -> ChangeLogError:
    write(root, *lines)
    with pytest.raises(ChangeLogError) as error:
        changelog.read(root)
    return error.value


def test_a_folder_that_was_never_published_has_an_empty_log(tmp_path: Path) -> None:
    assert changelog.read(tmp_path) == ChangeLog()


contents = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5)


@given(contents)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    root = tmp_path_factory.mktemp("log")
    (root / "data" / "changes").mkdir(parents=True)
    entries = [later(created(text, f"{CASE}-{at}"), at + 1) for at, text in enumerate(texts)]
    write(root, *(entry.line() for entry in entries))
    assert changelog.read(root).entries == tuple(entries)


def test_the_last_entry_of_each_document_says_whether_it_is_present(root: Path) -> None:
    first = created()
    second = later(created(document=f"{CASE}-twee"), 5)
    third = replace(withdrawn(first), time=START + timedelta(seconds=1))
    write(root, first.line(), second.line(), third.line())
    log = changelog.read(root)
    assert list(log.present) == [second]
    assert list(log.withdrawn) == [third]
    assert log.history(CASE) == (first, third)
    assert (log.first, log.last) == (first.time, third.time)
    assert log.created[CASE] == first.time
    assert third.thing == "https://example.org/id/case/een"


def test_files_are_read_in_the_order_of_their_names(root: Path) -> None:
    first = created()
    folder = root / "data" / "changes"
    (folder / "2026-11-24T000000.000Z.jsonl").write_text(updated(first).line(), encoding="utf-8")
    (folder / "2026-11-23T093000.000Z.jsonl").write_text(first.line(), encoding="utf-8")
    assert [entry.type for entry in changelog.read(root).entries] == ["Create", "Update"]


def test_content_that_was_taken_out_is_null_and_its_hash_stays(root: Path) -> None:
    taken_out = replace(created(), content=None)
    write(root, taken_out.line())
    (entry,) = changelog.read(root).entries
    assert entry.redacted
    assert entry.digest


def test_a_thing_that_was_withdrawn_can_come_back(root: Path) -> None:
    first = created()
    gone = withdrawn(first)
    again = replace(gone, type="Create", content=first.content, digest=first.digest, reason="")
    write(root, first.line(), gone.line(), later(again).line())
    assert [entry.type for entry in changelog.read(root).present] == ["Create"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["no json\n"], "not JSON"),
        (["[]\n"], "not a JSON object"),
        (["[" * 100_000 + "\n"], "not JSON"),
        ([created().line().rstrip("\n")], "cut off"),
        ([created().line().replace('"type"', '"kind"')], "kind too many"),
        (['{"time": "2026-11-23T09:30:00.000Z"}\n'], "lacks document, path, type"),
        ([created().line().replace("Create", "Make")], "'Make' is none of"),
        ([created().line().replace(".000Z", "Z")], "not a time such as"),
        ([created().line().replace("11-23", "02-31")], "not a time such as"),
        ([created().line().replace("<x>", "<z>")], "not that of the content"),
        ([created().line().replace('"Create"', "1")], "type is not a text"),
        ([withdrawn(created()).line()], "is not there"),
        ([updated(created()).line()], "is not there"),
        ([created().line(), created().line()], "does not come after"),
        ([created().line(), later(created()).line()], "is there already"),
        ([created().line().replace("Create", "Delete")], "a Delete has no content"),
        ([withdrawn(created()).line().replace("Delete", "Create")], "has its content"),
    ],
)
def test_a_line_that_breaks_a_rule_is_told_with_its_place(
    root: Path, lines: list[str], said: str
) -> None:
    error = refused(root, *lines)
    assert said in str(error)
    assert error.line == len(lines)
    assert "2026-11-23T093000.000Z.jsonl" in str(error)
