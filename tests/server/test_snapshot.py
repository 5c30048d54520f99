"""The graph is a function of the folder."""

import os
import pickle
import shutil
from pathlib import Path, PurePosixPath

import pytest
from rdflib import Dataset
from rdflib.compare import isomorphic
from wijk import questions, resources, snapshot
from wijk.errors import GraphFolderError, QuestionFileError
from wijk.snapshot import Snapshot

from .conftest import BASE, BUNDLE, CASE, CATALOG, SHAPES, place


def test_the_same_folder_elsewhere_has_the_same_digest(small: Path, tmp_path: Path) -> None:
    moved = tmp_path / "met spatie" / "elders"
    shutil.copytree(small, moved)
    for path in moved.rglob("*.ttl"):
        os.utime(path, (0, 0))
    here, there = snapshot.read(small).snapshot, snapshot.read(moved).snapshot
    assert here.digest == there.digest
    assert here.nquads() == there.nquads()


def test_another_byte_is_another_digest(small: Path) -> None:
    before = snapshot.read(small).snapshot.digest
    path = small / "data" / "cases" / "pluktuin-zuid.ttl"
    path.write_bytes(path.read_bytes() + b"# een opmerking\n")
    assert snapshot.read(small).snapshot.digest != before


def test_a_pipe_among_the_documents_is_told_and_not_waited_for(small: Path) -> None:
    pipe = small / "data" / "cases" / "pijp.ttl"
    os.mkfifo(pipe)
    with pytest.raises(GraphFolderError, match=r"pijp\.ttl: it is not a file but a pipe or device"):
        snapshot.read(small)
    pipe.unlink()
    assert f"{BASE}doc/case/pluktuin-zuid" in snapshot.read(small).snapshot.documents


def test_a_pipe_among_the_questions_is_told_and_not_waited_for(small: Path) -> None:
    os.mkfifo(small / "queries" / "questions" / "pijp.rq")
    with pytest.raises(QuestionFileError, match="a pipe"):
        questions.load(small / "queries" / "questions")


@pytest.mark.parametrize("name", ["questions/pijp.rq", "geosparql/pijp.rq", "pijp.rq"])
def test_a_pipe_anywhere_among_the_queries_is_told_and_not_waited_for(
    small: Path, name: str
) -> None:
    pipe = small / "queries" / name
    pipe.parent.mkdir(exist_ok=True)
    os.mkfifo(pipe)
    with pytest.raises(GraphFolderError, match=r"pijp\.rq: it is not a file but a pipe or device"):
        resources.beside(small)


def test_a_document_is_named_after_its_file(small: Path) -> None:
    document = snapshot.read(small).snapshot.documents[f"{BASE}doc/case/pluktuin-zuid"]
    assert (document.kind, document.slug) == ("case", "pluktuin-zuid")
    assert document.path.as_posix() == "data/cases/pluktuin-zuid.ttl"
    assert document.source == (small / document.path).read_bytes()
    assert document.base == f"{BASE}id/case/pluktuin-zuid"


def test_every_statement_is_in_the_graph_of_its_document(small: Path) -> None:
    taken = snapshot.read(small).snapshot
    dataset = Dataset()
    dataset.parse(data=taken.nquads(), format="nquads")
    for iri, document in taken.documents.items():
        assert isomorphic(dataset.graph(iri), document.graph)
    assert {str(graph.identifier) for graph in dataset.graphs() if len(graph)} == {*taken.documents}


def test_the_view_of_a_concept_holds_that_concept_only(small: Path) -> None:
    taken = snapshot.read(small).snapshot
    view = taken.find(f"{BASE}doc/theme/groen")
    assert view is not None
    assert {str(subject) for subject in view.graph.subjects()} == {f"{BASE}id/theme/groen"}
    assert view.path.as_posix() == "ontology/concepts/theme.ttl"
    assert taken.find(f"{BASE}doc/theme/goud") is None


def test_what_is_packed_is_what_it_was(small: Path) -> None:
    packed, plain = snapshot.read(small).snapshot, snapshot.read(small).snapshot
    packed.pack()
    packed.pack()
    assert packed.documents == plain.documents
    for iri, document in packed.documents.items():
        assert document.source == plain.documents[iri].source
    [path] = [path for path in packed.documents if path.endswith("/doc/case/pluktuin-zuid")]
    assert pickle.loads(pickle.dumps(packed.documents[path].light())).source.startswith(b"@base")
    again = snapshot.read(small, known=packed.documents.values()).snapshot
    assert all(again.documents[iri] is packed.documents[iri] for iri in again.documents)


def test_labels_are_dutch_first(small: Path) -> None:
    labels = snapshot.read(small).snapshot.labels
    assert labels[f"{BASE}id/case/pluktuin-zuid"] == "Pluktuin Zuid"
    assert labels["https://w3id.org/wijk/def#Case"] == "Casus"


def test_slugs_are_known_by_kind(small: Path) -> None:
    taken = snapshot.read(small).snapshot
    assert taken.slugs("theme") == ("groen", "jeugd")
    assert taken.slugs("case") == ("pluktuin-zuid",)
    assert taken.slugs("planeet") == ()
    assert taken.kinds >= {"case", "bundle", "theme", "scheme"}


