"""What is wrong with a file that could not be taken in, in both languages."""

import re

from wijk.checking.findings import Finding, Other
from wijk.snapshot import BrokenFile

_SYNTAX = {
    "nl": "Hier klopt de Turtle niet: {reason}. Verbeter dit eerst.",
    "en": "This is not Turtle: {reason}. Correct this first.",
}
_TWICE = {
    "nl": "Breng alles over dit ding samen in één bestand; {reason} gaat over hetzelfde.",
    "en": "Bring everything about this thing together in one file; {reason} is about the same.",
}
# What the parser says, and what that means.
_DUTCH = (
    (
        r"expected '\.' or .* at end of statement",
        "hiervoor mist een ; of een punt, misschien aan het eind van de regel erboven",
    ),
    (r"Prefix \"(.*)\" not bound", r"het voorvoegsel \1 is niet opgegeven"),
    (r"objectList expected", "hier hoort een waarde"),
    (r"expected propertylist|property_list expected", "hier horen velden met waarden"),
    (r"expected directive or statement", "hier hoort een ding met zijn velden te beginnen"),
    (r"EOF found .*|EOF after .*", "het bestand houdt te vroeg op"),
    (r"newline found in string literal", "een tekst mist zijn aanhalingsteken"),
    (r"unterminated string literal", "een tekst mist zijn aanhalingsteken"),
    (r"unterminated URI reference", "een adres mist zijn >"),
    (r"'\]' expected", "er mist een ]"),
    (r"bad escape", "na een backslash staat een teken dat daar niet kan"),
    (r"Bad language code .*", "na de @ hoort een taal, zoals nl"),
    (r"expected qname after @prefix", "na @prefix hoort een voorvoegsel met een dubbele punt"),
    (r"expected <uri.*", "hier hoort een adres tussen < en >"),
    (r"too deeply nested", "er zitten te veel haakjes in elkaar"),
    (r"this is not UTF-8 text", "dit is geen tekst in UTF-8"),
    (r"(<.*>) is not an IRI: .*", r"\1 is geen adres: er staat een teken te veel in"),
)


def finding(file: BrokenFile) -> Finding:
    """The finding about a file that could not be taken in."""
    path = str(file.path)
    if file.twin is not None:
        other = Other(f"<{file.thing}>", str(file.twin), None)
        message = _filled(_TWICE, str(file.twin), str(file.twin))
        return Finding(file.rule, "violation", message, path, 1, file.thing, other=other)
    message = _filled(_SYNTAX, in_dutch(file.reason), file.reason)
    return Finding(file.rule, "violation", message, path, file.line)


def in_dutch(reason: str) -> str:
    """The parser's reason in Dutch; in its own words, as a quotation, when it is a rare one."""
    said, at, around = reason.partition(", at '")
    where = f", bij '{around}" if at else ""
    for pattern, dutch in _DUTCH:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return found.expand(dutch) + where
    return f"de lezer zegt “{said}”{where}"


def _filled(texts: dict[str, str], dutch: str, english: str) -> dict[str, str]:
    return {
        "nl": texts["nl"].replace("{reason}", dutch),
        "en": texts["en"].replace("{reason}", english),
    }
