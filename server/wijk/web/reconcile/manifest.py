"""What the service says of itself, section 3 of the specification, and where it can be reached."""

import re

from starlette.requests import Request

from wijk import __version__
from wijk.namespaces import WIJK
from wijk.web import replies
from wijk.web.reconcile.asked import BATCH
from wijk.web.reconcile.vocabulary import TYPES
from wijk.web.site import Site

WIDTH, HEIGHT = 430, 300
"""Of the frame that a preview is shown in, in pixels."""
_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::[0-9]{1,5})?")


def manifest(site: Site, request: Request) -> dict[str, object]:
    """The service manifest."""
    here = _here(site, request)
    return {
        "versions": ["0.2"],
        "name": site.name,
        "identifierSpace": f"{site.snapshot.base}id/",
        "schemaSpace": str(WIJK),
        "serviceVersion": __version__,
        "logo": f"{here}/static/merk.svg",
        "defaultTypes": [each.whole() for each in TYPES.values()],
        "view": {"url": f"{here}/reconcile/view?id={{{{id}}}}"},
        "preview": {
            "url": f"{here}/reconcile/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {about: _suggest(here, about) for about in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }


def _suggest(here: str, about: str) -> dict[str, str]:
    return {
        "service_url": here,
        "service_path": f"/reconcile/suggest/{about}",
        "flyout_service_url": here,
        "flyout_service_path": f"/reconcile/flyout/{about}?id=${{id}}",
    }


def _here(site: Site, request: Request) -> str:
    """The address of this server: as the operator says, else as it was asked.

    A client needs a whole address, and of a service on one's own machine nobody told us one.
    """
    if site.public_url:
        return site.public_url
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        name, port = request.scope.get("server") or ("127.0.0.1", None)
        host = f"{name}:{port}" if port else name
    return f"{request.scope['scheme']}://{host}{replies.root(request)}"
