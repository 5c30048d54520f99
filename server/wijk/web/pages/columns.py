"""Dutch words for the columns of answers to the prepared questions, by their variables."""

_WORDS = """
actor: betrokkene; area: gebied; areaCode: code; areaName: gebied; audience: doelgroep;
audienceLabel: doelgroep; basis: grond; basisLabel: grond; before: jaar ervoor; bundle: bundel;
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
relation: verband; role: rol; roleLabel: rol; sentence: uitleg; shared: gemeen; source: bron;
state: stand; stateLabel: stand; statements: uitspraken; statusLabel: zekerheid; target: geldt voor;
text: tekst; theme: thema; themeLabel: thema; then: toen; thenName: gemeente toen; thing: wat;
title: titel; trend: verandering; unitName: eenheid; until: tot; url: adres; value: waarde;
valueLabel: waarde; was: was; what: wat; whatLabel: wat; who: wie; why: waarom; with: samen met;
withLabel: samen met; year: jaar
"""
_COLUMNS = dict(pair.strip().split(": ") for pair in _WORDS.split(";"))


def column(name: str) -> str:
    """The word for a variable; its own name when there is none."""
    return _COLUMNS.get(name, name)
