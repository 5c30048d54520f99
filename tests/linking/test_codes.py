"""What a code is, however people write it."""

import pytest
from wijk.linking import codes
from wijk.linking.codes import Code, Level


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("GM0363", Code("GM0363", Level.GEMEENTE, "GM0363")),
        ("GM0363    ", Code("GM0363", Level.GEMEENTE, "GM0363")),
        ("gm0363", Code("GM0363", Level.GEMEENTE, "GM0363")),
        ("0479", Code("GM0479", Level.GEMEENTE, "GM0479")),
        ("wk047912", Code("WK047912", Level.WIJK, "GM0479")),
        ("WK0363TA", Code("WK0363TA", Level.WIJK, "GM0363")),
        ("BU0363TE01", Code("BU0363TE01", Level.BUURT, "GM0363")),
        ("2022BU19910104", Code("BU19910104", Level.BUURT, "GM1991", 2022)),
        ("PV27", Code("PV27", Level.PROVINCIE)),
        ("NL00", Code("NL00", Level.LAND)),
    ],
)
def test_a_code_is_read_however_it_is_written(written: str, meant: Code) -> None:
    assert codes.read(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", " ", "BU99", "GM363", "GM03630", "WK0363", "WK0363TA1", "PV3", "GMabcd", "12345"],
)
def test_what_is_no_code_is_not_read_as_one(written: str) -> None:
    assert codes.read(written) is None


def test_digits_of_other_alphabets_are_no_digits() -> None:
    assert codes.read("GM\u0660\u0663\u0666\u0663") is None


def test_a_buurt_says_in_which_wijk_it_lies() -> None:
    found = codes.read("BU0363TE01")
    assert found is not None
    assert found.district == "WK0363TE"
