"""One request of an editor: who it is, what was sent, and how a page for them is made."""

import ipaddress
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wijk.characters import entered
from wijk.editing.desk.accounts import Account
from wijk.editing.desk.desk import Desk
from wijk.editing.desk.sessions import Session
from wijk.web import replies
from wijk.web.api.uploads import Upload
from wijk.web.negotiation import HTML
from wijk.web.site import Site
from wijk.web.views import Link

HERE = "/redactie"
COOKIE = "wijk-redactie"
START = Link("Redactie", HERE)
ROLES = {"writer": "invoerder", "editor": "redacteur", "administrator": "beheerder"}
"""The roles, as people read them."""


@dataclass(frozen=True)
class Visit:
    """What a handler gets; `sent` are the fields of the form, in order."""

    request: Request
    desk: Desk
    session: Session | None = None
    sent: Sequence[tuple[str, str]] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    upload: Upload | None = None

    @property
    def site(self) -> Site:
        """The snapshot that is served, with all that pages need."""
        site: Site = self.request.app.state.site
        return site

    @property
    def root(self) -> str:
        """What stands before every path."""
        return replies.root(self.request)

    def url(self, path: str) -> str:
        """The whole address of one of our paths, to give to others.

        It begins as the public address, and where that is not set as the page that sent this form:
        only forms from the address that was asked are let in.
        """
        if self.site.public_url:
            return self.site.url(path)
        return f"{self.request.headers['origin']}{self.root}{path}"

    @property
    def account(self) -> Account:
        """Who it is; only behind a door that asks for a role."""
        assert self.session is not None
        return self.session.account

    @property
    def given(self) -> Mapping[str, str]:
        """The fields of the form by name, as people see them; of several of one name the first."""
        return {name: entered(text) for name, text in reversed(self.sent)}

    @property
    def network(self) -> str:
        """Where it comes from: an address, of IPv6 the network that one customer has."""
        host = self.request.client.host if self.request.client else ""
        try:
            found = ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return host
        inside = getattr(found, "ipv4_mapped", None) or found
        bits = 64 if inside.version == 6 else 32
        return str(ipaddress.ip_network(f"{inside}/{bits}", strict=False))

    def log(self, act: str, about: str, why: str = "") -> None:
        """Write down that this person did this."""
        self.desk.log(act, about, self.account.name, self.account.role, why)

    def shown(
        self, template: str, status: int = 200, crumbs: Sequence[Link] = (), **values: Any
    ) -> Response:
        """A page made of a template in `templates/redactie`."""
        more = {"visit": self, "role": ROLES[self.account.role] if self.session else ""}
        body = self.site.show(
            f"redactie/{template}",
            self.root,
            here=replies.path(self.request),
            crumbs=[START, *crumbs],
            **{**more, **values},
        )
        headers = {"Content-Type": replies.content_type(HTML), "Content-Language": "nl"}
        return Response(body, status, headers)

    def go(self, path: str) -> Response:
        """Send the browser to another page, after something was done."""
        return RedirectResponse(self.root + path, 303)


Handler = Callable[[Visit], Awaitable[Response] | Response]
"""What answers; what is no coroutine runs in a thread, as it may wait for the desk."""


@dataclass(frozen=True)
class Door:
    """An address below /redactie, and who may open it: a role, or "" for everyone.

    `path` is as Starlette has it. `get` shows, `post` does; a door of an `upload` takes a file.
    """

    path: str
    get: Handler | None = None
    post: Handler | None = None
    role: str = "writer"
    upload: bool = False
