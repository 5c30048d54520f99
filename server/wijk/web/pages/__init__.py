"""The pages for people: a module for each kind, over what the site knows."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from wijk.web.pages import (
    about,
    api,
    asked,
    changes,
    checked,
    control,
    data,
    home,
    nearby,
    search,
    searching,
    shelving,
    taught,
)
from wijk.web.pages.cases import around, citing, history
from wijk.web.pages.lists import cases as listed
from wijk.web.pages.lists import comparing, others, overviews, places
from wijk.web.pages.ontology import page as ontology
from wijk.web.pages.things import filed, partners
from wijk.web.site import Site
from wijk.web.warming import Make

Routes = Mapping[str, Callable[[Request], Awaitable[Response]]]

_ROUTES: Sequence[Routes] = (
    home.ROUTES,
    checked.ROUTES,
    about.ROUTES,
    api.ROUTES,
    ontology.ROUTES,
    citing.ROUTES,
    history.ROUTES,
    taught.ROUTES,
    nearby.ROUTES,
    listed.ROUTES,
    others.ROUTES,
    places.ROUTES,
    overviews.ROUTES,
    comparing.ROUTES,
    search.ROUTES,
    asked.ROUTES,
    changes.ROUTES,
    control.ROUTES,
    data.ROUTES,
)


AHEAD: Sequence[Make[Site]] = (
    shelving.shelf,
    home.ahead,
    filed.filed,
    around.around,
    searching.ahead,
    partners.partners,
)
"""What is made before somebody asks for it, the most asked for first."""


def add(app: FastAPI) -> None:
    """Give an application these addresses."""
    for routes in _ROUTES:
        for path, handler in routes.items():
            app.add_route(path, handler, methods=["GET"])
