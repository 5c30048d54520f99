"""The register in its own format: its traps, and what it refuses."""

import copy
import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from wijk.linking import tooi
from wijk.linking.errors import RegisterError
from wijk.linking.register import Register

TOOI = "https://identifier.overheid.nl/tooi/def/ont/"
PROV = "http://www.w3.org/ns/prov#"
HERE = "https://identifier.overheid.nl/tooi/id/gemeente/"


def test_the_register_is_there_whole(register: Register) -> None:
    assert (len(register.municipalities), len(register.events)) == (53, 16)
    assert (register.version, register.seen) == ("4", date(2022, 12, 22))
    assert register.names["PV21"] == "Fryslân"


def test_the_last_day_becomes_the_first_day_without(register: Register) -> None:
    uden = register.municipalities["GM0856"]
    assert (uden.valid_from, uden.valid_until) == (None, date(2022, 1, 1))
    assert register.municipalities["GM1991"].valid_from == date(2022, 1, 1)
    assert (uden.name, uden.province) == ("Uden", "PV30")


def test_a_change_has_its_day_kind_and_law(register: Register) -> None:
    event = register.endings["GM0457"][0]
    assert (event.on, event.kind) == (date(2022, 3, 24), "uitbreiding")
    assert (event.ended, event.began, event.extended) == (("GM0457",), (), ("GM0363",))
    assert event.legal_basis == "https://zoek.officielebekendmakingen.nl/stb-2021-296.html"


def _changed(extract: bytes, at: str, **values: Any) -> bytes:
    """The extract, with other values of one thing."""
    nodes = json.loads(extract)
    node = next(node for node in nodes if node["@id"].endswith(f"/{at}"))
    for name, value in values.items():
        key = name if name.startswith("@") else f"{PROV if name == 'invalidated' else TOOI}{name}"
        node[key] = value
    return json.dumps(nodes).encode()


def _value(text: str) -> list[dict[str, str]]:
    return [{"@value": text}]


def test_an_instant_without_seconds_is_read_with_a_warning(extract: bytes) -> None:
    text = _changed(extract, "wzg_2089", tijdstipWijziging=_value("2022-01-01T00:00"))
    found = tooi.read(text, "register.json")
    assert found.register.endings["GM0856"][0].on == date(2022, 1, 1)
    assert len(found.warnings) == 1
    assert "wzg_2089" in found.warnings[0]
    assert "not a dateTime" in found.warnings[0]


def test_an_instant_that_is_not_midnight_is_read_with_a_warning(extract: bytes) -> None:
    text = _changed(extract, "wzg_2089", tijdstipWijziging=_value("2022-01-01T12:00:00+01:00"))
    assert "not the beginning of a day" in tooi.read(text, "register.json").warnings[0]


def test_an_end_that_only_the_change_tells_is_taken_with_a_warning(extract: bytes) -> None:
    nodes = json.loads(extract)
    uden = next(node for node in nodes if node["@id"].endswith("/gm0856"))
    del uden[f"{TOOI}einddatum"], uden[f"{PROV}invalidatedAtTime"]
    found = tooi.read(json.dumps(nodes).encode(), "register.json")
    assert found.register.municipalities["GM0856"].valid_until == date(2022, 1, 1)
    assert "has no einddatum" in found.warnings[0]


def test_dates_that_do_not_agree_are_a_warning(extract: bytes) -> None:
    found = tooi.read(_changed(extract, "gm0856", einddatum=_value("2021-12-30")), "register.json")
    assert [warning.split(": ", 1)[1][:14] for warning in found.warnings] == [
        "GM0856 has an ",
        "GM0856 does no",
    ]


