"""`/voor-portalen`: which line somebody pastes to take over our cases, per kind of site."""

from dataclasses import dataclass
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.records import By, Records
from wijk.web import replies
from wijk.web.answering import by_a_server
from wijk.web.negotiation import HTML
from wijk.web.publisher import publisher
from wijk.web.replies import Representation
from wijk.web.site import Site


@dataclass(frozen=True)
class Frame:
    """A frame to paste: what it shows, its path, its title, and how high it is best."""

    what: str
    path: str
    title: str
    height: int

    def line(self, address: str) -> str:
        """The line, as it is to stand in a page; the address is the whole one of the path."""
        return (
            f'<iframe src="{_quoted(address)}" title="{_quoted(self.title)}" '
            f'width="100%" height="{self.height}" loading="lazy" style="border:0"></iframe>'
        )


def _quoted(text: str) -> str:
    """A text as it stands between double quotes in HTML."""
    return escape(text, quote=False).replace('"', "&quot;")


async def _page(request: Request) -> Response:
    site: Site = request.app.state.site
    records = await site.records()
    theme, label = _largest(records, "theme")
    body = site.show(
        "voor-portalen.html",
        replies.root(request),
        url=site.url,
        by=publisher(site),
        answered=site.services is not None,
        frames=[
            (frame, frame.line(site.url(frame.path)))
            for frame in _frames(records, theme, label)
            if site.services is not None or not by_a_server(frame.path)
        ],
        theme=theme,
        province=_largest(records, "province")[0],
        changed=records.changed,
    )
    return replies.reply(request, Representation(HTML, body))


def _frames(records: Records, theme: str, label: str) -> list[Frame]:
    """Examples that show something now."""
    frames = [
        Frame("Alle casussen", "/embed/list", "Casussen", 600),
        Frame("Een thema", f"/embed/list?thema={theme}", f"Casussen over {label}", 600),
        Frame("Een kaart met lijst", "/embed/map", "Kaart met casussen", 900),
    ]
    if records.all:
        case = min(records.all, key=lambda it: it.slug)
        frames.insert(0, Frame("Eén casus", f"/embed/case/{case.slug}", case.title, 480))
    return frames


def _largest(records: Records, kind: By) -> tuple[str, str]:
    """The name in addresses and the label of the group with the most cases."""
    groups = sorted(records.by(kind).values(), key=lambda it: (-len(it.records), it.name))
    return (groups[0].name, groups[0].about.label) if groups else ("", "")


ROUTES = {"/voor-portalen": _page}
