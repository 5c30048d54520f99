"""The templates of the pages."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from wijk import days
from wijk.harvesting.embed.map import CREDIT, VIEW, apart, provinces, reaches
from wijk.search.marking import marks
from wijk.web.static import asset
from wijk.web.typography import printed

HERE = Path(__file__).parent
MENU = (
    ("casussen", "Casussen", "Cases"),
    ("plaatsen", "Plaatsen", "Places"),
    ("betrokkenen", "Betrokkenen", "Actors"),
    ("lessen", "Lessen", "Lessons"),
    ("themas", "Thema’s", "Themes"),
    ("gegevens", "Data", "Data"),
    ("over", "Over", "About"),
)
"""The main menu: the path of a page, and its name in Dutch and in English."""

FOOT = (
    ("toegankelijkheid", "Toegankelijkheid", "Accessibility"),
    ("privacy", "Privacy", "Privacy"),
    ("licentie", "Herkomst en licentie", "Origin and licence"),
    ("wijzigingen", "Wijzigingen", "Changes"),
    ("controle", "Controle", "Checks"),
    ("fout-melden", "Fout melden", "Report an error"),
)
"""The links at the foot of every page, in the same way."""

_EXACT = ("redactie/", "sparql.html", "casus/wijzigingen.html")
"""The templates that show texts letter by letter."""

_LONGEST = 160
"""So many characters of a name are shown."""


def filled(template: Template, **values: object) -> bytes:
    """What a template makes of these values, with apostrophes as they are printed."""
    html = template.render(**values)
    exact = (template.name or "").startswith(_EXACT)
    return (html if exact else printed(html)).encode()


def moment(text: str) -> str:
    """The day of a day or moment of ISO 8601, with all of it for machines; other text as it is."""
    day = days.told(text)
    return Markup('<time datetime="{}">{}</time>').format(text, day) if day else text


class Placed(NamedTuple):
    """A dot of a map, where it is drawn, and the radius of the spot around it."""

    dot: Any
    x: float
    y: float
    reach: float


def spread(dots: Iterable[Any], gap: float = 22, left: str = "x", top: str = "y") -> list[Placed]:
    """Each dot of a map where it covers no other; the names are of its place.

    A gap of 30 leaves each a spot of 24 pixels for who points, on a map of 420 pixels wide (WCAG
    2.2, 2.5.8); with less, dots are nearer to where they are.
    """
    listed = [*dots]
    spots = apart([(getattr(dot, left), getattr(dot, top)) for dot in listed], gap)
    return [
        Placed(dot, x, y, reach)
        for dot, (x, y), reach in zip(listed, spots, reaches(spots), strict=True)
    ]


def short(name: str, most: int = _LONGEST) -> str:
    """What something is called; of a very long name its beginning: its own files have it all."""
    return name if len(name) <= most else f"{name[: most - 1].rsplit(' ', 1)[0]}…"


def longest(name: str) -> int:
    """How many letters its longest word has: such a word needs smaller letters on a phone."""
    return max(map(len, re.findall(r"\w+", name)), default=0)


def sentence(text: str) -> str:
    """Words as they stand at the begin of a sentence."""
    return text[:1].upper() + text[1:]


def environment() -> Environment:
    """The templates; a value that is not given is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"marks": marks, "moment": moment, "sentence": sentence, "spread": spread}
    made.filters |= {"short": short, "longest": longest}
    made.filters |= {"dutch": days.dutch, "english": days.english}
    made.globals |= {"asset": asset, "menu": MENU, "foot": FOOT}
    made.globals |= {"map_view": VIEW, "map_credit": CREDIT, "provinces": provinces}
    return made
