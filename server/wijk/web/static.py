"""The files of the site that are the same for everybody: style, letters, script, marks.

A style is one file for a browser, and a file per kind of part for who changes it: those in
`static/css`, in the order of `STYLES`. A page names a file with its hash (`asset`), so that a
browser may keep it for a year.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.embed import map
from wijk.web import replies
from wijk.web.replies import Representation

STYLES = {
    "stijl.css": ("tokens", "basis", "onderdelen", "kaart", "start", "blik", "druk"),
    "verder.css": ("lijst", "casus", "ding", "zoek", "druk"),
}
"""The styles and their parts: the first is enough for the start and for frames."""
_HERE = Path(__file__).parent / "static"
_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_TOLD = re.compile(rb"(?m)^\s*//.*\n")
"""A line of a script that tells something, and does nothing."""
_AROUND = re.compile(r"\s*([{};,])\s*")
_LETTERS = re.compile(r"url\((letters/[^)]+)\)")


@dataclass(frozen=True)
class File:
    """One of them: its content, its media type, and what tells one version from another."""

    body: bytes
    media_type: str
    mark: str


@cache
def files() -> dict[str, File]:
    """All of them by name, such as `stijl.css` and `letters/overpass.woff2`."""
    found = {name: _file(_style(parts), ".css") for name, parts in STYLES.items()}
    found["nederland.svg"] = _file(_land(), ".svg")
    for path in sorted(_HERE.rglob("*")):
        name = path.relative_to(_HERE)
        if path.suffix in _TYPES and name.parts[0] != "css":
            body = path.read_bytes()
            ours = path.suffix == ".js" and len(name.parts) == 1
            found[name.as_posix()] = _file(_TOLD.sub(b"", body) if ours else body, path.suffix)
    return found


def asset(name: str) -> str:
    """The path of a file with its hash.

    Raises:
        KeyError: there is no such file.
    """
    return f"/static/{name}?v={files()[name].mark}"


async def static(request: Request) -> Response:
    """`/static/<name>`; for good with its hash, to be asked again without."""
    found = files().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    fixed = _YEAR if request.query_params.get("v") == found.mark else {}
    return replies.reply(request, Representation(found.media_type, found.body, fixed))


def _style(names: Iterable[str]) -> bytes:
    """The style without remarks and line breaks; it names the letters with their hash."""
    parts = ((_HERE / "css" / f"{name}.css").read_text("utf-8") for name in names)
    text = _AROUND.sub(r"\1", _REMARK.sub("", "".join(parts))).replace(";}", "}").replace(": ", ":")
    return _LETTERS.sub(lambda found: f"url({_marked(found[1])})", text).encode()


def _marked(name: str) -> str:
    file = _file((_HERE / name).read_bytes(), Path(name).suffix)
    return f"{name}?v={file.mark}"


def _land() -> bytes:
    """The provinces, to be used by small maps that name it: `nederland.svg#land`."""
    paths = "".join(f'<path d="{path}"/>' for path in map.provinces())
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{map.VIEW}">'
    return f'{start}<g id="land">{paths}</g></svg>'.encode()


def _file(body: bytes, suffix: str) -> File:
    return File(body, _TYPES[suffix], hashlib.sha256(body).hexdigest()[:12])
