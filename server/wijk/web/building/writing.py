"""Writes the site in a folder: all of it beside that first, then in its place at once."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI

from wijk.errors import OutputError
from wijk.web.building import addresses
from wijk.web.building.asking import Asked, everything
from wijk.web.building.offline import offline
from wijk.web.building.rules import Rules
from wijk.web.site import Site

MARK = ".wijk-build.json"
"""Says of a folder that `wijk build` made it, and what is in it."""
Count = Callable[[int, int], None]


def require(out: Path) -> None:
    """See that this folder may be replaced.

    Raises:
        OutputError: there is something in it that was not built here.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputError(f"{out} is not a folder. Name a folder for the site.")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise OutputError(
            f"{out} is not empty and `wijk build` did not make it. Name another one, or empty it."
        )


async def build(app: FastAPI, out: Path, count: Count) -> int:
    """Put the whole site in a folder; gives the number of files.

    Raises:
        OutputError: it cannot be written, or an address does not answer; `out` stays as it was.
    """
    aside = out.with_name(f".{out.name}.building")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        files = await _written(app, aside, count)
        _replace(out, aside)
    except OSError as error:
        raise OutputError(
            f"{error.filename or out} cannot be written: {error.strerror}."
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return files


async def _written(app: FastAPI, folder: Path, count: Count) -> int:
    site: Site = app.state.site
    root = urlsplit(site.public_url).path.rstrip("/")
    below = folder / root.strip("/")
    asked: list[Asked] = []
    told: dict[str, dict[str, str]] = {}
    expected = await _expected(app)
    async for it in everything(app, site.public_url):
        if it.file is not None:
            alone = site.services is None and it.is_page
            body = offline(it.body, site.url("")) if alone else it.body
            _write(below / it.file, body)
            name = (below / it.file).relative_to(folder).as_posix()
            digest = hashlib.sha256(body).hexdigest()
            told[name] = {"path": root + it.path, "accept": it.accept, "sha256": digest}
        asked.append(Asked(it.path, it.accept, it.status, it.file, b"", it.headers, it.location))
        count(len(asked), expected)
    rules = Rules(asked, root, site.url(""), site.services)
    _write(folder / "rules" / "nginx.conf", rules.nginx().encode())
    _write(below / ".htaccess", rules.apache().encode())
    for name in ("wijk", urlsplit(site.snapshot.base).path.strip("/").rpartition("/")[2]):
        _write(folder / "rules" / "w3id" / name / ".htaccess", rules.w3id(name).encode())
    made = {"base": site.snapshot.base, "snapshot": site.snapshot.digest, "files": told}
    _write(folder / MARK, json.dumps(made, indent=1, sort_keys=True).encode() + b"\n")
    return len(told)


async def _expected(app: FastAPI) -> int:
    listed = [path async for path in addresses.listed(app)]
    return len(listed) + len([*addresses.withdrawn(app.state.site)]) + 1


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


def _replace(out: Path, aside: Path) -> None:
    """Let the new folder take the place of the old one, which comes back when that fails."""
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    try:
        aside.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
