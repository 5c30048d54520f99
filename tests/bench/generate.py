"""Makes a case base of any size in our own model: a whole graph folder, the same every time.

Run it with `python tests/bench/generate.py CASES FOLDER`. Every name in it is plainly made up.
Ontology, shapes and queries are those of this checkout.
"""

import random
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from documents import Document, Source, text, write, year

ROOT = Path(__file__).parents[2]
THEMES = (
    *("ontmoeting", "diversiteit", "integratie", "religie", "jeugd", "opvoeding", "ouderen"),
    *("vrouwen", "leefbaarheid", "groen", "biodiversiteit", "veiligheid", "sport", "cultuur"),
    *("digitaal", "vrijwilligers", "zelforganisatie", "zorg", "armoede", "eenzaamheid"),
)
ROLES = (
    *("initiatiefnemer", "trekker", "drager", "partner", "aanbieder", "gastheer", "financier"),
    *("ondersteuner", "vrijwilliger"),
)
KINDS = ("gemeente", "zorgaanbieder", "woningcorporatie", "stichting", "fonds", "wijkcentrum")
AUDIENCES = ("bewoner", "professional", "beleid")
CONNECTIONS = ("bonding", "bridging", "linking")
WORDS = (
    *("bewoners", "buren", "tuin", "koffie", "samen", "jongeren", "ouderen", "plein", "feest"),
    *("werkplaats", "muziek", "eten", "straat", "school", "vereniging", "hulp", "wandeling"),
    *("gesprek", "kunst", "fiets", "moestuin", "bibliotheek", "taal", "spel", "buurthuis"),
)
PROVINCES = 12
FIRST_PROVINCE = 20
FIRST_MUNICIPALITY = 9001
STAMP = re.compile(r"\n<[^>]*> dcterms:modified \"[^\"]*\"\^\^xsd:dateTime \.\n")


