"""What stands beside each row of somebody's table."""

import csv
import io
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from wijk.linking import texts
from wijk.linking.cases import Cases
from wijk.linking.join import COLUMNS, Found, Joiner
from wijk.linking.register import Register
from wijk.linking.tally import Line, Tally
from wijk.linking.texts import TextTable
from wijk.tables import scanning

from .conftest import TOLD, Join

TITLES = [column.title for column in COLUMNS]


def beside(join: Join, code: str, day: str = "") -> dict[str, str]:
    """What stands beside one code."""
    written, _ = join(f"code\r\n{code}\r\n".encode(), day=day)
    _, row = csv.reader(io.StringIO(written.decode(), newline=""), delimiter=";")
    return dict(zip(TITLES, row[1:], strict=True))


def test_a_part_of_a_place_has_its_case_and_what_that_is_about(join: Join) -> None:
    assert beside(join, "BU03639306") == {
        **dict.fromkeys(TITLES, ""),
        "wijk_code": "BU03639306",
        "wijk_uitkomst": "exact",
        "wijk_casussen_aantal": "1",
        "wijk_casussen": "Tuin",
        "wijk_relatie": "dit gebied is een deel van de plek",
        "wijk_themas": "armoede | groen",
        "wijk_lessen": "Begin klein (casus) | Overal zo (bundel)",
        "wijk_links": "urn:tuin",
        "wijk_omgeving_casussen_aantal": "0",
    }


def test_a_cell_has_the_first_of_very_many_cases(register: Register) -> None:
    areas = [
        {"case": f"urn:{n}", "title": f"Casus {n}", "relation": "exact", "code": "GM0363"}
        for n in range(60)
    ]
    many = Cases.of({**TOLD, "join-areas": areas}, register, date(2023, 1, 1))
    cells = dict(zip(TITLES, Joiner(many, True).meaning("GM0363").cells, strict=True))
    assert cells["wijk_casussen_aantal"] == "60"
    for title in ("wijk_casussen", "wijk_relatie", "wijk_links"):
        assert len(cells[title].split(" | ")) == 50


def test_what_contains_a_place_has_its_case_too(join: Join) -> None:
    for code in ("WK036393", "GM0363"):
        row = beside(join, code)
        assert (row["wijk_casussen"], row["wijk_relatie"]) == ("Tuin", "de plek ligt in dit gebied")


def test_the_country_has_every_case_that_has_an_area(register: Register) -> None:
    known = replace(register, names={"NL00": "Nederland"})
    cases = Cases.of(TOLD, known, date(2023, 1, 1))
    found = Joiner(cases, True).meaning("NL00")
    assert found.cells[:2] == ("NL00", "exact")
    assert len(cases.own["NL00"]) == len({row["case"] for row in TOLD["join-areas"]})


def test_around_a_wijk_stands_what_its_municipality_has(join: Join) -> None:
    row = beside(join, "WK036395")
    assert row["wijk_uitkomst"] == "alleen gemeente"
    assert row["wijk_casussen_aantal"] == ""
    assert row["wijk_omgeving_casussen"] == "Tuin"
    assert row["wijk_omgeving_relatie"] == "de plek ligt in Amsterdam (GM0363)"


def test_around_a_buurt_stands_what_its_wijk_has(join: Join) -> None:
    row = beside(join, "BU03639300")
    assert row["wijk_omgeving_relatie"] == "de plek ligt in WK036393"


def test_around_a_municipality_stands_what_its_province_has(join: Join) -> None:
    row = beside(join, "GM0479")
    assert (row["wijk_casussen_aantal"], row["wijk_omgeving_casussen"]) == ("0", "Tuin")


def test_a_code_that_ended_has_the_cases_of_what_it_became(join: Join) -> None:
    for code in ("GM1685", "GM1991", "GM0856"):
        row = beside(join, code, "2023-01-01")
        assert row["wijk_code"] == "GM1991"
        assert row["wijk_casussen"] == "Café Uden"
    assert beside(join, "GM1685")["wijk_uitkomst"] == "opgevolgd"
    assert "Maashorst (GM1991)" in beside(join, "GM1685")["wijk_toelichting"]


def test_on_a_date_before_a_code_ended_it_is_itself(join: Join) -> None:
    row = beside(join, "GM0856", "2021-12-31")
    assert (row["wijk_code"], row["wijk_uitkomst"]) == ("GM0856", "exact")
    assert row["wijk_relatie"] == "de plek is ongeveer dit gebied"


