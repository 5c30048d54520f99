"""`/redactie/logboek`: who did what, when and why."""

from starlette.responses import Response

from wijk.web.redactie.listing import moment
from wijk.web.redactie.visit import ROLES, Door, Visit
from wijk.web.views import Link

MOST = 500


def _shown(visit: Visit) -> Response:
    return visit.shown(
        "logboek.html",
        crumbs=[Link("Logboek", "")],
        acts=visit.desk.acts(most=MOST),
        most=MOST,
        moment=moment,
        roles=ROLES,
    )


DOORS = (Door("/logboek", _shown, role="administrator"),)