@dataclass(frozen=True)
class Size:
    """How many there are of each kind, for so many cases."""

    cases: int

    @property
    def bundles(self) -> int:
        """Bundles have about fifty cases, in a small base about seven."""
        return max(4, self.cases // 50) if self.cases >= 4 else 1

    @property
    def municipalities(self) -> int:
        """As many as there are in the Netherlands, at most."""
        return min(340, self.places)

    @property
    def places(self) -> int:
        """Some places have several cases."""
        return max(2, self.cases // 4)

    @property
    def actors(self) -> int:
        """Actors meet each other again."""
        return max(3, self.cases // 4)

    @property
    def sources(self) -> int:
        """A page is about several cases."""
        return max(2, self.cases // 3)

    @property
    def lessons(self) -> int:
        """Lessons hold for a bundle or for a case."""
        return max(2, self.cases // 8)


def slug(kind: str, number: int) -> str:
    """The short name of a made-up thing."""
    return f"{kind}-{number:05}"


def documents(cases: int) -> Iterator[Document | Source]:
    """All documents of a case base with so many cases."""
    size = Size(cases)
    chance = random.Random(cases)
    project = Document("project", "wij-in-de-wijk", "schema:Project")
    project.state("dcterms:title", text("Project om mee te meten"))
    project.state("schema:startDate", year(2015))
    yield project
    yield from (_bundle(number, size) for number in range(size.bundles))
    yield from (Source(slug("bron", n), _address(n)) for n in range(size.sources))
    yield from _areas(size)
    yield from (_place(number, size) for number in range(size.places))
    yield from (_actor(number, size) for number in range(size.actors))
    yield from (_initiative(number, size) for number in range(0, cases, 2))
    yield from (_case(number, size, chance) for number in range(cases))
    yield from (_lesson(number, size, chance) for number in range(size.lessons))


def _address(number: int) -> str:
    return f"https://example.org/bron/{number}"


def _source(number: int, size: Size) -> str:
    return f"<{_address(number % size.sources)}>"


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def _bundle(number: int, size: Size) -> Document:
    source = _source(number, size)
    made = Document("bundle", slug("bundel", number), "wijk:Bundle")
    made.state("dcterms:isPartOf", "project:wij-in-de-wijk", source=source)
    made.state("dcterms:title", text(f"Bundel {number}"), source=source)
    made.state("dcterms:issued", year(2015 + number % 10), source=source)
    made.state("wijk:connection", f"connection:{CONNECTIONS[number % 3]}", source=source)
    count = len(range(number, size.cases, size.bundles))
    made.state("wijk:caseCount", str(count), source=source)
    return made


def _areas(size: Size) -> Iterator[Document]:
    for number in range(min(PROVINCES, size.municipalities)):
        made = _area(f"pv{FIRST_PROVINCE + number}", "provincie", f"Provincie {number}")
        yield made
    for number in range(size.municipalities):
        made = _area(_municipality(number), "gemeente", f"Gemeente {number}")
        made.say("wijk:withinArea", f"area:{_province(number)}")
        yield made
    for number in range(size.places):
        made = _area(_neighbourhood(number, size), "buurt", f"Buurt {number}")
        made.say("wijk:withinArea", f"area:{_municipality(number % size.municipalities)}")
        made.say("wijk:divisionYear", year(2022))
        yield made


def _area(name: str, kind: str, called: str) -> Document:
    made = Document("area", name, "wijk:Area")
    made.say("schema:name", text(called))
    made.say("wijk:placeKind", f"placekind:{kind}")
    made.say("wijk:code", f'"{name.rpartition("-")[2].upper()}"')
    made.say("dcterms:source", f"<{_address(0)}>")
    return made


def _province(municipality: int) -> str:
    return f"pv{FIRST_PROVINCE + municipality % PROVINCES}"


def _municipality(number: int) -> str:
    return f"gm{FIRST_MUNICIPALITY + number}"


def _neighbourhood(place: int, size: Size) -> str:
    within = FIRST_MUNICIPALITY + place % size.municipalities
    return f"2022-bu{within}{place // size.municipalities:04}"


def _place(number: int, size: Size) -> Document:
    source = _source(number, size)
    municipality = number % size.municipalities
    made = Document("place", slug("plaats", number), "wijk:Place")
    made.state("schema:name", text(f"Plaats {number}"), source=source)
    made.state("wijk:placeKind", f"placekind:{('buurt', 'dorp', 'wijk')[number % 3]}")
    made.state("wijk:exactArea", f"area:{_neighbourhood(number, size)}", source=source)
    within = (f"area:{_municipality(municipality)}", f"area:{_province(municipality)}")
    made.state("wijk:withinArea", *within, source=source)
    return made


def _actor(number: int, size: Size) -> Document:
    made = Document("actor", slug("betrokkene", number), "wijk:Actor", "org:Organization")
    made.state("schema:name", text(f"Betrokkene {number}"), source=_source(number, size))
    made.state("wijk:actorKind", f"actorkind:{KINDS[number % len(KINDS)]}")
    return made


def _initiative(number: int, size: Size) -> Document:
    source = _source(number, size)
    classes = ("wijk:Initiative", "wijk:Actor", "org:Organization")
    made = Document("initiative", slug("initiatief", number), *classes)
    made.state("schema:name", text(f"Initiatief {number}"), source=source)
    made.state("schema:startDate", year(2000 + number % 20), source=source)
    made.state("wijk:actorKind", "actorkind:bewonersinitiatief")
    return made


def _case(number: int, size: Size, chance: random.Random) -> Document:
    source = _source(number, size)
    known = number % 2 == 0
    made = Document("case", slug("casus", number), "wijk:Case")
    made.say("dcterms:identifier", f'"meting-{number}"')
    made.state("dcterms:isPartOf", f"bundle:{slug('bundel', number % size.bundles)}", source=source)
    made.state("wijk:number", str(number + 1))
    made.state("dcterms:title", text(f"Casus {number}"), source=source)
    made.state("dcterms:abstract", text(_sentence(chance, 25)), source=source)
    if known:
        made.state("schema:about", f"initiative:{slug('initiatief', number)}", source=source)
    themes = chance.sample(THEMES, 3)
    made.state("dcterms:subject", *(f"theme:{theme}" for theme in themes))
    made.state("dcterms:spatial", f"place:{slug('plaats', number % size.places)}", source=source)
    made.state("wijk:state", f"casestate:naam-{'bekend' if known else 'onbekend'}")
    actors = chance.sample(range(size.actors), 2)
    for actor in actors:
        body = (
            f"    wijk:case <> ;\n    wijk:actor actor:{slug('betrokkene', actor)} ;\n"
            f"    wijk:role role:{chance.choice(ROLES)} ;\n"
        )
        made.part(slug("betrokkene", actor), "wijk:Participation", body, source)
    return made


def _lesson(number: int, size: Size, chance: random.Random) -> Document:
    source = _source(number, size)
    bundle = f"bundle:{slug('bundel', number % size.bundles)}"
    made = Document("lesson", slug("les", number), "wijk:Lesson")
    made.say("dcterms:identifier", f'"les-{number}"')
    made.say("schema:text", text(_sentence(chance, 30)))
    made.say("dcterms:source", source)
    made.say("wijk:basis", "basis:stated")
    made.say("wijk:status", "status:asserted")
    made.state("dcterms:isPartOf", bundle, source=source)
    made.state("dcterms:title", text(f"Les {number}"), source=source)
    about = f"case:{slug('casus', number % size.cases)}" if number % 2 else bundle
    made.state("wijk:holdsFor", about, source=source)
    made.state("wijk:audience", f"audience:{AUDIENCES[number % 3]}", source=source)
    return made


def generate(cases: int, folder: Path) -> int:
    """Write the whole graph folder; how many documents there are in `data`."""
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    for path in (folder / "ontology" / "concepts").glob("*.ttl"):  # not published here
        path.write_text(STAMP.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
    count = write(folder, documents(cases))
    shutil.copy(ROOT / "data" / "catalog.ttl", folder / "data" / "catalog.ttl")
    return count


if __name__ == "__main__":
    print(generate(int(sys.argv[1]), Path(sys.argv[2])), "documents")
