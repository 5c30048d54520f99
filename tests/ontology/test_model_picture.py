"""The picture of the model in the documentation shows the model as it is now."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from rdflib import OWL, RDF, SKOS, Graph
from wijk.namespaces import WIJK

DOCS = Path(__file__).parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that draws it."""
    spec = importlib.util.spec_from_file_location("model_picture", DOCS / "model_picture.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_is_up_to_date(script: ModuleType) -> None:
    kept = (DOCS / "model.svg").read_text(encoding="utf-8")
    assert kept == script.draw(), "run: python docs/model_picture.py"


def test_the_picture_names_every_class_and_every_property_between_things(ontology: Graph) -> None:
    drawn = ElementTree.parse(DOCS / "model.svg").iter(f"{SVG}text")
    words = set(re.findall(r"\w+", " ".join(text.text or "" for text in drawn)))
    terms = {*ontology.subjects(RDF.type, OWL.Class)}
    terms |= {*ontology.subjects(RDF.type, OWL.ObjectProperty)} - {SKOS.Concept}
    assert {str(term).removeprefix(str(WIJK)) for term in terms} - words == set()


def test_the_text_of_the_picture_can_be_read_at_eight_hundred_pixels() -> None:
    picture = ElementTree.parse(DOCS / "model.svg").getroot()
    scale = 800 / float(picture.attrib["viewBox"].split()[2])
    sizes = [float(text.attrib["font-size"]) * scale for text in picture.iter(f"{SVG}text")]
    assert min(sizes) >= 12


def test_the_picture_says_in_words_what_it_shows() -> None:
    title = ElementTree.parse(DOCS / "model.svg").getroot().findtext(f"{SVG}title")
    assert title is not None
    assert "Case (casus)" in title
