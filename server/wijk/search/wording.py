"""A case in a few words: its first sentence, and where it is."""

import re
from collections.abc import Container

from wijk.harvesting.records import Place, Told

_LONGEST = 240
_END = re.compile(r"(\S*)[.!?…][’”\")]*\s+(?=[^\W_a-zß-ÿ])|$")
_SHORTENED = frozenset(
    ("bijv", "blz", "ca", "dr", "drs", "ds", "incl", "ing", "ir", "mr", "mw", "nr", "o.a", "st")
)


def sentence(text: str) -> str:
    """The first sentence of a text; of a very long one its beginning."""
    whole = text.strip()
    ends = (it.end() for it in _END.finditer(whole) if not _shortened(it[1]))
    first = whole[: next(ends, None)].rstrip()
    if len(first) <= _LONGEST:
        return first
    return f"{first[:_LONGEST].rpartition(' ')[0] or first[:_LONGEST]}…"


def where(told: Told) -> str:
    """The places of a case in words, with the municipality when that has another name."""
    if not told.places:
        return "Online" if told.online else ""
    names = [place.label for place in told.places]
    told_already = {*names, *(name.removeprefix("Gemeente ") for name in names)}
    around = dict.fromkeys(_around(place, told_already) for place in told.places)
    wider = [name for name in around if name]
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} andere plaatsen"]
    return ", ".join((_joined(names), *wider[:2]))


def without_text(told: Told) -> str:
    """What there is to say of a case without a summary."""
    start = f"Beschreven in {told.bundle.label}. " if told.bundle else ""
    return f"{start}Een samenvatting is er nog niet."


def _around(place: Place, told: Container[str]) -> str:
    """The municipality of a place with what it became; without its name when that was told."""
    if place.municipality is None or place.municipality.label not in told:
        return place.municipality_told
    return f"nu {place.present.label}" if place.present else ""


def _joined(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} en {last}" if first else last


def _shortened(word: str | None) -> bool:
    return word is not None and word.casefold().lstrip("(\u2018\u201c") in _SHORTENED
