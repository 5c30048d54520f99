"""A municipality that became part of another: every route finds its cases by both names."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from wijk import questions
from wijk.changelog import ChangeLog
from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.harvesting import gathering, statements
from wijk.harvesting.embed import choosing
from wijk.harvesting.feeds import feed
from wijk.harvesting.records import Records
from wijk.search import filling
from wijk.search.alike import alike
from wijk.search.shelf import Shelf
from wijk.snapshot import Snapshot
from wijk.web.pages import starting
from wijk.web.pages.lists import mapping
from wijk.web.pages.lists.asked import Asked

BASE = "https://w3id.org/wijindewijk/"
MERGED = (
    f"<{BASE}id/area/gm0289> <https://w3id.org/wijk/def#presentArea> "
    f"<{BASE}id/area/gm0228> <{BASE}doc/derived/present-areas> .\n"
)
KINDS = frozenset(("area", "bundle", "case", "derived", "place"))
THERE, BESIDE = "initiatief-in-wageningen", "kenhem-community"
FOUND = {
    ("wageningen", "GM0289"): {THERE},
    ("ede", "GM0228"): {THERE, BESIDE},
}
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Merged:
    """Wageningen as part of Ede, which is made up: what each route has of the cases then.

    `without` are the records after documents were withdrawn.
    """

    records: Records
    shelf: Shelf
    filters: dict[str, Rows]
    without: Callable[..., Records]


@pytest.fixture(scope="module")
def merged(shipped: Snapshot, log: ChangeLog, then: Callable[..., ChangeLog]) -> Merged:
    """The shipped cases, with that one statement more."""
    kept = (it for it in shipped.documents.values() if it.kind in KINDS)
    store = LocalStore("".join((*(line for it in kept for line in it.lines()), MERGED)).encode())
    pages = questions.load(shipped.root / "queries" / "pages")

    def asked(name: str) -> Rows:
        return list(map(dict, statements.read(store.query(pages[name].text, formats.JSON))))

    rows, query = asked("harvest-cases"), pages["harvest-cases"].text

    def without(*documents: str) -> Records:
        later = log
        for document in documents:
            later = then(later, "Delete", document, "Op verzoek.")
        published = statements.published(rows, query, shipped, later)
        past = statements.past(published, query, later, BASE)
        return gathering.records(published, shipped, later, past)

    shelf = filling.shelf(asked("shelf"), BASE, lambda iri: iri, lambda iri: None)
    filters = {name: asked(f"filter-{name}") for name in ("cases", "places")}
    return Merged(without(), shelf, filters, without)


def filtered(rows: Rows, code: str) -> set[str]:
    """What the filter of the API gives for a municipality."""
    return {
        row["thing"].rpartition("/")[2]
        for row in rows
        if (row["filter"], row["value"]) == ("gemeente", code)
    }


@pytest.mark.parametrize(("name", "code"), FOUND)
def test_every_route_finds_a_case_by_the_municipality_of_then_and_by_that_of_today(
    merged: Merged, name: str, code: str
) -> None:
    cases = FOUND[name, code]
    whole = feed.find(merged.records, f"gemeente/{name}", True)
    assert whole is not None
    assert {it.slug for it in whole.records} == cases
    for value in (name, code):
        chosen = choosing.chosen(merged.records, [("gemeente", value)], 20)
        assert {it.slug for it in chosen.records} == cases
        assert {it.slug for it in merged.shelf.choose({"gemeente": [value]}).cases()} == cases
    assert filtered(merged.filters["cases"], code) == cases
    assert "wageningen" in filtered(merged.filters["places"], code)


def test_other_municipalities_have_what_they_had(merged: Merged, records: Records) -> None:
    """With the one statement left out, there is one case less in one municipality."""
    before, after = records.by("municipality"), merged.records.by("municipality")
    counts = {name: (len(it.records), len(after[name].records)) for name, it in before.items()}
    assert {name: two for name, two in counts.items() if two[0] != two[1]} == {"ede": (1, 2)}


def test_a_feed_files_a_case_under_both_and_its_own_municipality_stays(merged: Merged) -> None:
    record = merged.records.one[f"{BASE}id/case/{THERE}"]
    filed = [each for each in feed.categories(record, BASE) if "place-kind/gemeente" in each[0]]
    assert [(code, label) for _, code, label in filed] == [
        ("GM0289", "Wageningen"),
        ("GM0228", "Ede"),
    ]
    (place,) = record.places
    assert place.municipality is not None
    assert place.municipality.code == "GM0289"
    assert place.municipality_told == "Wageningen (nu Ede)"


@pytest.mark.parametrize("also", [(), ("place/wageningen",)])
def test_a_withdrawn_case_is_told_in_the_feeds_of_both(
    merged: Merged, also: tuple[str, ...]
) -> None:
    left = merged.without(*(f"{BASE}doc/{each}" for each in (*also, f"case/{THERE}")))
    for name, told in (("ede", 1), ("wageningen", 1), ("voorst", 0)):
        found = feed.find(left, f"gemeente/{name}", False)
        assert found is not None
        assert len(found.withdrawn) == told, name


def test_the_list_says_what_a_municipality_became(merged: Merged) -> None:
    shelf = merged.shelf
    assert shelf.cases[shelf.at[f"{BASE}id/case/{THERE}"]].where == "Wageningen, nu Ede"
    labels = {value.slug: value.label for value in shelf.by["gemeente"].values}
    assert (labels["wageningen"], labels["ede"]) == ("Wageningen (nu Ede)", "Ede")


def test_a_map_has_one_dot_for_the_municipality_of_today(merged: Merged) -> None:
    drawn = {dot.name: (dot.count, dot.href) for dot in starting.dots(merged.shelf)}
    assert drawn["Ede"] == (2, "/casussen?gemeente=ede")
    spots = mapping.spots(merged.shelf)
    for slugs, count in ((("wageningen",), 1), (("ede",), 2)):
        asked = Asked(merged.shelf, choice=(("gemeente", slugs),))
        chosen = merged.shelf.choose(asked.chosen)
        dots, shown = mapping.drawn(asked, chosen, spots)
        assert [(dot.name, dot.count) for dot in dots] == [("Ede", count)]
        assert shown == count
    assert not {name for name in drawn if name.startswith("Wageningen")}


def test_cases_that_lie_in_one_municipality_today_are_alike_in_that(merged: Merged) -> None:
    near = {it.case.slug: it.reason for it in alike(merged.shelf, f"{BASE}id/case/{THERE}", 99)}
    assert "elfde gemeente" in near[BESIDE]
