"""What addresses elsewhere are called that are codes: of registers, laws and licences."""

import re
from collections.abc import Sequence

from wijk.harvesting.rights import LICENCES

_CODES: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"https://identifier\.overheid\.nl/tooi/id/[a-z]+/([a-z0-9_]+)"), "TOOI {}"),
    (re.compile(r"https?://sws\.geonames\.org/([0-9]+)/?"), "GeoNames {}"),
    (re.compile(r"https?://www\.wikidata\.org/entity/(Q[0-9]+)"), "Wikidata {}"),
    *(
        (
            re.compile(
                rf"https://zoek\.officielebekendmakingen\.nl/{code}-([0-9]{{4}})-([0-9]+)\.html"
            ),
            f"{name} {{}}, {{}}",
        )
        for code, name in (("stb", "Staatsblad"), ("stcrt", "Staatscourant"))
    ),
)


def called(iri: str) -> str:
    """`TOOI gm0344`, `Staatsblad 2021, 373`, `CC BY 4.0`; empty for what is no such code."""
    for pattern, words in _CODES:
        if found := pattern.fullmatch(iri):
            return words.format(*found.groups())
    return LICENCES.get(iri, "")
