"""`/redactie`: where editors enter, correct and publish; it is not there without editors."""

from fastapi import FastAPI

from wijk.web.redactie import beginning, drafting, listing
from wijk.web.redactie.entering import Entrance
from wijk.web.redactie.guard import Guard


def add(app: FastAPI) -> None:
    """Give an application these addresses; `app.state.desk` is the desk, or None."""
    guard = Guard((*Entrance().doors, *listing.DOORS, *beginning.DOORS, *drafting.DOORS))
    app.add_route("/redactie", guard)  # type: ignore[arg-type]  # it is an ASGI application
    app.add_route("/redactie/{path:path}", guard)  # type: ignore[arg-type]  # the same
