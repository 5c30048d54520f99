"""Makes the documents of changes that the extract of the register lacks, from the table of all.

Littenseradiel was split, and the extract has only one half of that; of Boarnsterhim the register
itself tells only a part. Run it from the root of the checkout; it writes into data/.
"""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

from rdflib import DCTERMS, PROV, RDF, SKOS, Literal, URIRef
from wijk import namespaces
from wijk.linking import described, writing
from wijk.linking.described import Pairs
from wijk.linking.register import VERSIONS, Event, Municipality, Register
from wijk.linking.writing import Block
from wijk.namespaces import WIJK

BASE = "https://w3id.org/wijindewijk/"
TABLE = Path("tests/linking/extracts/herindelingen_2000_2023.csv")
WANTED = {"wzg_04262953": "leeuwarden-2018", "wzg_03177367": "leeuwarden-2014"}
CODES = ("GM0055", "GM0080", "GM0081")
# What the register does not name: who got a part, who says so, and why we think it.
SILENT = {
    "wzg_03177367": (
        "GM1900",
        "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/85318NED",
        "Het register noemt alleen Leeuwarden. Het CBS kent in 2022 binnen Súdwest-Fryslân een "
        "wijk Boarnsterhim (WK190019), en die gemeente noemt 2014 als jaar van uitbreiding.",
    )
}
SOURCE = (DCTERMS.source, URIRef(VERSIONS.rstrip("/")))


def register() -> Register:
    """All that the table tells of the municipalities in the wanted changes."""
    areas: dict[str, Municipality] = {}
    events: list[Event] = []
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if (number := row["event"].rpartition("/")[2]) not in WANTED:
                continue
            day = date.fromisoformat(row["date"])
            ended, used = row["invalidated_codes"].split("|"), row["used_codes"].split("|")
            names = row["invalidated_names"].split("|") + row["used_names"].split("|")
            for code, name in zip((*ended, *used), names, strict=True):
                known = areas.setdefault(code, Municipality(code, name))
                areas[code] = replace(known, valid_until=day) if code in ended else known
            silent = SILENT[number][:1] if number in SILENT else ()
            kind = row["type"].lower()
            events.append(
                Event(row["event"], day, kind, tuple(ended), (), tuple(used), None, silent)
            )
    return Register(areas, tuple(events))


def write(thing: str, said: Pairs, *parts: Block) -> None:
    """One document, from the table in the place of a version of the register."""
    node = URIRef(f"{BASE}id/{thing}")
    pairs = [SOURCE if verb == DCTERMS.source else (verb, value) for verb, value in said]
    kind, slug = thing.split("/")
    path = Path("data", f"{kind}s", f"{slug}.ttl")
    path.write_bytes(
        writing.document(node, [Block(node, pairs), *parts], namespaces.prefixes(BASE))
    )


def evidence(event: URIRef, area: URIRef, page: str, note: str) -> Block:
    """Why we think that this area got a part as well."""
    said: Pairs = [
        (RDF.type, WIJK.Evidence),
        (RDF.subject, event),
        (RDF.predicate, PROV.used),
        (RDF.object, area),
        (WIJK.basis, URIRef(f"{BASE}id/basis/inferred")),
        (WIJK.status, URIRef(f"{BASE}id/status/asserted")),
        (DCTERMS.source, URIRef(page)),
        (SKOS.note, Literal(note, lang="nl")),
    ]
    return Block(URIRef(f"{event}#e-used"), said)


def main() -> None:
    """Write the two changes and the three municipalities that only they name."""
    known = register()
    for code in CODES:
        write(f"area/{code.lower()}", described.area(known, code, BASE, ()))
    for event in known.events:
        number = event.iri.rpartition("/")[2]
        thing, said = f"event/{WANTED[number]}", described.event(known, event, BASE)
        parts = []
        if number in SILENT:
            code, page, note = SILENT[number]
            area = described.area_iri(code, BASE)
            last = max(at for at, (verb, _) in enumerate(said) if verb == PROV.used)
            said.insert(last + 1, (PROV.used, area))
            parts = [evidence(URIRef(f"{BASE}id/{thing}"), area, page, note)]
        write(thing, said, *parts)


if __name__ == "__main__":
    main()
