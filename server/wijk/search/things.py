"""Makes what can be found from what the folder says: each thing with its texts and its company."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

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
        Thing(iri, of, label(iri), *_texts(iri, said, label))
        for iri in list(said)
        if "name" in said[iri] and (of := kind(iri))
    ]
    return sorted(found, key=lambda it: (it.kind, it.label.casefold(), it.iri))


def _texts(
    iri: str, said: Mapping[str, Mapping[str, list[str]]], label: Callable[[str], str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """What is searched of a thing by column, and the real name for each other name among it."""
    columns: dict[str, dict[str, None]] = {name: {} for name in COLUMNS}
    real: dict[str, str] = {}
    for field, values in said[iri].items():
        if field in _OWN:
            columns[_OWN[field]].update(dict.fromkeys(values))
        elif field in _ABOVE:
            column = "name" if field == "about" else field
            named = _named(_with(values, _ABOVE[field], said), said, label)
            columns[column].update(dict.fromkeys(named))
            real |= named
        if field in _DOING:
            kinds = [each for one in values if one in said for each in said[one].get(_KIND, ())]
            named = _named(_with(kinds, "", said), said, label)
            columns[_KIND].update(dict.fromkeys(named))
            real |= named
    other = {text: name for text, name in real.items() if text != name}
    return {name: tuple(texts) for name, texts in columns.items() if texts}, other


def _with(
    iris: Iterable[str], above: str, said: Mapping[str, Mapping[str, list[str]]]
) -> Iterable[str]:
    """These and what they are in."""

    def wider(iri: str) -> list[str]:
        return said[iri].get(above, []) if above and iri in said else []

    return closed(iris, wider)


def _named(
    iris: Iterable[str],
    said: Mapping[str, Mapping[str, list[str]]],
    label: Callable[[str], str],
) -> dict[str, str]:
    """All that these are called, each with what they are mostly called."""
    found: dict[str, str] = {}
    for one in iris:
        if one in said:
            name = label(one)
            for text in (*said[one].get("name", ()), *said[one].get("hidden", ())):
                if text == name or text not in found:
                    found[text] = name
    return found
