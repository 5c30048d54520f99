"""What an address is called that is a code of a register, a law or a licence."""

import pytest
from wijk.web.registers import called


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://identifier.overheid.nl/tooi/id/gemeente/gm0344", "TOOI gm0344"),
        ("https://identifier.overheid.nl/tooi/id/gemeente/wzg_2089", "TOOI wzg_2089"),
        ("https://sws.geonames.org/2759798/", "GeoNames 2759798"),
        ("http://www.wikidata.org/entity/Q15858232", "Wikidata Q15858232"),
        ("https://zoek.officielebekendmakingen.nl/stb-2021-373.html", "Staatsblad 2021, 373"),
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://zoek.officielebekendmakingen.nl/", ""),
        ("https://identifier.overheid.nl/tooi/set/rwc_gemeenten_compleet/4", ""),
        ("https://example.org/?https://sws.geonames.org/2759798/", ""),
    ],
)
def test_a_code_elsewhere_is_told_as_a_code(address: str, words: str) -> None:
    assert called(address) == words
