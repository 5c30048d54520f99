"""Makes what can be found from what the folder says: each thing with its texts and its company."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from wijk.harvesting.reaching import closed
from wijk.search.text import COLUMNS, Thing

Row = Mapping[str, str]
Kind = Callable[[str], str]
"""What kind of thing an IRI is of, as in its address; nothing when it has no page here."""
_OWN = {"name": "name", "hidden": "name", "code": "name", "text": "text"}
"""In which column the values of a field go."""
_ABOVE = {
    **{"place": "place", "about": "", "actor": "", "lesson": ""},
    **dict.fromkeys(("theme", "actor_kind", "audience", "connection", "place_kind"), "broader"),
}
"""What a thing that is referred to brings along: what it is in, and what is wider."""
_KIND = "actor_kind"
_DOING = ("about", "actor")
"""What a case is about and who takes part: it is found by the kind of those too."""


def things(rows: Iterable[Row], kind: Kind, label: Callable[[str], str]) -> list[Thing]:
    """What can be found, by kind and name, from the rows of queries/pages/search.rq."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        said[row["thing"]][row["field"]].append(row["value"])
    found = [
        Thing(iri, of, label(iri), _texts(iri, said))
        for iri in list(said)
        if "name" in said[iri] and (of := kind(iri))
    ]
    return sorted(found, key=lambda it: (it.kind, it.label.casefold(), it.iri))


def _texts(iri: str, said: Mapping[str, Mapping[str, list[str]]]) -> dict[str, tuple[str, ...]]:
    columns: dict[str, dict[str, None]] = {name: {} for name in COLUMNS}
    for field, values in said[iri].items():
        if field in _OWN:
            columns[_OWN[field]].update(dict.fromkeys(values))
        elif field in _ABOVE:
            column = "name" if field == "about" else field
            columns[column].update(dict.fromkeys(_names(values, _ABOVE[field], said)))
        if field in _DOING:
            kinds = [each for one in values if one in said for each in said[one].get(_KIND, ())]
            columns[_KIND].update(dict.fromkeys(_names(kinds, "", said)))
    return {name: tuple(texts) for name, texts in columns.items() if texts}


def _names(
    iris: Iterable[str], above: str, said: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[str]:
    """What these are called, and what they are in."""

    def wider(iri: str) -> list[str]:
        return said[iri].get(above, []) if above and iri in said else []

    for one in closed(iris, wider):
        if one in said:
            yield from said[one].get("name", ())
            yield from said[one].get("hidden", ())