def test_before_a_merger_nobody_knows_in_which_part_a_case_lay(join: Join) -> None:
    row = beside(join, "GM1685", "2021-12-31")
    assert (row["wijk_code"], row["wijk_uitkomst"]) == ("GM1685", "exact")
    assert row["wijk_casussen_aantal"] == ""
    assert "in Maashorst (GM1991) in dit gebied liggen" in row["wijk_toelichting"]
    assert row["wijk_omgeving_relatie"] == "de plek ligt in Maashorst (GM1991)"


def test_a_wijk_or_buurt_of_another_year_has_its_cases_with_a_caution(join: Join) -> None:
    row = beside(join, "BU07960401", "2019-01-01")
    assert (row["wijk_uitkomst"], row["wijk_casussen"]) == ("andere indeling", "Munt/hof")
    assert "2022, niet van 2019" in row["wijk_toelichting"]
    assert beside(join, "2019BU07960401")["wijk_uitkomst"] == "andere indeling"
    assert beside(join, "2022BU07960401")["wijk_uitkomst"] == "exact"


@pytest.mark.parametrize(
    ("code", "found", "why"),
    [
        ("GM1671", Found.SPLIT, "Kijk waar de plek ligt"),
        ("GM9999", Found.UNKNOWN, "GM9999 is hier geen gemeente"),
        ("BU99990000", Found.UNKNOWN, "BU99990000 is hier niet bekend"),
        ("WK0363TA", Found.MUNICIPALITY, "WK0363TA is hier niet bekend"),
        ("BU99", Found.MALFORMED, "BU99"),
        ("0363 0", Found.MALFORMED, "0363 0"),
        ("99", Found.UNKNOWN, "99 is gelezen als gemeente 0099. GM0099 is hier geen gemeente"),
        ("  ", Found.EMPTY, "In deze rij staat geen code."),
    ],
)
def test_a_code_that_does_not_fit_is_explained(
    join: Join, code: str, found: Found, why: str
) -> None:
    row = beside(join, code)
    assert row["wijk_uitkomst"] == found
    assert why in row["wijk_toelichting"]
    assert row["wijk_code"] == row["wijk_casussen_aantal"] == row["wijk_casussen"] == ""


def test_a_municipality_may_have_lost_its_zeros_to_a_spreadsheet(join: Join) -> None:
    row = beside(join, "363")
    assert (row["wijk_code"], row["wijk_uitkomst"]) == ("GM0363", "exact")
    assert row["wijk_toelichting"] == "363 is gelezen als gemeente 0363."


def test_the_report_has_each_code_once_with_its_rows_and_what_it_may_be(join: Join) -> None:
    text = b"code\nGM0363\nGM1671\nfout\nGM1671 \nGM1671\n"
    _, report = join(text)
    assert [(line[0], line[1], line[2], line[3], line[5]) for line in report] == [
        ("GM1671", "2", "3", "gesplitst", "GM0796 GM0828"),
        ("fout", "1", "4", "geen code", ""),
        ("GM1671 ", "1", "5", "gesplitst", "GM0796 GM0828"),
    ]


def test_a_table_without_rows_is_told_so() -> None:
    assert Tally(lambda line: None).summary() == "0 rijen."


def test_a_table_with_more_codes_than_are_kept_has_its_report_in_parts(
    join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "MOST", 3)
    codes = [*"abc", "GM0363", *"dea"]
    _, report = join("\n".join(["code", *codes]).encode())
    assert [line[:3] for line in report] == [
        ("a", "1", "2"),
        ("b", "1", "3"),
        ("c", "1", "4"),
        ("d", "1", "6"),
        ("e", "1", "7"),
        ("a", "1", "8"),
    ]


def test_a_longer_table_takes_no_more_memory(
    joiner: Callable[..., Joiner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "MOST", 100)
    monkeypatch.setattr(texts, "TOGETHER", 100)
    monkeypatch.setattr(scanning, "SAMPLE", 4096)
    codes = ["GM0363    ", "gm0856", "GM1671", "BU0363TE01", "GM9999", "BU99", ""]
    peaks, without = list[int](), list[Line]()

    def unexplained(line: Line) -> None:
        without.extend([line] if not line[4] else [])

    for rows in (2_000, 6_000):
        text = io.BytesIO(
            b"n;code\n"
            + b"".join(
                f"{number};{codes[number % 7]}{number if number % 5 == 0 else ''}\n".encode()
                for number in range(rows)
            )
        )
        tracemalloc.start()
        table, tally = TextTable(text), Tally(unexplained)
        lengths = sum(map(len, table.joined(table.lay("code"), joiner(), tally)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert lengths > 30 * rows
        assert tally.counts.total() == rows
    assert without == []
    assert peaks[1] < 1.2 * peaks[0]
