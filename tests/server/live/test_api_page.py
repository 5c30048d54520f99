"""`/api` for people: what there is, and examples that work as they stand there."""

import html
import io
import re
from contextlib import redirect_stdout
from urllib.parse import urlsplit

import pytest
from httpx2 import Client

PAGE = {"Accept": "text/html"}


@pytest.mark.parametrize(("path", "lang"), [("/api", "nl"), ("/en/api", "en")])
def test_every_link_that_tries_something_has_an_answer(
    client: Client, path: str, lang: str
) -> None:
    page = client.get(path, headers=PAGE)
    assert page.headers["content-language"] == lang
    links = set(re.findall(r'href="(/api/v1/[^"]+)"', page.text))
    assert len(links) > 10
    for link in links:
        assert client.get(html.unescape(link)).status_code == 200, link


def test_every_list_of_the_description_is_on_the_page(client: Client) -> None:
    page = client.get("/api", headers=PAGE).text
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        if path.count("/") == 1 and path != "/openapi.json":
            assert f"<code>{path}</code>" in page


def test_the_example_in_python_prints_what_it_asks_for(client: Client, server: str) -> None:
    page = client.get("/api", headers=PAGE).text
    found = re.search(r">Python</figcaption>.*?<code>(.*?)</code>", page, re.DOTALL)
    assert found
    text = html.unescape(found[1])
    address = re.search(r'"(https?://[^"]+)"', text)
    assert address
    asked = urlsplit(address[1])
    path = asked.path[asked.path.index("/api/v1") :]
    with redirect_stdout(io.StringIO()) as printed:
        exec(text.replace(address[1], f"{server}{path}?{asked.query}"), {})
    count = client.get(f"{path}?{asked.query}").json()["count"]
    assert len(printed.getvalue().splitlines()) == count > 0


@pytest.mark.parametrize(
    ("accept", "there"),
    [("text/html", "/api"), ("*/*", "/api/v1/openapi.json"), ("text/csv", "/api/v1/openapi.json")],
)
def test_where_the_api_begins_leads_to_what_tells_of_it(
    client: Client, accept: str, there: str
) -> None:
    answer = client.get("/api/v1", headers={"Accept": accept}, follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, there)
    assert client.get(there, headers={"Accept": "*/*"}).status_code == 200
