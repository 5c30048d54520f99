"""A version is a name for what is published, with the hash of its canonical form."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import to_canonical_graph
from wijk import changelog, namespaces, snapshot, turtle, versions
from wijk.documents import Document, hashed
from wijk.publishing import canonical

from .conftest import CASE, Publish, Run, edit

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def publish(folder: Path, wijk: Run, *options: str) -> str:
    done = wijk("publish", "--graph", folder, *options)
    assert done.returncode == 0, done.stderr
    return done.stderr


def known(folder: Path) -> tuple[versions.Version, ...]:
    taken = snapshot.read(folder).snapshot
    return versions.of(taken.documents, taken.base)


def test_a_version_is_what_was_published_up_to_its_moment(small: Path, wijk: Run) -> None:
    assert "3 new, version 1.0.0 published at" in publish(small, wijk, "--version", "1.0.0")
    log = changelog.read(small)
    (one,) = known(small)
    assert (one.name, one.time) == ("1.0.0", log.last)
    assert one.digest == canonical.digest(log)
    edit(small, "Pluktuin Zuid", "Pluktuin")
    publish(small, wijk, "--version", "1.1.0")
    assert [it.name for it in known(small)] == ["1.0.0", "1.1.0"]
    assert known(small)[0] == one
    assert known(small)[1].digest != one.digest
    assert wijk("check", "--graph", small).returncode == 0


def test_what_is_published_already_can_be_given_a_version(
    small: Path, publish: Publish, wijk: Run
) -> None:
    log = publish(small)
    done = wijk("publish", "--graph", small, "--version", "2026-11-23")
    assert "version 2026-11-23 published." in done.stderr
    assert changelog.read(small) == log


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("1.0.0", "is there already, and stays"),
        ("0.9.0", "Version 1.0.0 is there already; 0.9.0 does not come after it"),
        ("1.0", "is no version"),
        ("01.0.0", "is no version"),
        ("nieuw", "is no version"),
        ("2026-02-31", "is no version"),
    ],
)
def test_another_name_is_refused_and_nothing_is_published(
    small: Path, wijk: Run, name: str, said: str
) -> None:
    publish(small, wijk, "--version", "1.0.0")
    before = changelog.read(small)
    edit(small, "Pluktuin Zuid", "Pluktuin")
    done = wijk("publish", "--graph", small, "--version", name)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Checking" not in done.stderr, "it is refused at once"
    assert changelog.read(small) == before
    assert "Pluktuin" in (small / CASE).read_text()


def test_numbers_rise_as_semantic_versioning_says_and_days_as_days() -> None:
    risen = ["1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta"]
    risen += ["1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"]
    for names in (risen, ["2026-11-23", "2026-12-01", "2027-01-01"]):
        for at, name in enumerate(names):
            assert all(versions.is_later(it, name) for it in names[at + 1 :])
            assert not any(versions.is_later(it, name) for it in names[: at + 1])
    assert versions.is_later("1.0.0", "2026-11-23")
    assert versions.is_later("2026-11-23", "1.0.0")


def test_the_hash_is_of_canonical_nquads_as_the_recommendation_has_them() -> None:
    odd = '\\t\\b\\n\\r\\f\\"\\\\\\u007F\\u0001é\U0001f600'
    turtle = f'<urn:a> <urn:p> "{odd}" , "x"@nl , 1 , "01"^^<urn:t> .'
    lines = canonical.nquads([("urn:g", "urn:b", turtle)]).decode().splitlines(keepends=True)
    assert lines == sorted(lines)
    assert '<urn:a> <urn:p> "x"@nl <urn:g> .\n' in lines
    assert '<urn:a> <urn:p> "\\t\\b\\n\\r\\f\\"\\\\\\u007F\\u0001é\U0001f600" <urn:g> .\n' in lines
    assert '<urn:a> <urn:p> "01"^^<urn:t> <urn:g> .\n' in lines


def test_of_the_shipped_documents_the_canonical_form_is_that_of_the_files(root: Path) -> None:
    """They have no blank nodes, so another canonicalisation renames nothing either."""
    log = changelog.read(root)
    entry = next(it for it in log.present if it.thing.endswith("/boefjes-en-baristas"))
    assert entry.content is not None
    ours = canonical.nquads([(entry.document, entry.thing, entry.content)])
    graph = rdflib.Graph().parse(data=entry.content, format="turtle", publicID=entry.thing)
    assert not [node for triple in graph for node in triple if isinstance(node, rdflib.BNode)]
    other = to_canonical_graph(graph).serialize(format="nt11").strip().split("\n")
    tail = f" <{entry.document}> ."
    assert (
        sorted(f"{line.removesuffix(' .')}{tail}" for line in other) == ours.decode().splitlines()
    )
    assert len(hashlib.sha256(ours).hexdigest()) == 64


def told(*named: tuple[str, str]) -> list[tuple[str, str]]:
    """What is read of a file of versions with these names and moments."""
    base = "https://w3id.org/wijindewijk/"
    found = [versions.Version(name, NOON, "ab" * 32) for name, _ in named]
    text = versions.written(found, f"{base}dataset/cases", base, namespaces.prefixes(base))
    for _, moment in named:
        text = text.replace("2026-11-23T12:00:00.000Z", moment, 1)
    graph, path = turtle.parse(text.encode(), versions.PATH), versions.PATH
    iri = f"{base}doc/versions"
    document = Document(iri, "versions", "", path, text.encode(), graph, hashed(text.encode()))
    return [(it.name, it.time.isoformat()) for it in versions.of({iri: document}, base)]


@pytest.mark.parametrize("name", ["..", "1/0", "1", "1.0.0/x", "nieuw"])
def test_what_is_no_name_of_a_version_is_passed_over(name: str) -> None:
    assert told((name, "2026-11-23T12:00:00.000Z")) == []


@pytest.mark.parametrize("moment", ["2026-11-23", "now", "2026-11-23T12:00:00"])
def test_what_has_no_moment_with_its_time_zone_is_passed_over(moment: str) -> None:
    assert told(("1.0.0", moment)) == []


def test_the_oldest_version_comes_first_whatever_the_order_in_the_file() -> None:
    later, sooner = "2026-11-25T12:00:00.000Z", "2026-11-24T12:00:00.000Z"
    assert told(("1.0.0", later), ("0.9.0", sooner)) == [
        ("0.9.0", "2026-11-24T12:00:00+00:00"),
        ("1.0.0", "2026-11-25T12:00:00+00:00"),
    ]
