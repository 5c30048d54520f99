"""The pages as HTML: html-validate 10 finds nothing in any template."""

from pathlib import Path

import httpx2
import pytest

from ..harvest import node
from .pages import NOT_THERE, PAGES

pytestmark = pytest.mark.harvest
SETTINGS = {
    "extends": ["html-validate:recommended"],
    "rules": {
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
        "attr-quotes": "off",
        "doctype-style": ["error", {"style": "lowercase"}],
        "form-dup-name": "off",  # two values of a facet, three cases to compare
        "long-title": "off",  # the title of a page is that of the thing
        "no-inline-style": "error",
        "no-trailing-whitespace": "off",
        "prefer-native-element": ["error", {"exclude": ["region"]}],  # what scrolls is one
        "tel-non-breaking": "off",
        "valid-id": ["error", {"relaxed": True}],  # a name in the data may have a dot
    },
}


def test_every_page_is_valid_html(address: str, tmp_path: Path):
    with httpx2.Client(base_url=address, headers={"Accept": "text/html"}, timeout=60) as client:
        for name, path in {**PAGES, **NOT_THERE}.items():
            (tmp_path / f"{name}.html").write_bytes(client.get(path).content)
    found = node.html(tmp_path, SETTINGS)
    assert [f"{it['name']}:{it['line']} {it['rule']}: {it['message']}" for it in found] == []
