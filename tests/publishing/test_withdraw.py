"""A withdrawn thing leaves a tombstone: its name and text go, and it can be put back."""

from pathlib import Path

import pytest
from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS
from wijk import changelog, snapshot, stamps, tombstones
from wijk.namespaces import WIJK

from ..server.conftest import BASE, place
from .conftest import CASE, Publish, Run, edit

DOCUMENT = f"{BASE}doc/case/pluktuin-zuid"
REASON = "Op verzoek van de bewoners."


@pytest.fixture
def published(small: Path, publish: Publish) -> Path:
    """A small folder that was published."""
    publish(small)
    return small


def withdrawn(folder: Path, wijk: Run, *options: str) -> str:
    done = wijk("withdraw", "case:pluktuin-zuid", "--reason", REASON, "--graph", folder, *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_name_and_the_text_go_and_the_reason_and_the_moment_stay(
    published: Path, wijk: Run
) -> None:
    assert withdrawn(published, wijk) == f"withdrawn  {CASE}\n    data/bundles/een.ttl\n"
    taken = snapshot.read(published).snapshot
    stone = tombstones.of(taken.documents[DOCUMENT])
    assert stone is not None
    assert (stone.reason, stone.kinds) == (REASON, (f"{WIJK}Case",))
    assert stone.thing == f"{BASE}id/case/pluktuin-zuid"
    assert "Pluktuin" not in (published / CASE).read_text(encoding="utf-8")
    assert (URIRef(stone.thing), RDF.type, WIJK.Case) not in taken.union


def test_what_is_published_then_is_a_delete_with_the_reason(
    published: Path, publish: Publish, wijk: Run
) -> None:
    withdrawn(published, wijk)
    entry = publish(published).entries[-1]
    assert (entry.type, entry.document, entry.reason) == ("Delete", DOCUMENT, REASON)
    source = (published / CASE).read_bytes()
    assert stamps.time_of(source, DOCUMENT) == entry.stamp
    assert wijk("check", "--graph", published).returncode == 0
    assert publish(published).entries[-1] == entry


def test_what_took_its_place_is_named(published: Path, publish: Publish, wijk: Run) -> None:
    text = (published / CASE).read_text(encoding="utf-8").partition("\n\n")[2]
    place(
        published, "data/cases/ander.ttl", text.partition("<https://")[0].replace("Zuid", "Noord")
    )
    publish(published)
    withdrawn(published, wijk, "--replaced-by", "case:ander")
    stone = tombstones.of(snapshot.read(published).snapshot.documents[DOCUMENT])
    assert stone is not None
    assert stone.replaced_by == f"{BASE}id/case/ander"


def test_what_still_names_it_is_told(published: Path, publish: Publish, wijk: Run) -> None:
    named = '<> a wijk:Bundle ; dcterms:title "Twee"@nl ; dcterms:references case:pluktuin-zuid .\n'
    place(published, "data/bundles/twee.ttl", named)
    publish(published)
    assert "    data/bundles/twee.ttl  bundle:twee dcterms:references\n" in withdrawn(
        published, wijk
    )


def test_a_text_that_has_its_name_is_told_until_it_is_taken_out(
    published: Path, publish: Publish, wijk: Run
) -> None:
    name = "data/bundles/twee.ttl"
    text = '<> a wijk:Bundle ;\n    dcterms:title "Twee"@nl ;\n    {}.\n'
    told = text.format('dcterms:description "Met pluktuin Zuid, niet Pluktuin Zuidoost."@nl ')
    path = place(published, name, told)
    publish(published)
    at = path.read_text(encoding="utf-8").splitlines().index('    dcterms:title "Twee"@nl ;') + 2
    assert f"    {name}:{at}\n" in withdrawn(published, wijk)
    publish(published)
    checked = wijk("check", "--graph", published)
    assert checked.returncode == 0
    assert f"{name}:{at}  withdrawn-still-told" in checked.stdout
    edit(published, "pluktuin Zuid, niet ", "", name)
    assert "withdrawn-still-told" not in wijk("check", "--graph", published).stdout


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("case:onbekend", "is not in the log"),
        ("bundle:nieuw", "It was never published, so remove its file instead"),
        ("scheme:theme", "those stay"),
    ],
)
def test_what_cannot_be_withdrawn_is_told(
    published: Path, wijk: Run, thing: str, said: str
) -> None:
    place(published, "data/bundles/nieuw.ttl", '<> a wijk:Bundle ; dcterms:title "Nieuw"@nl .\n')
    done = wijk("withdraw", thing, "--reason", REASON, "--graph", published)
    assert done.returncode == 2
    assert said in done.stderr


def test_what_is_withdrawn_is_not_withdrawn_twice(published: Path, wijk: Run) -> None:
    withdrawn(published, wijk)
    done = wijk("withdraw", CASE, "--reason", REASON, "--graph", published)
    assert "is withdrawn already" in done.stderr


def test_edits_that_were_not_published_are_not_lost_unasked(published: Path, wijk: Run) -> None:
    edit(published, "Pluktuin Zuid", "Pluktuin van straks")
    asked = ("withdraw", "case:pluktuin-zuid", "--reason", REASON, "--graph", published)
    done = wijk(*asked)
    assert done.returncode == 2
    assert f"{CASE}: edited since the last publication" in done.stderr
    assert "Publish them first or keep a copy" in done.stderr
    assert "van straks" in (published / CASE).read_text(encoding="utf-8")
    assert wijk(*asked, "--drop-edits").returncode == 0
    assert wijk("restore", "case:pluktuin-zuid", "--graph", published).returncode == 0
    assert "Pluktuin Zuid" in (published / CASE).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["case:pluktuin-zuid", "case/pluktuin-zuid", CASE, DOCUMENT])
def test_a_thing_is_put_back_as_it_was(
    published: Path, publish: Publish, wijk: Run, name: str
) -> None:
    before = (published / CASE).read_bytes()
    withdrawn(published, wijk)
    assert wijk("restore", name, "--graph", published).returncode == 0
    assert (published / CASE).read_bytes() == before
    withdrawn(published, wijk)
    publish(published)
    assert wijk("restore", name, "--graph", published).returncode == 0
    log = publish(published)
    assert [it.type for it in log.history(DOCUMENT)] == ["Create", "Delete", "Create"]
    assert (
        stamps.parted((published / CASE).read_bytes(), DOCUMENT)[0]
        == (stamps.parted(before, DOCUMENT)[0])
    )


def test_a_tombstone_is_written_in_the_house_format(published: Path, wijk: Run) -> None:
    withdrawn(published, wijk)
    text = (published / CASE).read_text(encoding="utf-8")
    assert text.split("\n")[0] == f"@base <{BASE}id/case/pluktuin-zuid> ."
    assert "\n<> a prov:Entity ;\n    dcterms:type wijk:Case ;\n" in text
    graph = snapshot.read(published).snapshot.documents[DOCUMENT].graph
    assert len({*graph.subjects(DCTERMS.description)}) == 1
    assert changelog.read(published).latest[DOCUMENT].type == "Create"
