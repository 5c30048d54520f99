"""A server over the graph as shipped, and a browser in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from ..harvest.server import serving
from .looking import Eyes, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def address(root) -> Iterator[str]:
    """A server over the graph as shipped."""
    with serving(root) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser for as long as the tests last."""
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def eyes(chromium: Browser, address: str) -> Eyes:
    """The browser over that server."""
    return Eyes(chromium, address)
