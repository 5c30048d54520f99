"""The content policy: exactly what it is, and nothing on any page that it would stop.

That the browser stops nothing either is seen with the pages, in test_pages.py.
"""

from collections.abc import Iterator

import httpx2
import pytest
from bs4 import BeautifulSoup

from .pages import NOT_THERE, PAGES

pytestmark = pytest.mark.harvest
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
FRAMED = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
)


def inline(page: bytes) -> Iterator[str]:
    """What stands in a page and ought to be a file: styles, scripts, and attributes that run."""
    for element in BeautifulSoup(page, "lxml").find_all(True):
        data = element.name == "script" and element.get("type") == "application/ld+json"
        if element.name == "style" or (element.name == "script" and not element.get("src")):
            yield from () if data else (f"<{element.name}>",)
        yield from (
            f"<{element.name} {name}>"
            for name in element.attrs
            if name == "style" or name.startswith("on")
        )


def test_every_page_has_the_policy_and_nothing_that_it_stops(address: str):
    with httpx2.Client(base_url=address, headers={"Accept": "text/html"}, timeout=60) as client:
        for path in (*PAGES.values(), *NOT_THERE.values()):
            answer = client.get(path)
            wanted = FRAMED if path.startswith("/embed/") else POLICY
            assert answer.headers["content-security-policy"] == wanted, path
            assert [*inline(answer.content)] == [], path


@pytest.mark.parametrize(
    "planted",
    ["<style>p{}</style>", "<script>1</script>", '<p style="color:red">', '<p onclick="1">'],
)
def test_what_is_inline_is_found_out(planted: str):
    assert [*inline(f"<html><body>{planted}</body></html>".encode())]
