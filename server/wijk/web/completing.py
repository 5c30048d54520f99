"""`/sparql/termen.json`: the prefixes, classes and properties that an editor completes.

How often each is there is what VoID says of the data; the most used comes first. With `?lang=en`
they are called as in English, as far as they have a name in it.
"""

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from wijk.namespaces import VOCABULARIES
from wijk.web import replies
from wijk.web.front import Front
from wijk.web.replies import Representation
from wijk.web.site import Site

PATH = "/sparql/termen.json"
_JSON = "application/json"
_KINDS = {"class": "classes", "property": "properties"}


async def terms(request: Request) -> Response:
    """All of them; of a dataset alone the prefixes only."""
    front: Front = request.app.state.site
    told: dict[str, object] = {"prefixes": dict(VOCABULARIES), "classes": [], "properties": []}
    if isinstance(front, Site):
        lang = "en" if request.query_params.get("lang") == "en" else "nl"
        told = await front.once_asked((PATH, lang), lambda: _made(front, lang))
    body = json.dumps(told, ensure_ascii=False).encode()
    return replies.reply(request, Representation(_JSON, body))


async def _made(site: Site, lang: str) -> dict[str, object]:
    found: dict[str, list[dict[str, object]]] = {"classes": [], "properties": []}
    english = await _english(site) if lang == "en" else {}
    for row in await site.rows("harvest-void", {}):
        if row["kind"] in _KINDS:
            label = english.get(row["of"]) or site.label(row["of"])
            term = {"iri": row["of"], "label": label, "count": int(row["count"])}
            found[_KINDS[row["kind"]]].append(term)
    ordered = {
        name: sorted(listed, key=lambda it: (-int(str(it["count"])), str(it["iri"])))
        for name, listed in found.items()
    }
    return {"prefixes": dict(site.snapshot.prefixes), **ordered}


async def _english(site: Site) -> Mapping[str, str]:
    return {row["term"]: row["label"] for row in await site.rows("terms-english", {})}
