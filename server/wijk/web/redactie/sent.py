"""What was sent and is not taken: it comes back, to be sent again. Nothing typed is lost.

It travels in one field of the page, so the server keeps nothing of who is not inside.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.responses import Response

from wijk.web import replies, requests
from wijk.web.redactie.visit import HERE, Visit

KEPT = "bewaard"
_OURS = ("csrf", KEPT)


def kept(fields: Sequence[tuple[str, str]]) -> str:
    """The fields of a form as one text."""
    return urlencode([it for it in fields if it[0] not in _OURS])


def unfolded(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields with those that were kept in one of them.

    Raises:
        BadRequest: that one is not as we made it.
    """
    given = dict(fields)
    if KEPT not in given:
        return fields
    again = requests.fields(given[KEPT].encode("utf-8"))
    return [*(it for it in fields if it[0] != KEPT), *again]


def asked_in(visit: Visit) -> Response:
    """To the page to enter; what was posted to another page stands ready behind it."""
    here = replies.path(visit.request)
    if visit.request.method != "POST":
        return visit.go(f"{HERE}/binnen?{urlencode({'verder': here})}")
    return visit.shown("binnen.html", 403, onward=here, kept=kept(visit.sent), fault="")


def onward(path: str) -> str:
    """Where to go after entering: a page of ours."""
    ours = path == HERE or path.startswith(f"{HERE}/")
    return path if ours and "\\" not in path and "//" not in path else HERE


def back(visit: Visit, status: int, wait: float = 0.0) -> Response:
    """What was posted, to be posted again: later, or because the session is another one.

    A file is not kept: that is told.
    """
    path = replies.path(visit.request)
    answer = visit.shown("opnieuw.html", status, onward=path, kept=kept(visit.sent), wait=wait)
    if wait:
        answer.headers["Retry-After"] = str(int(wait) + 1)
    return answer
