"""The municipalities and changes in the folder are those of the register, one to one."""

import runpy
from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph
from wijk.linking import tooi
from wijk.linking.register import Register
from wijk.linking.resolve import resolve

EXTRACT = Path(__file__).parents[1] / "linking" / "extracts" / "tooi_gemeenten_extract.jsonld"
# What the extract lacks, from the table of all changes: the municipalities around two splits.
NEIGHBOURS = {"GM0055", "GM0080", "GM0081"}


@pytest.fixture(scope="module")
def here(union: Graph) -> Register:
    """The register in the folder."""
    return Register.of(union)


@pytest.fixture(scope="module")
def told() -> Register:
    """The register as its publisher gives it."""
    return tooi.read(EXTRACT.read_bytes(), EXTRACT.name).register


def test_every_municipality_is_as_the_register_tells(here: Register, told: Register) -> None:
    shared = {code: here.municipalities.get(code) for code in told.municipalities}
    assert shared == told.municipalities
    assert here.municipalities.keys() - told.municipalities.keys() == NEIGHBOURS


def test_every_change_is_as_the_register_tells(here: Register, told: Register) -> None:
    assert set(told.events) <= set(here.events)
    more = {event.iri.rpartition("/")[2] for event in set(here.events) - set(told.events)}
    assert more == {"wzg_03177367", "wzg_04262953"}
    assert (here.since, here.seen, here.version) == (date(2000, 1, 1), told.seen, "4")


def test_all_twelve_provinces_are_there(here: Register) -> None:
    assert {code for code in here.names if code[:2] == "PV"} == {f"PV{n}" for n in range(20, 32)}


@pytest.mark.parametrize(
    ("code", "day", "outcome", "areas"),
    [
        ("GM0140", "2018-01-01", "ask", "GM0080 GM1900"),
        ("GM0081", "2018-01-01", "forward", "GM0080"),
        ("GM0055", "2014-01-01", "ask", "GM0080 GM1900"),
        ("BU19910104", "2022-06-01", "exact", "BU19910104"),
        ("BU19910104", "2023-06-01", "ask", "GM1991"),
    ],
)
def test_no_split_looks_like_a_merger(
    here: Register, code: str, day: str, outcome: str, areas: str
) -> None:
    found = resolve(here, code, date.fromisoformat(day))
    assert (found.outcome, " ".join(found.areas)) == (outcome, areas)


def test_what_the_extract_lacks_is_as_the_script_makes_it(
    graph_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = runpy.run_path(str(graph_root / "tests" / "data" / "neighbours.py"))
    for kind in ("areas", "events"):
        (tmp_path / "data" / kind).mkdir(parents=True)
    (tmp_path / "tests").symlink_to(graph_root / "tests")
    monkeypatch.chdir(tmp_path)
    script["main"]()
    made = sorted((tmp_path / "data").rglob("*.ttl"))
    assert len(made) == 5
    for path in made:
        shipped = Graph().parse(graph_root / path.relative_to(tmp_path))
        assert set(Graph().parse(path)) <= set(shipped)
