"""What is wrong with a text that is no value of its field: one sentence for all doors.

`{value}` is what stands there, `{field}` what people call the field, `{kinds}` what it may name.
"""

from collections.abc import Mapping

MISREAD: Mapping[str, Mapping[str, str]] = {
    "integer": {
        "nl": "“{value}” is geen heel getal. Schrijf het in cijfers, bijvoorbeeld 30.",
        "en": "“{value}” is no whole number. Write it in digits, for example 30.",
    },
    "large": {
        "nl": "“{value}” is te groot. Schrijf hoogstens 18 cijfers.",
        "en": "“{value}” is too large. Write at most 18 digits.",
    },
    "decimal": {
        "nl": "“{value}” is geen getal. Schrijf het in cijfers met een komma, bijvoorbeeld 12,5.",
        "en": "“{value}” is no number. Write it in digits with a comma, for example 12,5.",
    },
    "date": {
        "nl": "“{value}” is geen jaar of dag. Schrijf een jaar als 2021, een dag als 3 februari "
        "2021.",
        "en": "“{value}” is no year or day. Write a year as 2021, a day as 3 februari 2021.",
    },
    "address": {
        "nl": "“{value}” is geen webadres. Neem het over uit je browser; het begint met https://.",
        "en": "“{value}” is no web address. Take it from your browser; it begins with https://.",
    },
    "boolean": {
        "nl": "“{value}” kan hier niet staan. Kies ja of nee.",
        "en": "“{value}” cannot stand here. Choose ja (yes) or nee (no).",
    },
    "choice": {
        "nl": "“{value}” staat niet in de lijst van “{field}”.",
        "en": "“{value}” is not in the list of “{field}”.",
    },
    "unknown": {
        "nl": "“{value}” is hier nog niet bekend als {kinds}.",
        "en": "“{value}” at “{field}” is not known here.",
    },
    "ambiguous": {
        "nl": "Er is meer dan één “{value}”.",
        "en": "“{value}” can be more than one thing. Write which one.",
    },
    "empty": {"nl": "Hier staat niets. Vul iets in.", "en": "Nothing stands here. Fill it in."},
}
"""By the code of a Misread (`wijk.editing.values`), in Dutch and English."""
_SHOWN = 80


def misread(code: str, value: str, field: str, kinds: str = "") -> str:
    """What is wrong, in Dutch; who asks adds what to do about it there."""
    flat = " ".join(value.split())
    cut = flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
    return MISREAD[code]["nl"].format(value=cut, field=field, kinds=kinds)


def meant(near: str) -> str:
    """What may have been meant, as a question; nothing when there is nothing near."""
    return f" Bedoel je “{near}”?" if near else ""
