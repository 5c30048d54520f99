"""Dutch words for the columns of answers to the prepared questions, by their variables."""

from collections.abc import Sequence

_WORDS = """
actor: betrokkene; area: gebied; areaCode: code van het gebied; areaName: gebied;
audience: doelgroep;
audienceLabel: doelgroep; basis: hoe weten we dit; basisLabel: hoe weten we dit;
before: jaar ervoor; bundle: bundel;
bundleTitle: bundel; case: casus; caseCount: casussen volgens de bron; cases: casussen; code: code;
connection: verbinding; context: waarin; date: dag; divisionYear: indeling van; from: van;
gap: leemte; genre: soort; how: hoe; initiative: initiatief; kind: soort; kindLabel: soort;
label: naam; law: wet; lesson: les; lessonCount: lessen volgens de bron; lessons: lessen;
measure: maat; media: uiting; mediaTitle: titel; municipality: gemeente; name: naam;
national: Nederland; note: toelichting; now: nu; nowName: gemeente nu; number: nummer;
online: online;
organisation: organisatie; other: andere; outcome: uitkomst; own: eigen; ownLabel: eigen naam;
part: rol; participation: deelname; place: plaats; placeName: plaats; project: project;
property: eigenschap; province: provincie; publisher: uitgever; read: gelezen; reason: reden;
relation: verband; role: rol; roleLabel: rol; sentence: uitleg; shared: hoeveel gemeen;
source: bron;
state: stand; stateLabel: stand; statements: uitspraken; statusLabel: zekerheid; target: geldt voor;
text: tekst; theme: thema; themeLabel: thema; then: toen; thenName: gemeente toen; thing: wat;
title: titel; trend: verandering; unitName: eenheid; until: tot; url: adres; value: waarde;
valueLabel: waarde; was: was; what: wat; whatLabel: wat; who: wie; why: waarom; with: samen met;
withLabel: samen met; year: jaar
"""
_COLUMNS = dict(pair.strip().split(": ") for pair in _WORDS.split(";"))
_BESIDE = {
    ("thing", "what"): "soort",
    ("case", "other"): "andere casus",
    ("initiative", "other"): "andere naam",
    ("theme", "own"): "thema van de casus",
    ("kind", "own"): "soort van het initiatief",
}
"""What a variable is called beside another, where that says of what it is."""
_NAMES = ("Label", "Name", "Title")
CODED = {
    "gap": {
        "case-without-initiative": "casus zonder naam van het initiatief",
        "case-without-summary": "casus zonder samenvatting",
        "case-without-theme": "casus zonder thema",
        "case-without-place": "casus zonder plek",
        "initiative-without-start": "initiatief zonder begin",
        "initiative-without-website": "initiatief zonder website",
        "bundle-without-author": "bundel zonder schrijver",
        "bundle-without-all-lessons": "bundel zonder al zijn lessen",
        "bundle-without-lesson-count": "bundel zonder aantal lessen",
        "lesson-without-case": "les zonder casus",
        "lesson-without-audience": "les zonder doelgroep",
        "place-without-area": "plek zonder CBS-gebied",
        "searched-not-found": "gezocht, niet gevonden",
    }
}
"""Dutch words for the values of a variable that are codes of the question itself."""


def headings(variables: Sequence[str]) -> list[str]:
    """The word for each variable of an answer, or its own name: no two the same."""
    words = {name: _COLUMNS.get(name, name) for name in variables}
    words |= {name: word for (of, name), word in _BESIDE.items() if {of, name} <= words.keys()}
    return [f"{words[it]} (naam)" if names(it) in words else words[it] for it in variables]


def names(name: str) -> str:
    """The variable of which this one has the name, by how it is called; else nothing."""
    return next((name.removesuffix(it) for it in _NAMES if name.endswith(it)), "")
