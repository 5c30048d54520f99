"""What people type or paste is kept as they see it."""

from wijk.characters import entered
from wijk.tabular.grid import text
from wijk.web.redactie.form.inputs import Sent


def test_an_end_of_a_line_of_any_program_is_one() -> None:
    assert entered("een\vtwee\r\ndrie\u2028vier\rvijf") == "een\ntwee\ndrie\nvier\nvijf"


def test_what_nobody_sees_comes_in_by_neither_door() -> None:
    hidden = "tu\u200bin\u202e\U000e0041\ufeff"
    assert Sent([("0.titel.0", hidden)]).one("0.titel.0") == text(hidden) == "tuin"


def test_letters_and_signs_that_are_made_of_more_stay() -> None:
    assert entered("Súdwest-Fryslân 👩\u200d🌾 \tx") == "Súdwest-Fryslân 👩\u200d🌾 \tx"
