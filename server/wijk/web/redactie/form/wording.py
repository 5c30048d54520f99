"""What is wrong with a text, in plain Dutch."""

from wijk.editing.fields import Field
from wijk.editing.values import Misread

_SAID = {
    "integer": "“{value}” is geen heel getal. Schrijf het in cijfers{example}.",
    "large": "“{value}” is te groot. Schrijf hoogstens 18 cijfers{example}.",
    "decimal": "“{value}” is geen getal. Schrijf het in cijfers{example}.",
    "date": "“{value}” is geen dag of jaar. Schrijf het zo{example}.",
    "address": "“{value}” is geen webadres. Neem het over uit je browser{example}.",
    "boolean": "Kies ja of nee.",
    "choice": "“{value}” staat niet in de lijst.",
    "unknown": "We kennen “{value}” nog niet. Kies iets dat er al is, of voeg het toe.",
    "ambiguous": "Er zijn er meer die “{value}” heten. Kies welke je bedoelt.",
}
_LONGEST = 80


def misread(found: Misread, field: Field) -> str:
    """What stands there, what is expected, and an example."""
    value = found.value if len(found.value) <= _LONGEST else f"{found.value[:_LONGEST]}…"
    example = found.example or field.example
    told = _SAID.get(found.code, "“{value}” past hier niet{example}.")
    text = told.format(value=value, example=f", zoals {example}" if example else "")
    guess = found.nearest[0] if len(found.nearest) == 1 and found.code != "ambiguous" else ""
    return f"{text} Bedoel je “{guess}”?" if guess else text
