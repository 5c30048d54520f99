"""A folder that was checked is known again, to the byte; the memory of it may be lost or spoilt."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from wijk import remembered, snapshot, turtle
from wijk.remarks import Remark, Remarks
from wijk.snapshot import Reading, Snapshot


def writer(reading: Reading) -> Callable[[Path], int]:
    """Writes the N-Quads of what was read."""
    nquads = reading.snapshot.nquads()
    return lambda path: path.write_bytes(nquads)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def known(small: Path, home: Path) -> Reading:
    """The small graph, remembered."""
    reading = snapshot.read(small)
    remembered.remember(reading, writer(reading), home)
    return reading


def written(taken: Snapshot) -> dict[tuple[str, str], bytes]:
    """Every document in every format."""
    return {
        (iri, media_type): turtle.serialize(document.graph, media_type, iri)
        for iri, document in taken.documents.items()
        for media_type in turtle.FORMATS
    }


def test_what_is_recalled_is_what_was_read(known, small, home):
    taken = remembered.recall(small, home)
    assert taken is not None
    assert taken == known.snapshot
    assert taken.nquads() == known.snapshot.nquads()
    assert dict(taken.labels) == dict(known.snapshot.labels)
    assert taken.concepts.keys() == known.snapshot.concepts.keys()
    assert taken.kinds == known.snapshot.kinds
    assert [taken.documents[iri].told for iri in taken.documents] == [
        document.told for document in known.snapshot.documents.values()
    ]


def test_what_the_check_said_besides_is_recalled(small, home):
    reading = snapshot.read(small)
    said = Remarks((Remark("data/cases/a.ttl", "https://example.org/a", "Kan beter.", "orphan"),))
    remembered.remember(reading, writer(reading), home, said)
    assert remembered.recall(small, home).remarks == said
    assert said.counts["data/cases/a.ttl"] == 1


def test_every_document_is_written_as_before_to_the_byte(known, small, home):
    assert written(remembered.recall(small, home)) == written(known.snapshot)


def test_the_shipped_graph_is_recalled_to_the_byte(reading, root, home):
    remembered.remember(reading, writer(reading), home)
    taken = remembered.recall(root, home)
    assert taken.digest == reading.snapshot.digest
    for iri, document in reading.snapshot.documents.items():
        assert list(taken.documents[iri].lines()) == list(document.lines())
        assert taken.documents[iri].source == document.source


def test_a_question_is_answered_from_what_is_remembered_until_a_file_changes(wijk, small, home):
    def asked() -> str:
        return wijk("ask", "cases-by-theme", "--graph", small, XDG_CACHE_HOME=str(home)).stdout

    read = asked()
    reading = snapshot.read(small)
    remembered.remember(reading, writer(reading), home / "wijk")
    (entry,) = (home / "wijk" / "checked").iterdir()
    os.utime(entry, (0, 0))
    assert asked() == read
    assert entry.stat().st_mtime > 0
    case = small / "data" / "cases" / "pluktuin-zuid.ttl"
    case.write_text(case.read_text().replace("theme:groen", "theme:jeugd"))
    assert asked() == read.replace("theme/groen", "theme/jeugd")


@pytest.mark.parametrize(
    "name", ["data/cases/pluktuin-zuid.ttl", "shapes/case.ttl", "queries/checks/number-13.rq"]
)
def test_another_byte_is_another_folder(known, small, home, name):
    path = small / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert remembered.recall(small, home) is None


def test_one_file_more_or_less_is_another_folder(known, small, home):
    (small / "queries" / "checks" / "number-13.rq").rename(small / "queries" / "checks" / "x.rq")
    assert remembered.recall(small, home) is None


def test_a_folder_that_changed_while_it_was_checked_is_not_remembered(small, home):
    reading = snapshot.read(small)
    (small / "data" / "bundles" / "twee.ttl").write_text("", encoding="utf-8")
    remembered.remember(reading, writer(reading), home)
    assert remembered.recall(small, home) is None


@pytest.mark.parametrize("name", ["told.json", "graph.nq"])
@pytest.mark.parametrize("how", ["half", "empty", "gone", "other"])
def test_a_spoilt_memory_is_none(known, small, home, name, how):
    path = next((home / "checked").glob(f"*/{name}"))
    text = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        spoilt = {"half": text[: len(text) // 2], "empty": b"", "other": b'{"documents": [[1]]}'}
        path.write_bytes(spoilt[how])
    assert remembered.recall(small, home) is None


def test_a_memory_that_tells_of_other_documents_is_none(known, small, home):
    path = next((home / "checked").glob("*/told.json"))
    told = json.loads(path.read_bytes())
    told["documents"][0]["names"][4] = "0" * 64
    path.write_text(json.dumps(told), encoding="utf-8")
    assert remembered.recall(small, home) is None


def test_a_home_that_cannot_be_written_is_no_trouble(small, tmp_path):
    (tmp_path / "file").write_text("")
    reading = snapshot.read(small)
    remembered.remember(reading, b"", tmp_path / "file")
    assert remembered.recall(small, tmp_path / "file") is None


def test_only_the_last_folders_are_remembered(known, small, home):
    for number in range(6):
        (small / "data" / "bundles" / "een.ttl").write_text(f"# {number}\n", encoding="utf-8")
        reading = snapshot.read(small)
        remembered.remember(reading, writer(reading), home)
    assert len(list((home / "checked").iterdir())) == 4
    assert remembered.recall(small, home) is not None


def test_without_a_home_folder_it_lies_in_the_cache_of_the_user(small, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    reading = snapshot.read(small)
    remembered.remember(reading, writer(reading), None)
    assert remembered.recall(small, None) is not None
    shutil.rmtree(tmp_path / "cache")
    assert remembered.recall(small, None) is None
