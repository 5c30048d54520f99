"""The frame around every page: which part of the menu it is in, and the way back to the start."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from wijk.web import replies
from wijk.web.negotiation import HTML
from wijk.web.replies import Representation
from wijk.web.site import Site


def shown(
    request: Request,
    template: str,
    *,
    section: str = "",
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    **values: object,
) -> Response:
    """The page that a template makes of these values.

    `section` is the path of the menu's entry, without its slash. Values that the frame knows are
    `crumbs` (links after the start, the last one this page), `lang`, and `elsewhere`, the path of
    the same page in the other language.
    """
    site: Site = request.app.state.site
    here = replies.path(request)
    asked = f"?{request.url.query}" if request.url.query else ""
    root = replies.root(request)
    body = site.show(
        template, root, section=section, here=here, permanent=site.url(here) + asked, **values
    )
    told = {"Content-Language": str(values.get("lang", "nl")), **(headers or {})}
    return replies.reply(request, Representation(HTML, body, told), status)
