"""About the site itself: what it is, how it was made, what is allowed, and how to tell an error."""

from collections.abc import Awaitable, Callable, Sequence
from re import compile as pattern
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.rights import said
from wijk.web.pages import frame
from wijk.web.pages.cases.around import around
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site
from wijk.web.sources import Source
from wijk.web.views import Link

_COUNTED = (
    ("case", "casussen", "casussen"),
    ("place", "plaatsen", "plaatsen"),
    ("actor", "betrokkenen", "betrokkenen"),
    ("lesson", "lessen", "lessen"),
    ("bundle", "bundels", "bundels"),
    ("source", "bronnen", "bronnen"),
)
# The names that RFC 2606 and RFC 6761 keep free: no mail arrives there.
_NOBODY = pattern(r"(?i)[@.](invalid|example|test|localhost)$|[@.]example[.](com|net|org)$")
_ASKED = "Wat klopt er niet of ontbreekt er:\n\nHoe is het wel:\n\nWaar staat dat (bron):"
_OVER = Link("Over", "/over")
Handler = Callable[[Request], Awaitable[Response]]


def _page(template: str, *crumbs: Link, section: str = "", lang: str = "nl") -> Handler:
    """A page that says the same to everybody."""

    async def answered(request: Request) -> Response:
        site: Site = request.app.state.site
        counts = [(n, name, at) for kind, name, at in _COUNTED if (n := await _count(site, kind))]
        basis = await site.once_asked("basis", lambda: site.rows("basis", {}))
        return frame.shown(
            request,
            f"over/{template}.html",
            section=section,
            crumbs=crumbs,
            lang=lang,
            counts=counts,
            basis=basis,
            email=_email(site),
            publisher=said(site.rights.publisher.name, lang),
            said=said,
            path=site.path,
        )

    return answered


async def _count(site: Site, kind: str) -> int:
    """How many things of a kind their list has: not what was withdrawn, only places with cases."""
    if kind == "place":
        return len((await shelf(site)).by["plaats"].values)
    start = f"{site.snapshot.base}doc/{kind}/"
    return sum(f"{start}{slug}" not in site.gone for slug in site.snapshot.slugs(kind))


async def _error(request: Request) -> Response:
    """`/fout-melden?over=IRI`: what to send, and where; 404 when there is no such thing here."""
    site: Site = request.app.state.site
    about = request.query_params.get("over", "").strip()[:1000]
    path = site.path(about) if about else None
    label = site.label(about) if path else ""
    report = _report(about, site.url(path), label) if path else _report("", "", "")
    return frame.shown(
        request,
        "over/fout-melden.html",
        status=404 if about and not path else 200,
        crumbs=(Link("Fout melden", "/fout-melden"),),
        about=about,
        path=path,
        label=label,
        file=path.partition("#")[0] + ".ttl" if path else "",
        email=_email(site),
        report=report,
        mail=_mail(_email(site), label, report),
        sources=await _sources(site, about) if path else (),
    )


async def _sources(site: Site, about: str) -> Sequence[Source]:
    """The sources of the document about a thing: who publishes one may have to mend it."""
    document = site.snapshot.documents.get(site.addresses.home(about) or "")
    if document is None:
        return ()
    sources = site.views.sources(document, (await around(site)).sources)
    return site.views.page(document, sources).sources


def _email(site: Site) -> str:
    """The address in the catalogue when somebody reads it, else nothing."""
    email = site.rights.contact.email
    return "" if _NOBODY.search(email) else email


def _report(about: str, url: str, label: str) -> str:
    """What somebody writes about a thing, as far as we can write it already."""
    known = f"Over: {label[:200]}\nPagina: {url}\nVast adres: {about}" if about else "Pagina:"
    return f"{known}\n\n{_ASKED}\n"


def _mail(email: str, label: str, report: str) -> str:
    """A mail to that address with this report in it."""
    if not email:
        return ""
    subject = f"Fout in {label[:200]}" if label else "Fout melden"
    return f"mailto:{quote(email, '@')}?subject={quote(subject)}&body={quote(report)}"


ROUTES = {
    "/over": _page("over", _OVER, section="over"),
    "/over/hoe": _page("hoe", _OVER, Link("Zo is dit gemaakt", "/over/hoe"), section="over"),
    "/licentie": _page("licentie", Link("Herkomst en licentie", "/licentie")),
    "/toegankelijkheid": _page("toegankelijkheid", Link("Toegankelijkheid", "/toegankelijkheid")),
    "/privacy": _page("privacy", Link("Privacy", "/privacy")),
    "/fout-melden": _error,
    "/en": _page("english", lang="en"),
}
