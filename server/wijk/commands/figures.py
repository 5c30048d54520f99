"""`wijk figures`: the key figures of a year, from a service or from a download."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wijk import snapshot, values
from wijk.arguments import Graph, root_of, whole
from wijk.errors import OutputError, RequestError
from wijk.linking import harvest, odata, statline, wijken_en_buurten
from wijk.linking.errors import SourceError
from wijk.linking.fetching import Fetcher
from wijk.linking.figures import Measure
from wijk.linking.wanted import LATEST, Delivered, Service, Tell, Wanted, table_of
from wijk.terminal import counting, say


class Source(StrEnum):
    """Who is asked."""

    v4 = "v4"
    v3 = "v3"
    pdok = "pdok"


_SERVICES: Mapping[Source, tuple[Service, str]] = {
    Source.v4: (odata.v4, odata.V4),
    Source.v3: (odata.v3, odata.V3),
    Source.pdok: (wijken_en_buurten.pdok, wijken_en_buurten.HOST),
}
Download = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE.csv]", help="A download of StatLine; else a service is asked."),
]
Year = Annotated[int, typer.Option(min=2004, max=2100, help="The year of the figures.")]
From = Annotated[
    Source,
    typer.Option("--from", help="CBS by OData 4 or 3 (v4, v3), or PDOK's maps (pdok)."),
]
Host = Annotated[
    str | None,
    typer.Option(envvar="WIJK_FIGURES", help="Where the service is; else its own address."),
]
Table = Annotated[str | None, typer.Option(help="The table of the year, when it is a new one.")]


def figures(
    file: Download = None,
    year: Year = LATEST,
    source: From = Source.v4,
    host: Host = None,
    table: Table = None,
    graph: Graph = None,
) -> None:
    """Take in the key figures of a year of every municipality that the graph has."""
    root = root_of(graph)
    taken = whole(snapshot.read(root))
    known = harvest.known(taken)
    if not known:
        raise RequestError(f"{root} describes no measures (data/measures), so nothing is asked.")
    wanted = harvest.wanted(taken, year, table_of(year, table))
    if file is not None:
        delivered = statline.read(file, wanted, known)
        _written(root, harvest.documents(taken, year, delivered))
    else:
        service, own = _SERVICES[source]
        keep = _cache() / f"{source}-{wanted.table}"
        with Fetcher(keep=keep) as fetcher, counting("Fetching") as tell:
            where = values.url("figures", host or own)
            delivered = _asked(service, fetcher, where, wanted, known, tell)
            _written(root, harvest.documents(taken, year, delivered))
            fetcher.done()
    _told(delivered, known)


def _asked(
    service: Service,
    fetcher: Fetcher,
    host: str,
    wanted: Wanted,
    known: Mapping[str, Measure],
    tell: Tell,
) -> Delivered:
    """What the service delivers; when it breaks off, what is in already is kept for next time."""
    try:
        return service(fetcher, host, wanted, known, tell)
    except SourceError:
        say("What came in is kept for a day: the same command goes on where this ended.")
        raise


def _written(root: Path, documents: Mapping[str, bytes]) -> None:
    changed = 0
    for name, text in documents.items():
        path = root / name
        try:
            if path.is_file() and path.read_bytes() == text:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
        changed += 1
    say(f"{changed} documents written, {len(documents) - changed} were the same.")


def _told(delivered: Delivered, known: Mapping[str, Measure]) -> None:
    got = {slug for region in delivered.regions for slug in region.figures}
    say(f"{len(delivered.regions)} areas, {len(got)} of {len(known)} measures.")
    if left := sorted(known.keys() - got):
        say(f"Not there: {', '.join(left)}. What the graph has of these stays.")


def _cache() -> Path:
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    folder = Path(chosen) if os.path.isabs(chosen) else Path.home() / ".cache"
    return folder / "wijk" / "figures"
