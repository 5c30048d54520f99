"""`wijk build`: the whole site as files, for any web host."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from wijk import remembered, snapshot, values
from wijk.arguments import Graph, root_of, whole
from wijk.checking import check, remarks
from wijk.checking.places import Names
from wijk.engine.embedded import Embedded, EngineLimits
from wijk.engine.local import LocalStore
from wijk.errors import RequestError
from wijk.publishing import act
from wijk.settings import Settings
from wijk.snapshot import Snapshot
from wijk.terminal import counting, say, show_findings
from wijk.web.app import create
from wijk.web.building import writing
from wijk.web.operating import Below

_LIMITS = EngineLimits(seconds=600.0)


def build(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder for the site.")],
    public_url: Annotated[
        str | None, typer.Option(help="Where it will be; else WIJK_PUBLIC_URL.")
    ] = None,
    server_url: Annotated[
        str | None,
        typer.Option(
            envvar="WIJK_SERVER_URL",
            help="Where a server answers what files cannot: another address, or the same when it "
            "stands behind this host. Without one, the files do not name it.",
        ),
    ] = None,
    graph: Graph = None,
) -> None:
    """Write documents, pages, dumps, catalogue, feeds and event stream as static files.

    With the rules for nginx, Apache and w3id.org. All but SPARQL, search, the API and OAI-PMH.
    """
    url = Settings.read(public_url=public_url).public_url
    if not urlsplit(url).netloc:
        raise RequestError("Say where the site will be: --public-url or WIJK_PUBLIC_URL.")
    services = values.url("server_url", server_url) if server_url else None
    target = out.absolute()
    writing.require(target)
    root = root_of(graph)
    act.recovered(root, say)
    taken = remembered.recall(root, None) or _checked(root)
    files = asyncio.run(_built(taken, url, target, "" if services == url else services))
    say(f"{files} files in {out}, for {url}. The rules for nginx and w3id.org are in {out}/rules.")


async def _built(taken: Snapshot, url: str, out: Path, services: str | None) -> int:
    engine = Embedded(taken.prefixes, f"{taken.base}sparql", _LIMITS)
    app = create(taken, engine, url)
    app.state.site.services = services
    if path := urlsplit(url).path.rstrip("/"):
        app.add_middleware(Below, path=path)
    with counting("Building") as count:
        async with app.router.lifespan_context(app):
            return await writing.build(app, out, count)


def _checked(root: Path) -> Snapshot:
    """The folder, when nothing is wrong with it.

    Raises:
        Exit: something is; it is shown.
    """
    say("Reading and checking the graph.")
    reading = snapshot.read(root)
    taken = whole(reading)
    found = check(reading, LocalStore(taken.nquads(), taken.prefixes).rows)
    wrong = [it for it in found if it.severity == "violation"]
    if wrong:
        show_findings(wrong, Names(taken.prefixes), "nl")
        say("Nothing was built; correct this first.")
        raise typer.Exit(1)
    return replace(taken.light(), remarks=remarks(found))
