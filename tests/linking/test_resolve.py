"""What became of a code: the traps that are known of the register."""

from datetime import date

import pytest
from wijk.linking.register import Event, Municipality, Register
from wijk.linking.resolve import Outcome, Resolution, resolve


@pytest.mark.parametrize(
    ("code", "day", "outcome", "areas"),
    [
        ("GM0856", "2021-12-31", "exact", "GM0856"),
        ("GM0856", "2022-01-01", "forward", "GM1991"),
        ("gm0856    ", "2022-01-01", "forward", "GM1991"),
        ("0856", "2023-01-01", "forward", "GM1991"),
        ("GM0457", "2022-03-23", "exact", "GM0457"),
        ("GM0457", "2022-03-24", "forward", "GM0363"),
        ("GM0600", "2010-03-17", "exact", "GM0600"),
        ("GM0600", "2010-03-18", "forward", "GM0599"),
        ("GM0091", "2010-12-31", "exact", "GM0091"),
        ("GM0091", "2011-01-01", "forward", "GM1900"),
        ("GM1671", "2014-12-31", "exact", "GM1671"),
        ("GM1671", "2015-01-01", "ask", "GM0796 GM0828"),
        ("GM1991", "2021-12-31", "ask", "GM0856 GM1685"),
        ("GM0363", "1999-12-31", "ask", "GM0363"),
        ("PV30", "2022-01-01", "exact", "PV30"),
        ("GM9999", "2022-01-01", "unknown", ""),
        ("NL00", "2022-01-01", "unknown", ""),
        ("BU99", "2022-01-01", "malformed", ""),
    ],
)
def test_a_code_is_what_the_register_says_on_that_day(
    register: Register, code: str, day: str, outcome: str, areas: str
) -> None:
    found = resolve(register, code, date.fromisoformat(day))
    assert (found.outcome, found.areas) == (outcome, tuple(areas.split()))
    assert found.asked == code
    assert found.why.nl.endswith(".")
    assert found.why.en.endswith(".")


def test_the_way_to_another_code_is_told(register: Register) -> None:
    found = resolve(register, "GM0856", date(2023, 1, 1))
    assert [event.iri.rpartition("/")[2] for event in found.through] == ["wzg_2089"]
    assert "Uden (GM0856) was een gemeente tot en met 31 december 2021." in found.why.nl
    assert "Maashorst (GM1991)" in found.why.nl


def test_what_happened_after_the_register_was_looked_at_is_not_known(register: Register) -> None:
    said = resolve(register, "GM0363", date(2026, 1, 1)).why
    assert "22 december 2022" in said.nl
    assert "22 December 2022" in said.en
    assert "22 december" not in resolve(register, "GM0363", date(2022, 6, 1)).why.nl


def _known(**divisions: tuple[int, ...]) -> Register:
    areas = {"GM0856": Municipality("GM0856", "Uden", None, date(2022, 1, 1))}
    areas["GM1991"] = Municipality("GM1991", "Maashorst", date(2022, 1, 1))
    event = Event("wzg_2089", date(2022, 1, 1), "samenvoeging", ("GM0856",), ("GM1991",))
    return Register(areas, (event,), {"BU19910104": "Flatwijk"}, divisions)


def test_a_wijk_or_buurt_is_exact_in_a_year_of_which_it_is_known() -> None:
    register = _known(BU19910104=(2022,))
    assert _short(resolve(register, "bu19910104", date(2022, 7, 1))) == ("exact", "BU19910104")
    other = resolve(register, "BU19910104", date(2023, 7, 1))
    assert _short(other) == ("ask", "GM1991")
    assert "2022, niet van 2023" in other.why.nl
    assert _short(resolve(register, "2022BU19910104", date(2022, 7, 1)))[0] == "exact"
    assert _short(resolve(register, "2021BU19910104", date(2022, 7, 1))) == ("ask", "GM1991")


def test_of_a_wijk_that_is_not_known_the_municipality_is() -> None:
    assert _short(resolve(_known(), "WK0856TA", date(2023, 1, 1))) == ("ask", "GM1991")
    assert _short(resolve(_known(), "WK999900", date(2023, 1, 1))) == ("unknown", "")


def test_a_part_that_the_register_does_not_name_makes_it_a_question() -> None:
    areas = {"GM0055": Municipality("GM0055", "Boarnsterhim", None, date(2014, 1, 1))}
    areas |= {code: Municipality(code, code) for code in ("GM0080", "GM1900")}
    told = Event("e", date(2014, 1, 1), "uitbreiding", ("GM0055",), (), ("GM0080",))
    silent = Event("e", told.on, told.kind, told.ended, (), told.extended, None, ("GM1900",))
    day = date(2020, 1, 1)
    assert _short(resolve(Register(areas, (told,)), "GM0055", day)) == ("forward", "GM0080")
    found = resolve(Register(areas, (silent,)), "GM0055", day)
    assert _short(found) == ("ask", "GM0080 GM1900")
    assert "het register noemt dat niet" in found.why.nl


def test_what_was_split_and_came_together_again_is_no_question() -> None:
    areas = {
        "GM0001": Municipality("GM0001", "Een", None, date(2010, 1, 1)),
        "GM0002": Municipality("GM0002", "Twee", None, date(2015, 1, 1)),
        "GM0003": Municipality("GM0003", "Drie"),
    }
    events = (
        Event("a", date(2010, 1, 1), "uitbreiding", ("GM0001",), (), ("GM0002", "GM0003")),
        Event("b", date(2015, 1, 1), "uitbreiding", ("GM0002",), (), ("GM0003",)),
    )
    register = Register(areas, events)
    assert _short(resolve(register, "GM0001", date(2012, 1, 1))) == ("ask", "GM0002 GM0003")
    assert _short(resolve(register, "GM0001", date(2015, 1, 1))) == ("forward", "GM0003")


def test_what_ended_in_nothing_that_is_known_makes_it_a_question() -> None:
    register = Register({"GM0001": Municipality("GM0001", "Een", None, date(2010, 1, 1))})
    found = resolve(register, "GM0001", date(2012, 1, 1))
    assert _short(found) == ("ask", "")
    assert "zegt niet waarin Een (GM0001) opging" in found.why.nl


def _short(found: Resolution) -> tuple[Outcome, str]:
    return found.outcome, " ".join(found.areas)
