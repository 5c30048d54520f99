"""What a page makes of an answer: a table, a map when there are points, a chart of numbers."""

import json
from collections.abc import Container, Mapping

import pytest
from wijk.harvesting.records import Point
from wijk.web.results import LONGEST, Result, Shower

WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
UTRECHT = Point(52.09, 5.12)
SPOT = {"lon": 5.12, "lat": 52.09}


def literal(value: object, datatype: str = "") -> dict[str, str]:
    return {"type": "literal", "value": str(value), **({"datatype": datatype} if datatype else {})}


def number(value: object) -> dict[str, str]:
    return literal(value, INTEGER)


def iri(name: str) -> dict[str, str]:
    return {"type": "uri", "value": f"https://example.org/{name}"}


def shown(
    *rows: Mapping[str, Mapping[str, str]],
    known: Mapping[str, list[Point]] | None = None,
    lang: str = "nl",
    named: Container[str] = (),
) -> Result:
    """What is made of these rows; `a` to `c` are things with a page here."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": list(rows)}}).encode()
    ours = {f"https://example.org/{name}": f"/doc/{name}" for name in "abc"}
    shower = Shower(ours.get, lambda it: it.rpartition("/")[2], lang, named)
    return shower.rows(body, known or {})


def test_a_thing_is_a_link_to_its_page_and_a_value_that_is_not_there_is_nothing() -> None:
    [[first, second], [_, missing]] = shown({"x": iri("a"), "y": iri("else")}, {"x": iri("b")}).rows
    assert (first.text, first.href, first.outside) == ("a", "/doc/a", False)
    assert (second.href, second.outside) == ("https://example.org/else", True)
    assert missing.text == ""


def test_of_an_endless_text_the_beginning_is_shown() -> None:
    [[endless, longest]] = shown({"x": literal("W" * 5000), "y": literal("a" * LONGEST)}).rows
    assert endless.text == f"{'W' * (LONGEST - 1)}…"
    assert longest.text == "a" * LONGEST


@pytest.mark.parametrize(
    "point",
    [
        {"p": literal("POINT(5.12 52.09)", WKT)},
        {"p": literal("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(5.12 52.09)", WKT)},
        {"p": literal("<http://www.opengis.net/def/crs/EPSG/0/28992> POINT(136663 455857)", WKT)},
        {"lat": literal("52.09"), "long": literal("5.12")},
    ],
)
def test_a_point_is_a_dot_that_leads_to_the_thing_of_its_row(
    point: dict[str, dict[str, str]],
) -> None:
    drawn = shown({"x": iri("a"), **point}).map
    assert drawn is not None
    [dot] = drawn.dots
    assert (dot.x, dot.y) == pytest.approx((244.5, 324.5), abs=0.6)
    assert (dot.label, dot.href, dot.row) == ("a", "/doc/a", 1)


def test_a_thing_of_which_we_know_the_place_is_on_the_map_too() -> None:
    drawn = shown({"x": iri("a")}, known={"https://example.org/a": [UTRECHT]}).map
    assert drawn is not None
    assert drawn.rows == 1


def test_rows_at_one_spot_are_one_dot_that_leads_to_the_table() -> None:
    rows = ({"x": iri(name), "p": literal("POINT(5.12 52.09)", WKT)} for name in "abc")
    drawn = shown(*rows).map
    assert drawn is not None
    [dot] = drawn.dots
    assert (dot.label, dot.href, dot.row, dot.count) == ("a, b, c", "", 1, 3)


def test_what_is_elsewhere_in_the_world_is_told_and_not_drawn() -> None:
    far, near = literal("POINT(120 1e9)", WKT), literal("POINT(5.12 52.09)", WKT)
    beyond = literal("POINT(-0.1 51.5)", WKT)
    drawn = shown({"p": far}, {"p": beyond}, {"p": near}).map
    assert drawn is not None
    assert (len(drawn.dots), drawn.beyond) == (1, 1)
    assert shown({"p": beyond}).map is None


def test_numbers_are_bars_on_one_scale_with_their_value_in_words() -> None:
    rows = ({"x": iri("a"), "n": number(48330)}, {"x": iri("b"), "n": number(-24165)})
    [chart] = shown(*rows).charts
    assert [(bar.told, bar.start, bar.width) for bar in chart.bars] == [
        ("48.330", 33.3, 66.7),
        ("-24.165", 0.0, 33.3),
    ]
    [english] = shown(*rows, lang="en").charts
    assert english.bars[0].told == "48,330"


def test_a_very_small_number_is_not_told_as_nothing() -> None:
    small = {"a": "0.0000001", "b": "0.0001234", "c": "0"}
    rows = [{"x": iri(name), "n": literal(value, DECIMAL)} for name, value in small.items()]
    [chart] = shown(*rows).charts
    assert [bar.told for bar in chart.bars] == ["1e-7", "0,000123", "0"]
    [english] = shown(*rows, lang="en").charts
    assert [bar.told for bar in english.bars] == ["1e-7", "0.000123", "0"]


def test_a_name_in_dutch_says_so_wherever_it_stands() -> None:
    point = {"p": literal("POINT(5.12 52.09)", WKT)}
    row, other = {"x": iri("a"), **point, "n": number(1)}, {"x": iri("else"), "n": number(2)}
    result = shown(row, other, lang="en", named={"https://example.org/a"})
    assert [cells[0].lang for cells in result.rows] == ["nl", ""]
    assert [bar.lang for bar in result.charts[0].bars] == ["nl", ""]
    assert result.map is not None
    assert result.map.dots[0].lang == "nl"
    [[part]] = shown({"x": iri("a#point")}, named={"https://example.org/a"}).rows
    assert part.lang == "nl"


@pytest.mark.parametrize(
    "rows",
    [
        [{"x": iri("a"), "n": number(1)}],
        [{"x": iri("a"), "n": number(1)}, {"x": iri("a"), "n": number(2)}],
        [{"x": iri("a"), "n": number(1)}, {"x": iri("b"), "n": literal("veel")}],
        [{"x": iri("a"), "year": number(1)}, {"x": iri("b"), "year": number(2)}],
        [{"x": iri("a"), "n": number(1), "unit": iri("u")}, {"x": iri("b"), "n": number(2)}],
    ],
    ids=["one row", "one thing twice", "a text", "a year", "units"],
)
def test_there_is_no_chart_where_it_would_say_what_is_not_so(
    rows: list[dict[str, dict[str, str]]],
) -> None:
    assert shown(*rows).charts == ()


def test_a_number_that_is_none_breaks_nothing() -> None:
    double = "http://www.w3.org/2001/XMLSchema#double"
    for odd in ("NaN", "INF", "1e400", "boom"):
        shown({"x": iri("a"), "n": literal(odd, double)}, {"x": iri("b"), "n": number(10**30)})


def test_a_label_that_is_the_same_in_two_languages_tells_the_rows_apart() -> None:
    names = [literal("online platform") | {"xml:lang": lang} for lang in ("nl", "en")]
    [chart] = shown(*({"name": name, "count": number(4)} for name in names)).charts
    assert [bar.told for bar in chart.bars] == ["4", "4"]
