"""A trial finds what a check of the folder would find, had the files been written."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest
from wijk import snapshot
from wijk.checking import check, rechecking
from wijk.checking.messages import sentence
from wijk.checking.trial import Trial
from wijk.engine.changing import ChangingStore
from wijk.snapshot import Reading, Snapshot

CASE = PurePosixPath("data/cases/boefjes-en-baristas.ttl")


@pytest.fixture(scope="module")
def store(nquads: bytes) -> ChangingStore:
    """The shipped graph in a store."""
    return ChangingStore(nquads, known=True)


@pytest.fixture(scope="module")
def trial(shipped: Snapshot, store: ChangingStore) -> Trial:
    """Trials of the shipped graph."""
    return Trial.of(Reading(shipped), store)


@pytest.fixture(autouse=True)
def _as_it_was(store: ChangingStore) -> Iterator[None]:
    """Each trial leaves the store as it was."""
    count = len(store._store)
    yield
    assert len(store._store) == count


def text_of(shipped: Snapshot, path: PurePosixPath = CASE) -> str:
    """The text of a file of the shipped graph."""
    return next(it for it in shipped.documents.values() if it.path == path).source.decode()


def test_what_is_as_it_was_has_no_violation(trial: Trial, shipped: Snapshot) -> None:
    assert trial.findings({CASE: text_of(shipped).encode()}) == []


def test_several_mistakes_in_a_case_are_found_with_what_follows_for_others(
    trial: Trial, shipped: Snapshot
) -> None:
    text = re.sub(r"wijk:number \d+", "wijk:number 0", text_of(shipped))
    text = text.replace("theme:ontmoeting", "theme:ontmoetn")
    found = trial.findings({CASE: text.encode()})
    told = {sentence(it, "nl") for it in found if it.severity == "violation"}
    assert "“0” is te laag. Schrijf een heel getal vanaf 1." in told
    assert any("“ontmoetn” staat niet in de lijst" in it for it in told)


def test_a_warning_about_the_case_is_found_and_those_of_others_are_not(
    trial: Trial, shipped: Snapshot
) -> None:
    lines = text_of(shipped).splitlines(keepends=True)
    text = "".join(line for line in lines if "dcterms:abstract" not in line)
    found = trial.findings({CASE: text.encode()})
    assert "abstract-missing" in {it.rule for it in found}
    assert {it.file for it in found if it.severity != "violation"} == {str(CASE)}


@pytest.mark.parametrize("most", [0, rechecking.MOST])
def test_much_that_is_tried_is_told_as_little_is(
    trial: Trial, shipped: Snapshot, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(rechecking, "MOST", most)
    text = re.sub(r"wijk:number \d+", "wijk:number 0", text_of(shipped))
    assert [it.rule.rpartition("#")[2] for it in trial.findings({CASE: text.encode()})] == [
        "Case-number-value"
    ]


def test_what_cannot_be_read_is_told_once(trial: Trial) -> None:
    found = trial.findings({CASE: b"case:x a wijk:Case"})
    assert [it.rule for it in found] == ["turtle-syntax"]


def test_a_file_that_would_be_gone_leaves_references_that_dangle(
    trial: Trial, shipped: Snapshot
) -> None:
    place = next(it for it in shipped.documents.values() if it.kind == "place")
    found = trial.findings({place.path: None})
    assert found
    assert all(it.severity == "violation" for it in found)


def test_a_path_outside_the_data_is_refused(trial: Trial) -> None:
    with pytest.raises(ValueError, match="not a file of the data"):
        trial.findings({PurePosixPath("shapes/case.ttl"): b""})


@pytest.mark.referee
def test_a_trial_finds_the_violations_and_warnings_of_a_whole_check(
    trial: Trial, shipped: Snapshot
) -> None:
    text = text_of(shipped).replace("dcterms:title", "dcterms:titel", 1)
    found = trial.findings({CASE: text.encode()})
    now = snapshot.edited(Reading(shipped), {CASE: text.encode()})
    every = check(now, ChangingStore(now.snapshot.nquads()).rows)
    about = [it for it in every if it.severity == "violation" or str(CASE) in it.files()]
    assert found == [it for it in about if it.rule != "unpublished"]
