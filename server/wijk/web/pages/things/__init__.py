"""The pages of things: what each is, which cases belong to it, and where that comes from."""

from collections.abc import Mapping

from wijk.web.pages.shown import Maker
from wijk.web.pages.things import (
    actors,
    areas,
    bundles,
    concepts,
    events,
    lessons,
    places,
    sources,
)

_CONCEPTS = (
    *("theme", "audience", "role", "connection", "basis", "status", "unit", "urbanity"),
    *("actor-kind", "place-kind", "case-state", "event-kind"),
)

BY_KIND: Mapping[str, Maker] = {
    "place": places.place,
    "area": areas.area,
    "actor": actors.actor,
    "lesson": lessons.lesson,
    "bundle": bundles.bundle,
    "project": bundles.project,
    "media": bundles.work,
    "source": sources.source,
    "event": events.event,
    "scheme": concepts.scheme,
    **dict.fromkeys(_CONCEPTS, concepts.concept),
}
"""The maker of the page of a document, by its kind."""
