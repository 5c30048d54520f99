"""The options of `wijk serve`: each is a setting of the same name, said in one line."""

from pathlib import Path
from typing import Annotated

import typer

Graph = Annotated[
    Path | None,
    typer.Option(help="The folder with the graph; else WIJK_GRAPH, else the one that came along."),
]
Host = Annotated[str | None, typer.Option(help="The address to listen on.")]
Port = Annotated[int | None, typer.Option(help="The port; 0 takes a free one.")]
Home = Annotated[Path | None, typer.Option(help="A folder for caches and drafts.")]
QueryTimeout = Annotated[float | None, typer.Option(help="Seconds a query may take.")]
DefaultGraph = Annotated[
    str | None,
    typer.Option(metavar="union|plain", help="All graphs together, or the unnamed one only."),
]
Metrics = Annotated[
    str | None,
    typer.Option(metavar="off|loopback|on", help="Who sees /metrics; loopback is this machine."),
]
AccessLog = Annotated[
    str | None, typer.Option(metavar="off|on", help="A line on stderr for each request.")
]
TrustedProxies = Annotated[
    str | None, typer.Option(help="Whose X-Forwarded-For and -Proto are believed: 127.0.0.1,::1.")
]
