"""A default graph of several graphs is their merge: a statement of two of them counts once.

The engine reads one after the other, and gives such a statement twice. Where that would happen,
a store is made in which the merge is the default graph (SPARQL 1.1 Query, section 13.2).
"""

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox

from wijk.engine.tokens import Kind, Token, tokens

Named = ox.NamedNode | ox.BlankNode
Graph = Named | ox.DefaultGraph


def merged(store: ox.Store, default: Iterable[Graph], named: Iterable[Named]) -> ox.Store | None:
    """A store with the merge for its default graph; None where the engine's way is the same."""
    graphs = list(default)
    seen: set[int] = set()
    count = 0
    for quad in _quads(store, graphs):
        seen.add(hash(quad.triple))
        count += 1
    if len(seen) == count:
        return None
    whole = ox.Store()
    whole.bulk_extend(
        ox.Quad(it.subject, it.predicate, it.object, ox.DefaultGraph())
        for it in _quads(store, graphs)
    )
    whole.bulk_extend(_quads(store, named))
    return whole


def whole(store: ox.Store) -> ox.Store | None:
    """A store with the merge of all graphs for its default graph; None where none is needed."""
    named = list(store.named_graphs())
    return merged(store, [ox.DefaultGraph(), *named], named)


def clauses(text: str, base: str | None) -> tuple[list[str], list[str]] | None:
    """The graphs of FROM and of FROM NAMED; None when there is no FROM, or one is not clear."""
    if "FROM" not in text.upper():
        return None
    prefixes: dict[str, str] = {}
    found: tuple[list[str], list[str]] = ([], [])
    depth = 0
    read = tokens(text)
    for token in read:
        word = token.text.upper()
        if token.kind is Kind.MARK:
            depth += (word == "{") - (word == "}")
        if depth or token.kind not in (Kind.WORD, Kind.PREFIXED):
            continue
        if word == "BASE":
            base = urljoin(base or "", next(read, token).text[1:-1])
        elif word == "PREFIX":
            name, iri = next(read, token), next(read, token)
            prefixes[name.text] = urljoin(base or "", iri.text[1:-1])
        elif word == "FROM":
            name = next(read, token)
            is_named = name.text.upper() == "NAMED"
            graph = _iri(next(read, token) if is_named else name, prefixes, base)
            if graph is None:
                return None
            found[is_named].append(graph)
        elif (prefix := word.partition(":")[0]).startswith("FROM") and not _is_in(prefix, prefixes):
            return None  # the engine asks for no space: FROMex:a
    return found if any(found) else None


def _is_in(prefix: str, prefixes: dict[str, str]) -> bool:
    return any(name.upper() == f"{prefix}:" for name in prefixes)


def _iri(token: Token, prefixes: dict[str, str], base: str | None) -> str | None:
    """What a name stands for, when it is written without escapes."""
    if "\\" in token.text:
        return None
    if token.kind is Kind.IRI:
        iri = token.text[1:-1]
        return iri if urlsplit(iri).scheme else urljoin(base or "", iri) or None
    prefix, colon, local = token.text.partition(":")
    start = prefixes.get(prefix + colon)
    return None if start is None else start + local


def _quads(store: ox.Store, graphs: Iterable[Graph]) -> Iterator[ox.Quad]:
    for graph in graphs:
        yield from store.quads_for_pattern(None, None, None, graph)
