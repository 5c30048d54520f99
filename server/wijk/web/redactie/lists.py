"""What can be chosen in the form: lists of a few hundred, and what is found for a text."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from wijk.editing import naming
from wijk.web.site import Site

MOST = 300
"""So many stand in a page; of more, the script asks for what fits what is typed."""
_FOUND = 12

Lists = Mapping[str, Sequence[tuple[str, str]]]


async def lists(site: Site, wanted: Collection[str]) -> Lists:
    """For each of these kinds (`actor-initiative` is two), what may be typed and what that is."""
    found = {}
    for name in sorted(wanted):
        found[name] = await site.once(("list", name), partial(_list, site, name))
    return found


def _list(site: Site, name: str) -> Sequence[tuple[str, str]]:
    kinds, taken = name.split("-"), site.snapshot
    things = [
        str(thing)
        for kind in kinds
        for slug in taken.slugs(kind)[: MOST + 1]
        if f"{taken.base}doc/{kind}/{slug}" not in site.gone
        for thing in naming.known(f"{kind}/{slug}", kind, taken)
    ]
    if len(things) > MOST:
        return ()
    named = {naming.called(it, kinds, taken): taken.labels.get(it, "") for it in things}
    pairs = ((text, label if label != text else "") for text, label in named.items())
    return sorted(pairs, key=lambda it: (it[1] or it[0]).casefold())


def found(site: Site, kinds: Collection[str], text: str) -> list[str]:
    """What things of these kinds are called that fits a text, the best first."""
    return list(naming.offered(text, kinds, site.snapshot, _FOUND))
