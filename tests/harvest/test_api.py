"""The description of the API keeps the Dutch API Design Rules, by the ruleset and its linter."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import pytest

from . import node
from .network import no_way_out
from .server import serving

pytestmark = pytest.mark.harvest
RULES = Path(__file__).parent / "standards" / "adr"
Told = dict[str, Any]


@pytest.fixture(scope="module")
def told(root: Path) -> Iterator[Told]:
    """The description as a server gives it, with no way out for the linter either."""
    with no_way_out(), serving(root, WIJK_PUBLIC_URL="https://casussen.example.nl") as address:
        yield httpx2.get(f"{address}/api/v1/openapi.json").json()


def linted(told: Mapping[str, Any], folder: Path) -> list[tuple[str, str]]:
    """The rules that the linter says are broken, by how much that matters: 0 is an error."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    found = node.spectral(path, RULES / "linter.yaml")
    return sorted({(str(each["severity"]), each["code"]) for each in found})


def test_the_description_keeps_every_rule(told: Told, tmp_path: Path) -> None:
    assert linted(told, tmp_path) == []
    assert told["servers"] == [{"url": "https://casussen.example.nl/api/v1"}]
    assert len(told["paths"]) > 50


def test_the_linter_finds_nothing_in_the_example_of_the_rules(told: Told, tmp_path: Path) -> None:
    example = json.loads((RULES / "baseline-openapi.json").read_text(encoding="utf-8"))
    assert linted(example, tmp_path) == []


def no_version_header(told: Told) -> None:
    del told["paths"]["/casussen"]["get"]["responses"]["200"]["headers"]["API-Version"]


def no_refusal(told: Told) -> None:
    del told["paths"]["/casussen"]["get"]["responses"]["400"]


def another_form_of_problem(told: Told) -> None:
    content = told["components"]["responses"]["Problem404"]["content"]
    content["application/json"] = content.pop("application/problem+json")


def a_key_with_a_dash(told: Told) -> None:
    told["paths"]["/casussen"]["get"]["parameters"][0]["name"] = "het-thema"


def a_path_with_capitals(told: Told) -> None:
    told["paths"]["/DeCasussen"] = told["paths"].pop("/casussen")


def nobody_to_write_to(told: Told) -> None:
    del told["info"]["contact"]["email"]


def an_address_without_a_version(told: Told) -> None:
    told["servers"] = [{"url": "https://casussen.example.nl/api"}]


def a_version_in_words(told: Told) -> None:
    told["info"]["version"] = "een"


BROKEN = {
    no_version_header: "nlgov:missing-version-header",
    no_refusal: "nlgov:problem-invalid-input",
    another_form_of_problem: "nlgov:use-problem-schema",
    a_key_with_a_dash: "nlgov:query-keys-camel-case",
    a_path_with_capitals: "nlgov:paths-kebab-case",
    nobody_to_write_to: "nlgov:info-contact-fields-exist",
    an_address_without_a_version: "nlgov:include-major-version-in-uri",
    a_version_in_words: "nlgov:semver",
}


@pytest.fixture(scope="module")
def broken(told: Told, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """What the linter finds when every one of these is broken at once: it is slow to begin."""
    worse = copy.deepcopy(told)
    for damage in BROKEN:
        damage(worse)
    return linted(worse, tmp_path_factory.mktemp("broken"))


@pytest.mark.parametrize(
    ("damage", "rule"), BROKEN.items(), ids=lambda it: getattr(it, "__name__", it)
)
def test_a_broken_copy_is_seen(
    broken: list[tuple[str, str]], damage: Callable[[Told], None], rule: str
) -> None:
    assert ("0", rule) in broken
