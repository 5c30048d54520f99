"""The colours of the pages can be told apart, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest
from wijk.web import static

TOKENS = (Path(static.__file__).parent / "static" / "css" / "tokens.css").read_text("utf-8")
BLOCKS = [dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", it)) for it in TOKENS.split(":root")]
LIGHT, DARK, SYSTEM = [it for it in BLOCKS if "emaille" in it]
TEXT = [
    *("inkt vlak", "inkt stoep", "inkt-2 vlak", "inkt-2 stoep", "link vlak", "link stoep"),
    *("link emaille-mist", "wit emaille", "wit emaille-licht", "wit emaille-diep", "heg vlak"),
    *("heg heg-mist", "baksteen vlak", "baksteen baksteen-mist", "oplamp lamp", "inkt lamp-mist"),
    *("opemaille emaille", "opemaille emaille-diep", "invul wit"),
]
EDGES = [
    *("lijn vlak", "lijn stoep", "emaille-licht stoep", "lamp land", "gemeente land"),
    *("landlijn land", "focus vlak", "focus stoep", "lamp emaille"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(pair: str, colours: dict[str, str]) -> float:
    dark, light = sorted(luminance(colours[name]) for name in pair.split())
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, LIGHT | DARK], ids=["licht", "donker"])
def test_text_and_edges_can_be_told_from_what_they_stand_on(colours: dict[str, str]) -> None:
    assert {pair: ratio(pair, colours) for pair in TEXT if ratio(pair, colours) < 4.5} == {}
    assert {pair: ratio(pair, colours) for pair in EDGES if ratio(pair, colours) < 3} == {}


def test_no_dark_colour_reaches_paper() -> None:
    outside = re.sub(r"@media screen.*?\n}\n", "", TOKENS, flags=re.S)
    assert DARK["vlak"] not in outside
    assert outside.count("color-scheme: dark") == 0


def test_a_dark_system_has_the_colours_of_the_dark_choice() -> None:
    assert DARK == SYSTEM
