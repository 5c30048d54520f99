"""What a frame shows: a choice of cases, and a map with a dot where they are."""

from dataclasses import replace

import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from wijk.harvesting.embed import choosing, map
from wijk.harvesting.embed.choosing import BadChoice
from wijk.harvesting.points import rd
from wijk.harvesting.records import Point
from wijk.web.harvest import portals


def chosen(records, *asked, limit=1000):
    return choosing.chosen(records, asked, limit)


def test_without_filters_all_cases_are_chosen_up_to_the_limit(records):
    assert chosen(records).records == records.all
    few = chosen(records, ("limit", "3"))
    assert (few.records, few.count, few.title) == (records.all[:3], 29, "Casussen")


def test_a_filter_takes_the_cases_of_its_feed(records):
    assert {it.slug for it in chosen(records, ("thema", "samenleven")).records} == {
        it.slug for it in records.by("theme")["samenleven"].records
    }
    by_code = chosen(records, ("gemeente", "gm0796"))
    assert by_code == chosen(records, ("gemeente", "s-hertogenbosch"))
    assert by_code.title == "Casussen in 's-Hertogenbosch"


def test_values_of_one_filter_are_or_and_filters_are_and(records):
    either = chosen(records, ("provincie", "utrecht"), ("provincie", "limburg"))
    assert either.count == 4
    assert either.title == "Casussen in Utrecht of Limburg"
    both = chosen(records, ("provincie", "utrecht"), ("thema", "samenleven"))
    codes = {place.province.code for record in both.records for place in record.places}
    assert codes == {"PV26"}
    assert 0 < both.count < 3
    assert both.title == "Casussen over samenleven in Utrecht"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("provincie", "limburgg"), "Bedoel je limburg?"),
        (("thema", "zzzz"), "Er is geen thema 'zzzz'."),
        (("themas", "groen"), "is geen filter. Kies uit: thema, provincie"),
        *(((("limit", bad)), "van 1 tot 1000") for bad in ("0", "-1", "1001", "veel", "", "²")),
    ],
)
def test_a_choice_that_cannot_be_says_what_can(records, asked, said):
    with pytest.raises(BadChoice, match=said.replace("?", r"\?").replace("(", r"\(")):
        chosen(records, asked)


@pytest.fixture(scope="module")
def grid():
    """From degrees to the national grid, as others compute it."""
    return pyproj.Transformer.from_crs(4326, 28992, always_xy=True)


@given(st.floats(3.35, 7.25), st.floats(50.7, 53.6))
def test_metres_of_the_national_grid_are_within_a_metre_of_those_of_others(grid, lon, lat):
    for ours, theirs in zip(rd(lon, lat), grid.transform(lon, lat), strict=True):
        assert abs(ours - theirs) < 1


def test_the_twelve_provinces_lie_within_the_frame():
    assert len(map.provinces()) == 12
    assert 8_000 < sum(len(path) for path in map.provinces()) < 16_000
    for path in map.provinces():
        x, y = (float(part) for part in path[1 : path.index("l")].split())
        assert 0 <= x <= 525
        assert 0 <= y <= 620


def test_every_point_of_a_case_has_a_dot_in_the_frame(records):
    drawn = map.dots(records.all)
    pointed = {place.iri for it in records.all for place in it.places if place.point}
    assert {place.iri for dot in drawn for place in dot.places} == pointed
    assert all(0 < dot.x < 525 and 0 < dot.y < 620 for dot in drawn)
    assert [dot.y for dot in drawn] == sorted(dot.y for dot in drawn), "from north to south"


def test_cases_at_one_spot_share_a_dot_that_says_how_many(records):
    record = records.one["https://w3id.org/wijindewijk/id/case/boefjes-en-baristas"]
    other = replace(record, iri=f"{record.iri}-2")
    (one,), (two,) = map.dots([record]), map.dots([record, other, record])
    assert one.label == "De Muntel: Boefjes en Barista's"
    assert (two.label, len(two.records)) == ("De Muntel: 2 casussen", 2)
    nowhere = replace(record, places=())
    assert map.dots([nowhere]) == []


def test_the_map_is_where_the_country_is(records):
    """Groningen is in the north east, Vlissingen in the south west."""
    place = next(it for record in records.all for it in record.places if it.point)
    record = replace(records.all[0], places=())

    def at(lat, lon):
        here = replace(place, point=Point(lat, lon))
        (dot,) = map.dots([replace(record, places=(here,))])
        return dot.x, dot.y

    groningen, vlissingen = at(53.219, 6.566), at(51.442, 3.573)
    assert groningen[0] > 400 > 150 > vlissingen[0]
    assert groningen[1] < 150 < 400 < vlissingen[1]


@pytest.mark.parametrize("title", ["Boefjes en Barista's", 'A "B" & <C>'])
def test_a_line_to_paste_keeps_the_title_whatever_stands_in_it(title):
    frame = portals.Frame("Een lijst", "/embed/list?thema=a&limit=5", title, 600)
    line = frame.line(f"https://buurten.example{frame.path}")
    (made,) = etree.fromstring(line, etree.HTMLParser()).iter("iframe")
    assert made.get("title") == title
    assert made.get("src") == "https://buurten.example/embed/list?thema=a&limit=5"
