"""Asks the application for each address, and says which file and which rules that makes."""

from collections.abc import AsyncIterator, Container, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import httpx2
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient

from wijk.errors import OutputError
from wijk.harvesting.discovery import signposting
from wijk.web.building import addresses
from wijk.web.negotiation import HTML
from wijk.web.site import Site
from wijk.web.suffixes import SUFFIXES

ENDINGS = {HTML: ".html", signposting.LINKSET: ".linkset"}
"""What the file of an address without suffix ends in."""
_ALWAYS = "*/*"
_HEADERS = ("content-type", "content-security-policy", "cache-control")
"""What a web server is to send along as the application does."""


@dataclass(frozen=True)
class Asked:
    """One answer: where it was, for whom, and the file it becomes; or where it leads."""

    path: str
    accept: str
    status: int
    file: PurePosixPath | None = None
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    location: str = ""

    @property
    def media_type(self) -> str:
        """Its type, with the character set."""
        return self.headers["content-type"]

    @property
    def is_page(self) -> bool:
        """Whether people read it, in a browser."""
        return self.headers.get("content-type", "").startswith(HTML)


async def everything(app: FastAPI, public_url: str) -> AsyncIterator[Asked]:
    """The answer to every address that can be a file.

    Raises:
        OutputError: an address that should answer does not.
    """
    root = urlsplit(public_url).path.rstrip("/")
    site: Site = app.state.site
    paths = [path async for path in addresses.listed(app)]
    known = frozenset(paths)
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Accept-Encoding": "identity"}
    base = f"{urlsplit(public_url).scheme or 'https'}://{urlsplit(public_url).netloc or 'wijk'}"
    async with AsyncClient(transport=transport, base_url=base, headers=headers) as client:
        for path in paths:
            asked = await one(client, root, path, known)
            if asked is not None:
                yield asked
        for name in addresses.withdrawn(site):
            page = await client.get(f"{root}/doc/{name}", headers={"Accept": HTML})
            yield _kept(page, f"/doc/{name}", HTML, PurePosixPath(f"410/{name}.html"), 410)
            path, file = f"/embed/{name}", PurePosixPath(f"410/embed/{name}.html")
            if name.startswith("case/") and path not in known:  # that is there until it is public
                framed = await client.get(root + path, headers={"Accept": HTML})
                yield _kept(framed, path, HTML, file, 410)
        missing = await client.get(f"{root}/404", headers={"Accept": HTML})
        yield _kept(missing, "/404", HTML, PurePosixPath("404.html"), 404)


async def one(client: AsyncClient, root: str, path: str, known: Container[str]) -> Asked | None:
    """The answer to one address; None when there is nothing, and that may be.

    `known` are all addresses that are asked for.

    Raises:
        OutputError: it should answer, and does not.
    """
    siblings = any(f"{path}{suffix}" in known for suffix in SUFFIXES)
    fixed = siblings or _suffix(path) or path.startswith("/.well-known/")
    accept = _ALWAYS if fixed and not addresses.leads(path) else HTML
    answer = await client.get(root + path, headers={"Accept": accept})
    if answer.is_redirect:
        return Asked(path, accept, answer.status_code, location=answer.headers["location"])
    if answer.status_code == 406:
        accept, answer = _ALWAYS, await client.get(root + path, headers={"Accept": _ALWAYS})
    if answer.status_code == 404 and addresses.may_be_absent(path):
        return None
    if siblings:  # its file has a suffix; a rule chooses which
        return Asked(path, accept, answer.status_code)
    return _kept(answer, path, accept, _file(path, answer), 200)


def _kept(
    answer: httpx2.Response, path: str, accept: str, file: PurePosixPath, status: int
) -> Asked:
    if answer.status_code != status:
        raise OutputError(f"{path} answers {answer.status_code}, so the site cannot be built.")
    headers = {name: answer.headers[name] for name in _HEADERS if name in answer.headers}
    return Asked(path, accept, status, file, answer.content, headers)


def _file(path: str, answer: httpx2.Response) -> PurePosixPath:
    """The file of an address: its path, with a suffix when it is a page without one."""
    name = path.strip("/")
    if path.endswith("/"):
        return PurePosixPath(name, "index.html")
    kind = answer.headers["content-type"].partition(";")[0]
    return PurePosixPath(name if _suffix(path) else name + ENDINGS.get(kind, ""))


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix
