"""Areas that are alike by their figures, and what is told of lessons."""

import pytest
from wijk.web.pages.things import alike, teaching


def figures(area: str, year: str, urbanity: str, older: str, low: str) -> list[dict[str, str]]:
    told = {"urbanity": urbanity, "older": older, "low": low}
    return [{"area": area, "year": year, "field": it, "value": told[it]} for it in told]


HERE = figures("here", "2022", "city", "20", "40")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (("2022", "city", "25", "35"), True),
        (("2022", "city", "25.1", "40"), False),
        (("2022", "city", "20", "45.1"), False),
        (("2022", "village", "20", "40"), False),
        (("2021", "city", "20", "40"), False),
    ],
)
def test_areas_are_alike_when_as_urban_in_one_year_and_at_most_five_points_apart(other, found):
    known = alike.profiles([*HERE, *figures("there", *other)])
    assert [it.area for it in known.like("here", ["there", "here"])] == ["there"] * found


def test_the_nearest_comes_first_and_the_last_common_year_is_compared():
    rows = [
        *HERE,
        *figures("here", "2023", "village", "1", "1"),
        *figures("far", "2022", "city", "24", "44"),
        *figures("near", "2022", "city", "20", "41"),
    ]
    found = alike.profiles(rows).like("here", ["far", "near"])
    assert [(it.area, it.profile.year) for it in found] == [("near", "2022"), ("far", "2022")]


def test_an_area_without_all_figures_is_not_compared():
    assert alike.profiles([*HERE[:2], {**HERE[2], "value": "geheim"}]).like("here", ["x"]) == []
    assert alike.profiles(HERE[:2]).of == {}


def test_a_lesson_is_told_in_dutch_where_that_is_there_and_is_named_by_its_address_else():
    rows = [
        {"thing": "id/lesson/x", "field": "title", "value": "A", "lang": "en"},
        {"thing": "id/lesson/x", "field": "title", "value": "Z", "lang": "nl"},
        {"thing": "id/lesson/y", "field": "text", "value": "Only this", "lang": "en"},
        {"thing": "id/lesson/y", "field": "holds-for", "value": "id/case/c"},
    ]
    found = teaching.told(rows)
    assert [it.title for it in found.one.values()] == ["Z", "y"]
    assert (found.one["id/lesson/y"].text, found.one["id/lesson/y"].lang) == ("Only this", "en")
    assert [it.iri for it in found.holding["id/case/c"]] == ["id/lesson/y"]
