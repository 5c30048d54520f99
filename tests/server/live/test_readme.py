"""What the readme and the walk through the model tell a newcomer is true."""

import re
import shlex
from itertools import pairwise
from pathlib import Path

import httpx2
import pytest
from rdflib import Graph
from wijk.snapshot import Snapshot

ROOT = Path(__file__).parents[3]
ADDRESS = "http://127.0.0.1:8000"


def blocks(path: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def curl(command: str, client: httpx2.Client) -> httpx2.Response:
    """Do what `curl -G`, `-L`, `-H` and `--data-urlencode` of a command ask for."""
    words = shlex.split(command)
    (url,) = [word for word in words if word.startswith(ADDRESS)]
    options = dict(pairwise(words))
    name, _, value = options["-H"].partition(":")
    params = dict([options["--data-urlencode"].split("=", 1)]) if "-G" in words else None
    path = url.removeprefix(ADDRESS)
    return client.get(
        path, headers={name: value.strip()}, params=params, follow_redirects="-L" in words
    )


def test_the_question_in_the_readme_has_the_answer_that_stands_below_it(client) -> None:
    (block,) = [block for block in blocks("README.md", "console") if block.startswith("$ curl")]
    command, _, expected = block[2:].partition("'\nnumber,")
    response = curl(f"{command}'", client)
    assert response.status_code == 200
    assert response.text.replace("\r\n", "\n") == f"number,{expected}"


def test_the_address_in_the_readme_leads_to_the_document(client) -> None:
    (block,) = [block for block in blocks("README.md", "console") if block.startswith("curl -L")]
    response = curl(block, client)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize("page", ["README.md", "LEESMIJ.md", "docs/model.md"])
def test_the_commands_of_a_page_can_be_run(wijk, page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    commands = re.findall(r"`(?:\$ )?(?:\.venv/bin/)?wijk (ask [^`…]+)`", text)
    for block in blocks(page, "console"):
        commands += re.findall(r"^\$ \.venv/bin/wijk (.+)$", block, flags=re.MULTILINE)
    assert commands
    for command in commands:
        assert wijk(*shlex.split(command)).returncode == 0, command


def test_what_the_model_page_shows_stands_in_the_graph(shipped: Snapshot) -> None:
    base = "@base <https://w3id.org/wijindewijk/id/case/boefjes-en-baristas> .\n"
    names = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in shipped.prefixes.items())
    shown = blocks("docs/model.md", "turtle")
    assert len(shown) >= 6
    for block in shown:
        for triple in Graph().parse(data=base + names + block, format="turtle"):
            assert triple in shipped.union, triple
