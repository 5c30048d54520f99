"""Names in addresses: lower-case letters without marks, digits and hyphens."""

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 60
_APART = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"})


def slugged(text: str) -> str:
    """A text as it stands in an address: `Boefjes & Barista's` is `boefjes-en-baristas`.

    It has at most 60 characters, of whole words where that can be, and is empty when nothing of
    the text can stand in an address.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_APART))
    plain = re.sub(r"['`\u00b4\u2018\u2019]", "", plain).replace("&", " en ")
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    whole = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(whole) <= _LONGEST:
        return whole
    cut = whole[: _LONGEST + 1]
    return cut.rpartition("-")[0] or cut[:_LONGEST]


def free(start: str, known: Collection[str]) -> str:
    """The first name that is not known: `tuin`, `tuin-2` and so on."""
    found, count = start, 1
    while found in known:
        count += 1
        found = f"{start}-{count}"
    return found
