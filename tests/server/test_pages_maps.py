"""The map of the pages: a dot for each municipality with cases, in the frame, from the north."""

from datetime import UTC, datetime
from math import dist

from wijk.harvesting.embed.map import apart, reaches
from wijk.harvesting.records import Area, Place, Point, Record
from wijk.web import templating
from wijk.web.pages import maps
from wijk.web.pages.maps import Dot

THEN = datetime(2026, 11, 23, tzinfo=UTC)
ZUTPHEN, OSS = Point(52.14, 6.2), Point(51.77, 5.52)


def record(name: str, *places: Place) -> Record:
    none = ((), (), (), places, (), THEN, THEN, THEN)
    return Record(name, 1, name, "", None, None, None, False, *none)


def at(point: Point | None, number: int, province: int = 25) -> Place:
    areas = Area(f"a/{number}", f"G{number}", f"GM{number}"), Area(f"p/{province}", "P", "PV")
    return Place(f"p/{number}", f"Plek {number}", *areas, point)


def test_cases_in_one_municipality_share_a_dot_that_counts_them() -> None:
    here, there = at(ZUTPHEN, 1), at(OSS, 2)
    found = maps.spots([record("a", here), record("b", here, there), record("c", at(None, 3))])
    dots = maps.dots(spot.dot(len(spot.records), "/x") for spot in found.values())
    assert [dot.label for dot in dots] == ["G1: 2 casussen", "G2: 1 casus"]
    assert dots[0].top < dots[1].top, "the northernmost comes first"


def test_with_many_municipalities_each_province_has_one_dot() -> None:
    records = [record(str(one), at(ZUTPHEN, one, one % 12)) for one in range(maps.MANY + 1)]
    assert len(maps.spots(records)) == 12
    assert len(maps.spots(records[:-1])) == maps.MANY


def test_what_is_not_on_this_map_has_no_dot() -> None:
    willemstad = Point(12.1, -68.9)
    assert maps.dot(willemstad, "Willemstad") is None
    here = [record("a", at(willemstad, 1)), record("b", at(ZUTPHEN, 2)), record("c")]
    assert maps.on_map(here) == 1
    assert [*maps.spots(here)] == ["a/2"]


def test_the_spot_around_a_dot_is_wide_where_no_other_dot_is_near() -> None:
    alone, near, other = reaches([(0, 0), (100, 100), (100, 136)])
    assert alone == 21.5, "24 pixels on a phone, where the map is three fifths of its size"
    assert (near, other) == (18, 18), "they touch"
    assert reaches([(0, 0), (4, 3)]) == [15, 15], "never smaller than that"
    assert reaches([(5, 5), (5, 5)]) == [21.5, 21.5]


def test_dots_that_would_cover_each_other_move_away_from_each_other_and_others_stay() -> None:
    far = (200.0, 300.0)
    one, other, third = apart([(100, 100), (104, 97), far], 30)
    assert third == far
    assert dist(one, other) >= 30
    middle = [sum(axis) / 2 for axis in zip(one, other, strict=True)]
    assert dist(middle, (102, 98.5)) < 1, "they move as much"
    assert dist(*apart([far, far], 30)) >= 30, "of the same spot too"


def test_on_a_map_full_of_dots_each_is_where_it_is() -> None:
    crowd = [(float(x), float(y)) for x in range(9) for y in range(9)]
    assert apart(crowd, 30) == crowd


def test_a_dot_with_an_address_is_a_link_and_a_name_is_text() -> None:
    text = '{% from "delen/kaart.html" import kaart %}{{ kaart(dots, "Kaart", "/wijk") }}'
    dots = [Dot(10, 20.5, "<b>A</b>", 2, "/casussen"), Dot(30, 40, "B")]
    page = templating.environment().from_string(text).render(dots=dots)
    assert '<a href="/wijk/casussen" aria-label="&lt;b&gt;A&lt;/b&gt;: 2 casussen">' in page
    assert page.count("<a ") == 2, "the dot, and the spot around it for who points"
    assert page.count('tabindex="-1" aria-hidden="true"') == 1
    assert "<b>" not in page
