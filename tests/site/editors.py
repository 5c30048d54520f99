"""People at the desk of a server, each in a browser of their own, and a graph in git to serve."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wijk.editing.desk.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDERS = ("data", "ontology", "queries", "shapes")
_LONG = 240.0
"""Seconds that something may take on a machine that does much beside."""


def git(folder: Path, *arguments: str) -> str:
    """What git says of a folder."""
    command = [
        "git",
        "-C",
        str(folder),
        "-c",
        "user.name=test",
        "-c",
        "user.email=test@wijk.invalid",
    ]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def in_git(root: Path, folder: Path) -> Path:
    """A copy of the graph as shipped, in a git repository of its own."""
    for name in FOLDERS:
        shutil.copytree(root / name, folder / name)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "the graph as shipped")
    return folder


def until(happens: Callable[[], bool], what: str) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it does not become so.
    """
    deadline = time.monotonic() + _LONG
    while not happens():
        assert time.monotonic() < deadline, f"it does not happen that {what}"
        time.sleep(0.2)


@dataclass
class People:
    """Who may edit: a browser for each, with a script or without."""

    address: str
    desk: Desk
    browser: Browser

    def page(self, **more: Any) -> Page:
        """A page in a browser of its own, of somebody who is not inside."""
        context = self.browser.new_context(**more)
        context.set_default_timeout(_LONG * 1000)
        return context.new_page()

    def enter(self, name: str, role: str, **more: Any) -> Page:
        """The first page of the desk, in the browser of a new editor."""
        token = self.desk.accounts.add(name, role, date(2026, 11, 23))
        page = self.page(**more)
        page.goto(f"{self.address}/redactie")
        page.get_by_label("Je token").fill(token)
        page.get_by_role("button", name="Kom binnen").click()
        page.get_by_role("heading", name="Redactie", exact=True).wait_for()
        return page


def fill(page: Page, **fields: str) -> None:
    """Type in fields of the form of the case, by the short name of each."""
    for name, text in fields.items():
        page.locator(f'[name="0.{name}.0"]').fill(text)


def press(page: Page, name: str, then: str) -> None:
    """Press a button, and see a sentence on the page that follows."""
    page.get_by_role("button", name=name, exact=True).last.click()
    page.get_by_text(then).first.wait_for()
