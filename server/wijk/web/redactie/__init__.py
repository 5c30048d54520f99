"""`/redactie`: where editors enter, correct and publish; it is not there without editors."""

from fastapi import FastAPI
from starlette.routing import Route

from wijk.web.redactie import again, beginning, drafting, listing, review, workbook
from wijk.web.redactie.entering import Entrance
from wijk.web.redactie.guard import Guard


def add(app: FastAPI) -> None:
    """Give an application these addresses; `app.state.desk` is the desk, or None."""
    own = (*Entrance().doors, *workbook.HandedIn().doors)
    forms = (*beginning.DOORS, *drafting.DOORS, *again.DOORS)
    rooms = (own, listing.DOORS, forms, review.DOORS, workbook.DOORS)
    guard = Guard([door for doors in rooms for door in doors])
    app.router.routes += [Route(path, guard) for path in ("/redactie", "/redactie/{path:path}")]