def test_an_answer_of_the_register_holds_its_things_in_a_graph(
    extract: bytes, register: Register
) -> None:
    text = json.dumps([{"@graph": json.loads(extract)}]).encode()
    assert tooi.read(b"\xef\xbb\xbf" + text, "register.json").register == register


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"<html></html>", "not JSON (Expecting value, line 1, column 1)"),
        (b"3", "a list of objects"),
        (b"[]", "no municipality"),
        (b'{"@context": {}, "@graph": []}', "@context"),
        (b"[" * 100_000, "too deeply nested"),
    ],
)
def test_what_is_not_the_register_is_refused(text: bytes, said: str) -> None:
    with pytest.raises(RegisterError, match=r"^register\.json: ") as refused:
        tooi.read(text, "register.json")
    assert said in str(refused.value)
    assert "standaarden.overheid.nl" in str(refused.value)


@pytest.mark.parametrize(
    ("at", "values", "said"),
    [
        ("4", {"@id": f"{HERE}gm0000"}, "0 headers"),
        ("gm0856", {"@id": f"{HERE}gm1991"}, "GM1991 stands in it twice"),
        ("gm0856", {"@id": f"{HERE}gm08560"}, "address"),
        ("gm0856", {"einddatum": _value("gisteren")}, "einddatum 'gisteren'"),
        ("gm1991", {"einddatum": _value("2021-01-01")}, "not after it begins"),
        ("gm0856", {"voorkeursnaamExclSoort": _value("a") + _value("b")}, "2 values"),
        (
            "gm0856",
            {"voorkeursnaamExclSoort": _value("U\0den\n")},
            "gm0856 has a control character in its voorkeursnaamExclSoort: 'U\\u0000den\\u000A'",
        ),
        ("wzg_2089", {"heeftGrondslag": _value("https://x/\u202e")}, "wzg_2089 has a control"),
        ("wzg_2089", {"invalidated": []}, "does not say what ended"),
        ("wzg_2089", {"invalidated": [{"@id": f"{HERE}gm4444"}]}, "gm4444, which is not in it"),
        ("wzg_2089", {"invalidated": [{"@id": f"{HERE}gm1991"}]}, "GM1991 became part of itself"),
        ("wzg_2089", {"tijdstipWijziging": _value("2022")}, "tijdstipWijziging '2022'"),
        ("wzg_2089", {"@id": f"{HERE}gm0001"}, "a change has the address"),
    ],
)
def test_a_register_that_contradicts_itself_is_refused(
    extract: bytes, at: str, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(RegisterError) as refused:
        tooi.read(_changed(extract, at, **values), "register.json")
    assert said in str(refused.value)
    assert str(refused.value).startswith("register.json: ")
    assert "Take the whole file again" in str(refused.value)


def test_the_whole_register_loads(extract: bytes) -> None:
    """All 128 changes since 2000 and every code in them, made up from the table of changes."""
    nodes = {node["@id"]: node for node in json.loads(extract)}
    pattern = nodes[f"{HERE}gm0009"]
    table = Path(__file__).parent / "extracts" / "herindelingen_2000_2023.csv"
    with table.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        event = {"@id": row["event"], "@type": [f"{TOOI}{row['type']}"]}
        event[f"{TOOI}tijdstipWijziging"] = _value(f"{row['date']}T00:00:00")
        for name in ("invalidated", "generated", "used"):
            iris = [f"{HERE}{code.lower()}" for code in row[f"{name}_codes"].split("|") if code]
            event[f"{PROV}{name}"] = [{"@id": iri} for iri in iris]
            for iri in iris:
                nodes.setdefault(iri, _made_up(pattern, iri))
        nodes[row["event"]] = event
    read = tooi.read(json.dumps(list(nodes.values())).encode(), "register.json")
    assert len(read.register.events) == 128
    assert len(read.register.municipalities) > 300
    assert all(read.register.endings[code] for code in ("GM0053", "GM0788", "GM0240"))


def _made_up(pattern: dict[str, Any], iri: str) -> dict[str, Any]:
    """A municipality of which only the address is known."""
    made = copy.deepcopy(pattern)
    del made[f"{TOOI}einddatum"], made[f"{PROV}invalidatedAtTime"]
    return {**made, "@id": iri}
