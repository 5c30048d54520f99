"""`/redactie/binnen` and `/redactie/uit`: in with a token, and out."""

import asyncio
from dataclasses import replace

from starlette.responses import Response

from wijk.editing.desk.sessions import LASTS
from wijk.web import replies
from wijk.web.redactie import sent
from wijk.web.redactie.visit import COOKIE, HERE, Door, Visit

IN, OUT = f"{HERE}/binnen", f"{HERE}/uit"


class Entrance:
    """Lets in who has a token; so many wrong tries from one network, and in all."""

    def __init__(self) -> None:
        self._one = asyncio.Semaphore(1)
        """One hash at a time: it takes 32 MiB."""

    @property
    def doors(self) -> tuple[Door, ...]:
        """In and out."""
        return (
            Door("/binnen", _shown, self._enter, role=""),
            Door("/uit", post=_leave),
        )

    async def _enter(self, visit: Visit) -> Response:
        given = visit.given
        text, onward = given.get(sent.KEPT, ""), sent.onward(given.get("verder", HERE))
        wait = visit.desk.tries_here.taken(visit.network) or visit.desk.tries.taken("")
        if wait:
            fault = "Er is te vaak geprobeerd binnen te komen. Wacht een paar minuten."
            answer = visit.shown("binnen.html", 429, onward=onward, kept=text, fault=fault)
            answer.headers["Retry-After"] = str(int(wait) + 1)
            return answer
        async with self._one:
            account = await asyncio.to_thread(visit.desk.accounts.who, given.get("token", ""))
        if account is None:
            fault = "Dit token kennen we niet. Kijk of je het helemaal hebt overgenomen."
            return visit.shown("binnen.html", 403, onward=onward, kept=text, fault=fault)
        visit.desk.tries_here.back(visit.network)
        visit.desk.tries.back("")
        await asyncio.to_thread(_end, visit)
        secret = await asyncio.to_thread(visit.desk.sessions.begin, account)
        told = ("binnen", account.name, account.name, account.role)
        await asyncio.to_thread(visit.desk.log, *told)
        if text:
            now = await asyncio.to_thread(visit.desk.sessions.of, secret)
            answer = replace(visit, session=now).shown(
                "opnieuw.html", onward=onward, kept=text, wait=0.0, back=True
            )
        else:
            answer = visit.go(onward)
        _give(answer, secret, replies.root(visit.request), int(LASTS.total_seconds()))
        return answer


async def _shown(visit: Visit) -> Response:
    if visit.session is not None:
        return visit.go(HERE)
    onward = sent.onward(visit.request.query_params.get("verder", HERE))
    return visit.shown("binnen.html", onward=onward, kept="", fault="")


def _leave(visit: Visit) -> Response:
    _end(visit)
    visit.log("uit", visit.account.name)
    answer = visit.go(IN)
    _give(answer, "", visit.root, 0)
    return answer


def _end(visit: Visit) -> None:
    """End the session that the browser had."""
    if secret := visit.request.cookies.get(COOKIE):
        visit.desk.sessions.end(secret)


def _give(answer: Response, secret: str, root: str, seconds: int) -> None:
    answer.set_cookie(
        *(COOKIE, secret, seconds),
        path=f"{root}{HERE}",
        secure=True,
        httponly=True,
        samesite="strict",
    )
