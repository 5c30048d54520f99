"""What the reader of a graph complains about, in Dutch: where, and what is wrong there."""

import re

_DUTCH = (
    (r"Unexpected end of file", "wat hier begint, wordt niet afgesloten"),
    (r"Unexpected end(?: of file, .*)?", "hier houdt de tekst te vroeg op"),
    (r".*expected at the end of statements|.*must be followed by a dot", "hiervoor mist een punt"),
    (r"The prefix (.*) has not been declared", "het voorvoegsel “{}” is niet opgegeven"),
    (r"Unknown prefix (.*)", "het voorvoegsel “{}” is niet opgegeven"),
    (r"Line jumps are not allowed.*", "een tekst mist zijn aanhalingsteken"),
    (r"(?:error while parsing IRI .*)?Invalid IRI.*", "in dit adres staat een teken dat niet kan"),
    (r"Invalid character .* in host", "in dit adres staat een teken dat niet kan"),
    (r"No scheme found.*", "dit adres mist zijn begin, zoals https://"),
    (r"The PREFIX keyword .*", "na @prefix hoort een voorvoegsel met een dubbele punt"),
    (r"The BASE keyword .*", "na @base hoort een adres tussen < en >"),
    (r"A language code .*", "na de @ hoort een taal, zoals nl"),
    (r"Expecting a datatype IRI.*", "na ^^ hoort het soort waarde"),
    (r"Unexpected escape character.*", "na een backslash staat een teken dat daar niet kan"),
    (r"blank node property lists .*", "er mist een ]"),
    (r"(.*) is not a valid subject.*", "met “{}” kan een uitspraak niet beginnen"),
    (r"(.*) is not a valid predicate", "hier hoort een eigenschap, en er staat “{}”"),
    (r"(.*) is not a valid RDF object", "hier hoort een waarde, en er staat “{}”"),
    (r"A blank node ID cannot be empty", "na _: hoort een naam"),
    (r"A double exponent cannot be empty", "dit getal is niet af"),
    (r"Unexpected char: '(.*)'", "hier staat “{}”, en dat kan hier niet"),
    (r"(@\w+) value must be .*", "de waarde van “{}” is niet van de goede soort"),
    (r"XML namespaces are required.*", "de XML zegt niet dat zij RDF/XML is"),
    (r"Unexpected text event: .*", "hier hoort XML te staan, geen losse tekst"),
    (r"(.*) is not a valid rdf:ID value", "“{}” kan geen rdf:ID zijn"),
    (r".*unrecognized entity `(.*)`", "“&{};” is niet opgegeven"),
)
"""What the reader says, and what that means; what stands there is filled in."""
_PLACE = re.compile(r"Parser error (?:at|between) [^:]*: ")
_LONGEST = 80


def in_dutch(error: SyntaxError) -> str:
    """What is wrong with a text and where, in one or two Dutch sentences."""
    said = _PLACE.sub("", str(error.msg), count=1)
    where = f"regel {error.lineno}, kolom {error.offset}" if error.lineno else ""
    start = f"Dit is niet te lezen vanaf {where}: " if where else "Dit is niet te lezen: "
    return f"{start}{_meant(said)}. Verbeter dit eerst."


def _meant(said: str) -> str:
    for pattern, dutch in _DUTCH:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return dutch.format(*(_shortened(it) for it in found.groups()))
    return "hier staat iets dat in dit soort tekst niet kan"


def _shortened(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
