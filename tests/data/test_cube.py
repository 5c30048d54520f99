"""The figures are a well-formed RDF Data Cube, by the integrity constraints of the W3C."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from wijk.snapshot import Snapshot

HERE = Path(__file__).parent / "figures"
ROOT = HERE.parents[2]
CONSTRAINTS = {
    path.stem: path.read_text()
    for path in sorted((HERE / "constraints").glob("ic-*.rq"))
    if not path.stem.endswith("-p")
}
# These two look at every pair of observations; on the whole cube they are asked by grouping.
PAIRS = ("ic-12", "ic-17")
GROUPED = {
    "ic-12": HERE / "constraints" / "grouped-ic-12.rq",
    "ic-17": HERE / "constraints" / "grouped-ic-17.rq",
}
BROKEN = sorted((HERE / "broken").glob("*.ru"))
CUBE = "http://purl.org/linked-data/cube#"


def normalised(store: ox.Store) -> ox.Store:
    """The cube with everything at its observations, as section 10 of the specification says."""
    known = HERE / "constraints" / "vocabularies.ttl"
    store.load(path=str(known), format=ox.RdfFormat.TURTLE)
    store.update((HERE / "constraints" / "normalise.ru").read_text())
    return store


def small(change: str = "") -> ox.Store:
    """A small cube in which all is well, and then is changed."""
    store = ox.Store()
    store.load(path=str(HERE / "broken" / "valid.ttl"), format=ox.RdfFormat.TURTLE)
    if change:
        store.update(change)
    return normalised(store)


def asked(name: str, text: str, store: ox.Store) -> Iterator[str]:
    """The constraint, once for each property that stands in the place of $p."""
    if "$p" not in text:
        yield text
        return
    names = (HERE / "constraints" / f"{name}-p.rq").read_text()
    for row in store.query(names):
        yield text.replace("$p", row["p"].value)


def fails(name: str, store: ox.Store) -> bool:
    """Whether the cube breaks the constraint as it was published."""
    return any(bool(store.query(each)) for each in asked(name, CONSTRAINTS[name], store))


def of_documents(shipped: Snapshot, names: tuple[str, ...]) -> ox.Store:
    """Some documents of the shipped folder, in one graph."""
    store = ox.Store()
    for name in names:
        path = ROOT / "data" / f"{name}.ttl"
        base = f"{shipped.base}id/{path.parent.name.removesuffix('s')}/{path.stem}"
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base)
    return store


def documents(*wanted: str) -> tuple[str, ...]:
    """The measures and the figures of these codes, or all of them."""
    found = [*(ROOT / "data" / "measures").glob("*"), *(ROOT / "data" / "figures").glob("*")]
    return tuple(
        f"{path.parent.name}/{path.stem}"
        for path in sorted(found)
        if not wanted or not path.stem.startswith("2022-gm") or path.stem[5:] in wanted
    )


@pytest.fixture(scope="module")
def cube(shipped: Snapshot) -> ox.Store:
    """All figures."""
    return normalised(of_documents(shipped, documents()))


@pytest.fixture(scope="module")
def part(shipped: Snapshot) -> ox.Store:
    """The figures of one small municipality with a missing one, and of the country."""
    return normalised(of_documents(shipped, documents("gm0301", "gm1926")))


def test_all_constraints_are_here() -> None:
    numbers = {name[3:5] for name in CONSTRAINTS}
    assert numbers == {f"{number:02}" for number in range(1, 22)}
    assert {path.stem[:5] for path in BROKEN} == {name[:5] for name in CONSTRAINTS}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_small_cube_in_which_all_is_well_passes(name: str) -> None:
    assert not fails(name, small())


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_each_constraint_fails_on_a_cube_that_breaks_it(path: Path) -> None:
    name = path.stem.removesuffix("-2")
    assert fails(name, small(path.read_text()))


@pytest.mark.parametrize("name", [name for name in CONSTRAINTS if name not in PAIRS])
def test_the_cube_passes(name: str, cube: ox.Store) -> None:
    assert not fails(name, cube)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_part_of_the_cube_passes_every_constraint_as_it_was_published(
    name: str, part: ox.Store
) -> None:
    assert not fails(name, part)


@pytest.mark.parametrize("name", PAIRS)
def test_the_cube_passes_by_grouping_what_looks_at_every_pair(name: str, cube: ox.Store) -> None:
    assert not [*cube.query(GROUPED[name].read_text())]


@pytest.mark.parametrize("path", [None, *BROKEN], ids=lambda path: path.stem if path else "valid")
@pytest.mark.parametrize("name", PAIRS)
def test_grouping_finds_what_the_published_query_finds(name: str, path: Path | None) -> None:
    store = small(path.read_text() if path else "")
    assert bool([*store.query(GROUPED[name].read_text())]) == fails(name, store)


def test_the_cube_says_its_observations_also_without_being_normalised(shipped: Snapshot) -> None:
    plain = of_documents(shipped, documents())
    count = f"SELECT (COUNT(?o) AS ?count) WHERE {{ ?o a <{CUBE}Observation> }}"
    (row,) = plain.query(count)
    assert int(row["count"].value) == 480 * 15
