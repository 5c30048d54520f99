"""The addresses for who harvests: thin routes over `wijk.harvesting`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from wijk.web.harvest import (
    catalogue,
    discovery,
    dumping,
    dumps,
    embed,
    feeds,
    ldes,
    oai,
    portals,
    versions,
    wellknown,
)

Routes = Mapping[str, Callable[[Request], Awaitable[Response]]]

_ROUTES: Sequence[Routes] = (
    catalogue.ROUTES,
    discovery.ROUTES,
    dumps.ROUTES,
    embed.ROUTES,
    feeds.ROUTES,
    ldes.ROUTES,
    oai.ROUTES,
    portals.ROUTES,
    versions.ROUTES,
    wellknown.ROUTES,
)


def add(app: FastAPI) -> None:
    """Give an application these addresses."""
    dumping.add(app)
    for routes in _ROUTES:
        for path, handler in routes.items():
            methods = ["GET", "POST"] if path in oai.BY_POST else ["GET"]
            app.add_route(path, handler, methods=methods)