def test_a_broken_file_is_left_out_and_named_with_its_line(small: Path) -> None:
    path = small / "data" / "cases" / "kapot.ttl"
    path.write_text("\n\n<a:b> <a:c> .\n", encoding="utf-8")
    reading = snapshot.read(small)
    assert [(str(file.path), file.line) for file in reading.broken] == [("data/cases/kapot.ttl", 3)]
    assert f"{BASE}doc/case/pluktuin-zuid" in reading.snapshot.documents


def test_a_second_file_about_the_same_document_is_named_with_the_first(small: Path) -> None:
    place(small, "data/cases/oud/pluktuin-zuid.ttl", CASE)
    (broken,) = snapshot.read(small).broken
    assert broken.rule == "thing-in-two-documents"
    assert "pluktuin-zuid.ttl" in broken.reason


def test_a_file_from_elsewhere_joins_in_by_its_base(small: Path, tmp_path: Path) -> None:
    place(tmp_path, "cases/nieuw.ttl", CASE)
    reading = snapshot.read(small, [tmp_path / "cases" / "nieuw.ttl"])
    assert reading.snapshot.documents[f"{BASE}doc/case/nieuw"].kind == "case"


@pytest.mark.parametrize("missing", ["", "data/catalog.ttl"])
def test_a_folder_that_is_no_graph_says_what_to_do(small: Path, missing: str) -> None:
    (small / missing).unlink() if missing else shutil.rmtree(small)
    with pytest.raises(GraphFolderError, match="--graph DIR"):
        snapshot.read(small)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "0 uriSpaces"), ("<a:b> void:uriSpace 'a:', 'b:' .", "2 uriSpaces"), ("<a", "line")],
)
def test_a_catalogue_without_one_base_is_refused(small: Path, text: str, said: str) -> None:
    place(small, "data/catalog.ttl", text)
    with pytest.raises(GraphFolderError, match=said):
        snapshot.read(small)


def test_a_file_that_cannot_be_read_is_named(small: Path) -> None:
    path = small / "data" / "cases" / "map.ttl"
    path.mkdir()
    with pytest.raises(GraphFolderError, match=r"map\.ttl"):
        snapshot.read(small)


def test_the_graph_as_shipped_has_no_broken_file(reading: snapshot.Reading) -> None:
    assert reading.broken == ()


def test_the_graph_as_shipped_holds_the_29_cases_of_the_facts(shipped: Snapshot) -> None:
    assert len(shipped.slugs("case")) >= 29


TWIN = "data/cases/oud/pluktuin-zuid.ttl"
NEW = "data/bundles/twee.ttl"
HERE = "data/cases/pluktuin-zuid.ttl"


@pytest.mark.parametrize(
    "steps",
    [
        [(HERE, CASE.replace("Zuid", "Noord")), (HERE, "geen Turtle"), (HERE, CASE)],
        [(TWIN, CASE), (TWIN, CASE + "# en meer"), (HERE, None), (HERE, CASE), (TWIN, None)],
        [(NEW, BUNDLE), (NEW, None)],
        [("shapes/a.ttl", SHAPES), ("shapes/case.ttl", None), ("shapes/case.ttl", SHAPES)],
        [("data/changes/log.ttl", "geen Turtle"), ("queries/a.ttl", "geen Turtle")],
        [("data/catalog.ttl", CATALOG.replace(BASE, "https://example.org/elders/"))],
    ],
    ids=["broken", "twin", "new", "shapes", "not read", "catalogue"],
)
def test_what_is_read_again_where_it_changed_is_what_is_read_anew(
    steps: list[tuple[str, str | None]], small: Path
) -> None:
    reading = snapshot.read(small)
    for name, text in steps:
        if text is None:
            (small / name).unlink()
        else:
            place(small, name, text)
        reading = snapshot.reread(reading, [small.absolute() / name])
        anew = snapshot.read(small)
        assert (reading.snapshot, reading.broken) == (anew.snapshot, anew.broken)


def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(small: Path) -> None:
    reading = snapshot.read(small)
    (small / "data").rename(small / "elders")
    with pytest.raises(GraphFolderError, match="catalog"):
        snapshot.reread(reading, [small / HERE])


def test_the_folder_as_it_would_be_is_what_it_is_once_written(small: Path) -> None:
    before = snapshot.read(small)
    case = small / HERE
    files: dict[PurePosixPath, bytes | None] = {
        PurePosixPath(HERE): case.read_bytes().replace(b"Pluktuin", b"Moestuin"),
        PurePosixPath("data/cases/kapot.ttl"): b"<> a",
        PurePosixPath("data/bundles/een.ttl"): None,
    }
    thought = snapshot.edited(before, files)
    for path, text in files.items():
        if text is None:
            (small / path).unlink()
        else:
            (small / path).write_bytes(text)
    assert thought.snapshot.digest == snapshot.read(small).snapshot.digest
    assert [it.path for it in thought.broken] == [PurePosixPath("data/cases/kapot.ttl")]
