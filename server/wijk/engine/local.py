"""The store in this process: the engine's own code, the check and the tests ask it directly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO

import pyoxigraph as ox

from wijk.engine import formats, gate, merging, projection, written
from wijk.engine.complaints import refusal
from wijk.engine.output import Output
from wijk.errors import QueryRefused

_Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class LocalStore:
    """An immutable store over N-Quads; its default graph is the union of all graphs."""

    def __init__(
        self,
        nquads: bytes | IO[bytes],
        prefixes: Mapping[str, str] | None = None,
        base: str | None = None,
        known: bool = False,  # to be well-formed: that takes a third less time
    ) -> None:
        self._store = ox.Store()
        self._store.load(nquads, format=ox.RdfFormat.N_QUADS, lenient=known)
        self._whole: ox.Store | None = None
        self._prefixes = dict(prefixes or {})
        self._base = base

    def __len__(self) -> int:
        return len(self._store)

    def query(
        self,
        text: str,
        media_type: str,
        bindings: Mapping[str, str] | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        limit: int | None = None,
        union: bool = True,
        output: Output | None = None,
    ) -> bytes:
        """Answer in a media type; bindings are terms as N-Triples writes them.

        Without a data set of its own, a query has the union of all graphs for its default graph;
        or else the graph without a name. An output may send pieces of a long answer on; what it
        still has comes back.

        Raises:
            QueryRefused: not a query, or one that cannot be answered in that media type.
            QueryTooLarge: the answer is longer than the limit in bytes.
        """
        output = output or Output(limit)
        try:
            found = self._run(text, bindings or {}, default_graphs, named_graphs, union)
            self._write(found, media_type, output)
            return output.taken()
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise refusal(text, error) from error

    def settle(self) -> None:
        """Prepare for the union of graphs that share statements; call it again after a change."""
        self._whole = merging.whole(self._store)

    def rows(self, text: str, bindings: Mapping[str, str] | None = None) -> list[dict[str, str]]:
        """The rows of a SELECT, each with its bound variables as N-Triples terms.

        Raises:
            QueryRefused: not a SELECT.
        """
        return self._listed(text, lambda: self._run(text, bindings or {}, None, None))

    def _listed(self, text: str, ask: Callable[[], _Result]) -> list[dict[str, str]]:
        try:
            found = ask()
            if not isinstance(found, ox.QuerySolutions):
                raise QueryRefused("Only SELECT gives rows.", "Alleen SELECT geeft rijen")
            names = [variable.value for variable in found.variables]
            return [
                {name: str(value) for name, value in zip(names, row, strict=True) if value}
                for row in found
            ]
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise refusal(text, error) from error

    def _run(
        self,
        text: str,
        bindings: Mapping[str, str],
        default_graphs: Sequence[str] | None,
        named_graphs: Sequence[str] | None,
        union: bool = True,
    ) -> _Result:
        union = union and not gate.names_dataset(text)  # the engine forgets FROM when it takes that
        store, default, named = self._data_set(text, default_graphs, named_graphs, union)

        def ask(asked: str) -> _Result:
            return store.query(
                asked,
                base_iri=self._base,
                use_default_graph_as_union=union and default is None,
                default_graph=default,
                named_graphs=named,
                substitutions={ox.Variable(name): term(text) for name, text in bindings.items()},
            )

        found = ask(text)
        if not isinstance(found, ox.QuerySolutions) or (position := projection.star(text)) is None:
            return found
        names = _in_order(text, found)
        return ask(f"{text[:position]} {names} {text[position + 1 :]}") if names else found

    def _data_set(
        self,
        text: str,
        default_graphs: Sequence[str] | None,
        named_graphs: Sequence[str] | None,
        union: bool,
    ) -> tuple[ox.Store, list[merging.Graph] | None, list[merging.Named] | None]:
        """A store, and which of its graphs a query is asked of; None where that is as it is."""
        if default_graphs is None and named_graphs is None:
            said = merging.clauses(text, self._base)
            if said is None:
                if not union or self._whole is None:
                    return self._store, None, None
                return self._whole, [ox.DefaultGraph()], list(self._whole.named_graphs())
            default_graphs, named_graphs = said
        default: list[merging.Graph] = [*_graph_names(default_graphs)]
        named: list[merging.Named] = [*_graph_names(named_graphs)]
        merged = merging.merged(self._store, default, named) if len(default) > 1 else None
        if merged is None:
            return self._store, default, named
        return merged, [ox.DefaultGraph()], named

    def _write(self, found: _Result, media_type: str, output: Output) -> None:
        if media_type == formats.NOTHING:
            return
        if isinstance(found, ox.QueryTriples):
            if media_type not in formats.GRAPHS:
                raise _not_as("CONSTRUCT", "DESCRIBE", media_type)
            written.graph(found, media_type, self._prefixes, output)
        elif media_type not in formats.ROWS:
            raise _not_as("SELECT", "ASK", media_type)
        else:
            written.rows(found, media_type, output)


def _not_as(form: str, other: str, media_type: str) -> QueryRefused:
    return QueryRefused(
        f"A {form} or {other} cannot be answered as {media_type}.",
        f"Het antwoord op {form} of {other} kan niet als {media_type}",
    )


def understood(text: str, base: str = "https://wijk.invalid/") -> None:
    """See that a text is a query: it is asked of nothing.

    Raises:
        QueryRefused, QueryTextTooLarge: it is not one, or one that is not taken.
    """
    gate.examine(text)
    LocalStore(b"", base=base).query(text, formats.NOTHING)


def term(text: str) -> ox.NamedNode | ox.Literal:
    """Read one N-Triples term."""
    line = f"<urn:x> <urn:x> {text} .".encode()
    quads = list(ox.parse(line, ox.RdfFormat.N_TRIPLES))
    value = quads[0].object if len(quads) == 1 else None
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    raise ValueError(f"{text} is not one RDF term")


def _graph_names(given: Sequence[str] | None) -> Iterator[ox.NamedNode]:
    for iri in dict.fromkeys(given or ()):
        try:
            yield ox.NamedNode(iri)
        except ValueError as error:
            told = f"The graph '{iri[:80]}' is not an IRI: {error}."
            raise QueryRefused(told, f"De graaf “{iri[:80]}” is geen IRI") from error


def _in_order(text: str, found: ox.QuerySolutions) -> str:
    """The variables as they come in the query; the engine has those of SELECT * by the alphabet.

    What our reading of the text misses comes last, and is not lost.
    """
    given = {variable.value for variable in found.variables}
    read = dict.fromkeys((*projection.variables(text), *sorted(given)))
    return " ".join(f"?{name}" for name in read if name in given)
