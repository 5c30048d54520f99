"""`/dump/`: whole datasets as files, and the page that lists them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk import days, turtle
from wijk.harvesting.dumps import About, Dump, Dumps
from wijk.harvesting.rights import CASES
from wijk.versions import COVERS, Version
from wijk.web import replies
from wijk.web.harvest import dumping, files, versions
from wijk.web.harvest.files import File
from wijk.web.negotiation import HTML
from wijk.web.replies import Representation
from wijk.web.site import Site

PATH = "/dump/"
_PACKED = "application/gzip"
_NAMES = {
    turtle.NQUADS: "N-Quads",
    turtle.TURTLE: "Turtle",
    turtle.JSONLD: "JSON-LD",
    "text/csv": "CSV",
    "application/csvm+json": "beschrijving van de CSV (CSVW)",
    "application/geo+json": "GeoJSON",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel-werkmap",
}
_DELIMITERS = {";": "CSV voor een Nederlandse Excel", ",": "CSV, met komma's"}


@dataclass(frozen=True)
class Line:
    """One file on the page, and the same packed."""

    name: str
    kind: str
    size: str
    packed: str
    packed_size: str


@dataclass(frozen=True)
class Listed:
    """One dataset on the page."""

    about: About
    day: str
    lines: tuple[Line, ...]


async def index(request: Request) -> Response:
    """`/dump/`: which files there are."""
    site: Site = request.app.state.site
    return _listed(request, await dumping.latest(request.app), dumping.versions(site))


async def of_version(request: Request) -> Response:
    """`/dump/<version>/`: which files there are of a version."""
    site: Site = request.app.state.site
    name = request.path_params["version"]
    found = await dumping.of_version(request.app, name)
    version = next((it for it in dumping.versions(site) if it.name == name), None)
    if found is None or version is None:
        raise HTTPException(404)
    headers = await versions.links(request, version)
    return _listed(request, found, (), version, headers)


async def elsewhere(request: Request) -> Response:
    """`/dump`: the page is at the address with a slash."""
    return Response(status_code=308, headers={"Location": f"{replies.root(request)}{PATH}"})


async def file(request: Request) -> Response:
    """`/dump/<name>`: a file of what was published last; or the page of a version."""
    site: Site = request.app.state.site
    name = request.path_params["name"]
    if any(name == it.name for it in dumping.versions(site)):
        where = f"{replies.root(request)}{PATH}{quote(name)}/"
        return Response(status_code=308, headers={"Location": where})
    return _sent(request, await dumping.latest(request.app))


async def file_of_version(request: Request) -> Response:
    """`/dump/<version>/<name>`: a file of a version.

    It may not be kept without asking: something can be taken out of it afterwards.
    """
    version = request.path_params["version"]
    found = await dumping.of_version(request.app, version)
    if found is None:
        raise HTTPException(404)
    return _sent(request, found, version)


def _listed(
    request: Request,
    made: Dumps,
    named: tuple[Version, ...],
    version: Version | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    site: Site = request.app.state.site
    listed = [
        Listed(about, days.dutch(about.modified.date()), tuple(_lines(made.of(name))))
        for name, about in made.about.items()
        if made.of(name)
    ]
    body = site.show(
        "dumps.html",
        replies.root(request),
        datasets=listed,
        version=version.name if version else "",
        digest=version.digest if version else "",
        covers=COVERS["nl"],
        whole=version is None or site.log.is_whole(version.time),
        versions=[(it.name, days.dutch(it.time.date())) for it in named],
    )
    return replies.reply(request, Representation(HTML, body, headers))


def _sent(request: Request, made: Dumps, version: str = "") -> Response:
    site: Site = request.app.state.site
    name = request.path_params["name"]
    dump = made.find(name)
    if dump is None:
        raise HTTPException(404)
    packed = made.find(f"{name}.gz")
    here = f"{replies.root(request)}{PATH}{quote(version)}{'/' if version else ''}"
    whole = f"{site.snapshot.base}dataset/{CASES}/{version}" if version else ""
    beside = _file(made, packed, here, whole) if packed else None
    return files.sent(request, _file(made, dump, here, whole, beside), site.since)


def _file(made: Dumps, dump: Dump, here: str, whole: str, packed: File | None = None) -> File:
    """A file, which is part of its dataset, or of a version: `whole`."""
    about = made.about[dump.dataset]
    links = [f'<{about.licence}>; rel="license"'] if about.licence else []
    links.append(f'<{whole or about.iri}>; rel="collection"')
    beside = made.find(f"{dump.plain}-metadata.json")
    if beside is not None:
        kind = f'rel="describedby"; type="{beside.media_type}"'
        links.append(f"<{here}{quote(beside.name)}>; {kind}")
    headers = {"Link": ", ".join(links)}
    if dump.encoding or dump.media_type in _DOWNLOADED:
        headers["Content-Disposition"] = f'attachment; filename="{dump.name}"'
    kind = _PACKED if dump.encoding else dump.media_type
    return File(made.path(dump), kind, dump.sha256[:32], headers, packed)


_DOWNLOADED = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


def _lines(found: Iterable[Dump]) -> Iterable[Line]:
    by_name = {dump.name: dump for dump in found}
    for dump in by_name.values():
        if not dump.encoding:
            packed = by_name.get(f"{dump.name}.gz")
            kind = _DELIMITERS.get(dump.delimiter) or _NAMES.get(dump.media_type, dump.media_type)
            yield Line(
                *(dump.name, kind, size(dump.size)),
                *((packed.name, size(packed.size)) if packed else ("", "")),
            )


def size(number: int) -> str:
    """A size as people read it, in Dutch; thousands of bytes."""
    for unit, step in (("MB", 1_000_000), ("kB", 1000)):
        if number >= step:
            return f"{number / step:.1f}".replace(".", ",") + f" {unit}"
    return f"{number} bytes"


ROUTES = {
    "/dump": elsewhere,
    PATH: index,
    f"{PATH}{{name}}": file,
    f"{PATH}{{version}}/": of_version,
    f"{PATH}{{version}}/{{name}}": file_of_version,
}
