"""What a code of Statistics Netherlands is: its level, its municipality, how it is written."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a code names; the values are the concepts of the scheme place-kind, but for `land`."""

    LAND = "land"
    PROVINCIE = "provincie"
    GEMEENTE = "gemeente"
    WIJK = "wijk"
    BUURT = "buurt"


# Amsterdam has letters in its wijken and buurten; PDOK puts the year of the division in front.
_FORM = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})?"
    r"(?:(?P<nl>NL[0-9]{2})|(?P<pv>PV[0-9]{2})"
    r"|(?P<sort>GM|WK|BU)(?P<gm>[0-9]{4})(?P<rest>[0-9A-Z]{0,4}))",
    re.ASCII,
)
_BARE = re.compile(r"[0-9]{4}", re.ASCII)
_LENGTH = {"GM": (0, Level.GEMEENTE), "WK": (2, Level.WIJK), "BU": (4, Level.BUURT)}


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its text as Statistics Netherlands writes it, and what can be read from it."""

    text: str
    level: Level
    municipality: str | None = None
    year: int | None = None

    @property
    def district(self) -> str | None:
        """The wijk that a buurt lies in, within its year."""
        return f"WK{self.text[2:8]}" if self.level is Level.BUURT else None


def read(text: str) -> Code | None:
    """The code in this text, or nothing when there is none.

    Spaces around it and lower case are taken as they are meant; so are the four digits of a
    municipality alone ("0479", as PDOK's Locatieserver gives) and the year of the division in
    front ("2022BU19910104", as PDOK's maps do).
    """
    given = text.strip().upper()
    if (found := _FORM.fullmatch(given)) is None:
        return Code(f"GM{given}", Level.GEMEENTE, f"GM{given}") if _BARE.fullmatch(given) else None
    year = int(found["year"]) if found["year"] else None
    if found["nl"]:
        return Code(found["nl"], Level.LAND, None, year)
    if found["pv"]:
        return Code(found["pv"], Level.PROVINCIE, None, year)
    length, level = _LENGTH[found["sort"]]
    if len(found["rest"]) != length:
        return None
    plain = f"{found['sort']}{found['gm']}{found['rest']}"
    return Code(plain, level, f"GM{found['gm']}", year)
