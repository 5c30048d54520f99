"""Makes the figures of 2022 and their areas from the extracts beside this file.

    python tests/data/figures/make.py [FOLDER]

What is there already and is not about figures (an area that others added to) stays as it is.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rdflib import URIRef
from rdflib.namespace import SDO
from wijk import turtle
from wijk.linking import codes, figures
from wijk.linking.cube import Cube
from wijk.linking.figures import How, Region

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
BASE = "https://w3id.org/wijindewijk/"
SOURCE = URIRef("https://opendata.cbs.nl/statline/#/CBS/nl/dataset/85318NED")
CLASSES = ("extremely", "strongly", "moderately", "hardly", "not")
SUM = "Som over alle {} gemeenten; de cijfers van gemeenten zijn niet afgerond."
MEAN = (
    "Benadering door ons, geen cijfer van het CBS: het gemiddelde van de gepubliceerde cijfers van "
    "alle 345 gemeenten, gewogen naar {}. Die cijfers zijn afgerond."
)
WEIGHTS = {
    "weighted by population;": "het aantal inwoners",
    "weighted by dwelling_total;": "het aantal woningen",
    "weighted by population aged 15 and over": "het aantal inwoners van 15 jaar of ouder",
}
OWN = {
    "area": "Som over alle 345 gemeenten van de oppervlakte binnen de vereenvoudigde grens, zonder "
    "groot water. Dit is niet de officiële oppervlakte van het land.",
    "urbanity": "Niet te berekenen: de adressendichtheid per gemeente staat niet in de gegevens.",
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of an extract."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cell(column: str, text: str) -> str | None:
    """A cell as every other source gives it: classes by number."""
    if column == "urbanity" and text:
        return str(CLASSES.index(text.split()[0]) + 1)
    return figures.figure(text, column)


def regions() -> Iterator[Region]:
    """The areas of the extract, the country first; its values come from the other extract."""
    first, *others = rows("kerncijfers_2022.csv")
    columns = list(first)[5:]
    national = {row["measure"]: row for row in rows("kerncijfers_2022_nederland.csv")}
    yield Region(
        codes.read(first["code"]),
        first["name"],
        {slug(name): cell(name, row["value"]) for name, row in national.items()},
        {slug(name): how(row) for name, row in national.items()},
    )
    for row in others:
        values = {slug(column): cell(column, row[column]) for column in columns}
        yield Region(codes.read(row["code"]), row["name"], values)


def how(row: dict[str, str]) -> How:
    """How a national value was obtained, in both languages."""
    english = f"{row['how'][0].upper()}{row['how'][1:]}."
    if row["measure"] in OWN:
        dutch = OWN[row["measure"]]
    elif row["kind"] == "exact":
        dutch = SUM.format(345)
    else:
        dutch = MEAN.format(next(nl for en, nl in WEIGHTS.items() if en in row["how"]))
    return How({"nl": dutch, "en": english}, row["kind"] == "approximation")


def slug(column: str) -> str:
    """The name of a measure."""
    return column.replace("_", "-")


def called(region: Region) -> Region:
    """The area by the name that it has in the graph: `Den Haag`, and not `'s-Gravenhage`."""
    path = ROOT / "data/areas" / f"{region.code.text.lower()}.ttl"
    graph = turtle.parse(path.read_bytes(), path)
    return replace(region, name=str(next(graph.objects(None, SDO.name))))


def made() -> Iterator[tuple[str, bytes]]:
    """Every document, by its path in the graph."""
    paths = [*(ROOT / "data/measures").glob("*.ttl"), ROOT / "ontology/concepts/urbanity.ttl"]
    known = figures.measures(turtle.merged(turtle.parse(it.read_bytes(), it) for it in paths))
    columns = [slug(row["measure"]) for row in rows("kerncijfers_2022_nederland.csv")]
    cube = Cube(BASE, 2022, {name: known[name] for name in sorted(columns)})
    country, *others = regions()
    yield from cube.areas([country, *others], SOURCE)
    yield from cube.series([*cube.measures, "missing"], SOURCE)
    yield cube.figures(country, [country], SOURCE)
    for whole in (it for it in others if it.code.text.startswith("GM")):
        inside = [it for it in others if it.code.municipality == whole.code.text]
        yield cube.figures(called(whole), inside, SOURCE)


def main(root: Path) -> None:
    """Write them."""
    for name, text in made():
        path = root / name
        if path.exists() and "/areas/" in name:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
