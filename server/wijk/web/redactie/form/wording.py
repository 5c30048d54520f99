"""What is wrong with a text, in plain Dutch, and what to do about it in the form."""

from wijk.editing import sentences
from wijk.editing.fields import Field
from wijk.editing.values import Misread
from wijk.tabular.layout import SINGULAR

_HERE = {
    "choice": " Kies iets uit de lijst.",
    "unknown": " Kies iets dat er al is, of voeg het toe.",
    "empty": " Of haal de bron weg die hier staat.",
    "ambiguous": " Kies welke je bedoelt.",
}


def misread(found: Misread, field: Field) -> str:
    """What stands there, what is expected, and what may be meant."""
    kinds = " of ".join(SINGULAR[kind] for kind in field.kinds)
    told = sentences.misread(found.code, found.value, field.name["nl"], kinds)
    guess = found.nearest[0] if len(found.nearest) == 1 and found.code != "ambiguous" else ""
    return f"{told}{_HERE.get(found.code, '')}{sentences.meant(guess)}"
