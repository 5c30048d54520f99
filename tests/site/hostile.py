"""A graph as nobody should publish it: script in names, addresses that run, too much of a thing."""

from pathlib import Path
from shutil import copytree

from wijk import remembered, snapshot

SCRIPT = (
    '</title><script>window.hit=1</script><img src=x onerror=window.hit=2>\\" onclick=window.hit=3'
)
TURNED = "\u202eklats\u202d \u2067om\u2066gekeerd\u200f"
RUNS = "javascript:window.hit=4"
LONG = "Boefjes " * 625
UNBROKEN = "W" * 5000
ACTORS = 10_000
NUMBER = "12345678901234567890123"
_SMALL = {
    "data/cases/stichting-polka": ('title "Stichting POLKA"', 'title ""'),
    "data/cases/holybe": ('title "HolyBe"', 'title "  "'),
    "data/initiatives/kenhem-community": ('name "KenHem Community"', 'name ""'),
    "data/actors/akte2": ('name "Akte2"', 'name " "'),
    "data/places/beesd": ('name "Beesd"', 'name ""'),
    "data/areas/gm1960": ('name "West Betuwe"', 'name ""'),
    "data/bundles/wij-in-de-wijk-4": ('title "Wij in de Wijk 4"', 'title " "'),
    "data/sources/geonames": ('title "GeoNames"', 'title " "'),
    "data/events/oss-2003": ('name "Uitbreiding van Oss in 2003"', 'name ""'),
    "data/lessons/juiste-houding": ('title "De juiste houding"', 'title " "'),
    "data/lessons/overal-dezelfde-vragen": ("holdsFor bundle", "holdsFor <urn:niets> , bundle"),
    "data/lessons/volop-positieve-dynamiek": ("holdsFor project", 'holdsFor "tekst" , project'),
    "data/cases/kenhem-community": ("number 19", f"number {NUMBER}"),
    "ontology/concepts/theme": ('"ontmoeting"@nl', '""@nl'),
}
"""Names that are empty or only blanks, what a lesson cannot hold for, a number without an end."""
_EVIDENCE = f"dcterms:source <{RUNS}> ;\n    wijk:basis basis:stated"


def hostile(folder: Path, root: Path, home: Path) -> Path:
    """Make it in a folder, and remember it as if it had been checked."""
    for part in ("data", "ontology", "queries", "shapes"):
        copytree(root / part, folder / part)
    data = folder / "data"
    _edit(data / "cases/choku-gym.ttl", '"Choku Gym"@nl', f'"{SCRIPT} {TURNED}"@nl')
    _edit(data / "cases/de-oude-bieb.ttl", "wijk:basis basis:stated", _EVIDENCE)
    _edit(data / "cases/twirre-doch-mei.ttl", '"Twirre doch mei"@', f'"{UNBROKEN}"@')
    _edit(data / "cases/boefjes-en-baristas.ttl", '"Boefjes en Barista\'s"@nl', f'"{LONG}"@nl')
    crowd = "".join(map(_joins, range(ACTORS)))
    _edit(data / "cases/boefjes-en-baristas.ttl", "\n<#e-bundle>", f"{crowd}\n<#e-bundle>")
    _edit(
        data / "actors/accolade.ttl",
        "    schema:name",
        f"    schema:url <{RUNS}> ;\n    schema:name",
    )
    _edit(data / "actors/elkien.ttl", '"Elkien"', f'"{SCRIPT} {UNBROKEN}"')
    _edit(data / "places/de-muntel.ttl", '    schema:name "De Muntel"@nl ;\n', "")
    _edit(folder / "ontology/concepts/theme.ttl", '"groen"@nl', f'"{SCRIPT} {LONG}"@nl')
    _edit(data / "places/poelenburg.ttl", '"Poelenburg"@nl', f'"{UNBROKEN}"@nl')
    _edit(data / "lessons/blijven-investeren.ttl", 'dcterms:title "', f'dcterms:title "{LONG}')
    _source(data / "sources/loopt.ttl")
    for file, (said, instead) in _SMALL.items():
        _edit(folder / f"{file}.ttl", said, instead)
    reading = snapshot.read(folder)
    assert not reading.broken, reading.broken
    remembered.remember(reading, lambda path: path.write_bytes(reading.snapshot.nquads()), home)
    return folder


def _edit(file: Path, said: str, instead: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert said in text, f"{file.name} no longer says {said}"
    file.write_text(text.replace(said, instead), encoding="utf-8")


def _joins(number: int) -> str:
    """Somebody who takes part, of whom nothing else is said: not even a name."""
    return f"""
<#niemand-{number}> a wijk:Participation ;
    wijk:case <> ;
    wijk:actor actor:niemand-{number} ;
    wijk:role role:partner .
"""


def _source(file: Path) -> None:
    file.write_text(
        "@base <https://w3id.org/wijindewijk/id/source/loopt> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        f'<{RUNS}> a <https://schema.org/WebPage> ;\n    dcterms:title "{SCRIPT}"@nl .\n',
        encoding="utf-8",
    )
