"""The store in this process: the engine's own code, the check and the tests ask it directly."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from wijk.engine import formats, gate, merging, projection, xml
from wijk.engine.complaints import refusal
from wijk.engine.output import Output
from wijk.errors import QueryRefused

_ROWS: Final = {
    formats.JSON: ox.QueryResultsFormat.JSON,
    formats.XML: ox.QueryResultsFormat.XML,
    formats.CSV: ox.QueryResultsFormat.CSV,
    formats.TSV: ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    formats.TURTLE: ox.RdfFormat.TURTLE,
    formats.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    formats.JSON_LD: ox.RdfFormat.JSON_LD,
    formats.RDF_XML: ox.RdfFormat.RDF_XML,
    formats.TRIG: ox.RdfFormat.TRIG,
    formats.N_QUADS: ox.RdfFormat.N_QUADS,
}
_PREFIXED: Final = (formats.TURTLE, formats.TRIG, formats.RDF_XML)
_Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class LocalStore:
    """An immutable store over N-Quads; its default graph is the union of all graphs."""

    def __init__(
        self,
        nquads: bytes,
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
        try:
            found = self._run(text, bindings or {}, None, None)
            if not isinstance(found, ox.QuerySolutions):
                raise QueryRefused("Only SELECT gives rows.")
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
        if default_graphs is None and named_graphs is None:
            names = gate.names_dataset(text)
            said = merging.clauses(text, self._base) if names else None
            if said is None or len(said[0]) < 2:
                whole = None if names or not union else self._whole
                return self._asked(text, bindings, None, None, whole is None and union, whole)
            default_graphs, named_graphs = said
        default = [_graph_name(iri) for iri in dict.fromkeys(default_graphs or ())]
        named = [_graph_name(iri) for iri in dict.fromkeys(named_graphs or ())]
        whole = merging.merged(self._store, default, named) if len(default) > 1 else None
        if whole is None:
            return self._asked(text, bindings, default, named, False)
        return self._asked(text, bindings, [ox.DefaultGraph()], named, False, whole)

    def _asked(
        self,
        text: str,
        bindings: Mapping[str, str],
        default: Sequence[ox.NamedNode | ox.DefaultGraph] | None,
        named: Sequence[ox.NamedNode] | None,
        union: bool,
        store: ox.Store | None = None,
    ) -> _Result:
        union = union and not gate.names_dataset(text)
        asked_of = self._store if store is None else store

        def ask(asked: str) -> _Result:
            # The stubs want a list of any graph name, and a list of one kind is another type.
            return asked_of.query(
                asked,
                base_iri=self._base,
                use_default_graph_as_union=union,
                default_graph=default,  # type: ignore[arg-type]
                named_graphs=named,  # type: ignore[arg-type]
                substitutions={ox.Variable(name): term(text) for name, text in bindings.items()},
            )

        found = ask(text)
        if not isinstance(found, ox.QuerySolutions) or (position := projection.star(text)) is None:
            return found
        names = _in_order(text, found)
        return ask(f"{text[:position]} {names} {text[position + 1 :]}") if names else found

    def _write(self, found: _Result, media_type: str, output: Output) -> None:
        if media_type == formats.NOTHING:
            return
        output.xml = media_type in (formats.XML, formats.RDF_XML)
        if isinstance(found, ox.QueryTriples):
            if media_type not in _GRAPHS:
                raise QueryRefused(f"A CONSTRUCT or DESCRIBE cannot be answered as {media_type}.")
            self._graph(found, media_type, output)
        elif media_type not in _ROWS:
            raise QueryRefused(f"A SELECT or ASK cannot be answered as {media_type}.")
        else:
            found.serialize(output, _ROWS[media_type])

    def _graph(self, found: ox.QueryTriples, media_type: str, output: Output) -> None:
        triples = dict.fromkeys(found)  # a CONSTRUCT may repeat itself
        form = _GRAPHS[media_type]
        prefixes = self._used(triples) if media_type in _PREFIXED else None
        if media_type == formats.RDF_XML:
            types = list(xml.types(triples))
            xml.require_names({iri for triple in triples for iri in xml.predicates(triple)})
            prefixes = xml.prefixes(prefixes or {}, types)
            if not all(map(xml.ends_in_a_name, types)):
                body = ox.serialize(triples, format=form, prefixes=prefixes)
                output.write(xml.typed(body or b""))
                return
        ox.serialize(triples, output, form, prefixes=prefixes)

    def _used(self, triples: Iterable[ox.Triple]) -> dict[str, str]:
        """The prefixes that these triples need."""
        parts = {part for triple in triples for part in _parts(triple)}
        heads = {part[: max(part.rfind("#"), part.rfind("/")) + 1] for part in parts}
        return {name: iri for name, iri in self._prefixes.items() if iri in heads}


def term(text: str) -> ox.NamedNode | ox.Literal:
    """Read one N-Triples term."""
    line = f"<urn:x> <urn:x> {text} .".encode()
    quads = list(ox.parse(line, ox.RdfFormat.N_TRIPLES))
    value = quads[0].object if len(quads) == 1 else None
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    raise ValueError(f"{text} is not one RDF term")


def _graph_name(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise QueryRefused(f"The graph '{iri[:80]}' is not an IRI: {error}.") from error


def _in_order(text: str, found: ox.QuerySolutions) -> str:
    """The variables as they come in the query; the engine has those of SELECT * by the alphabet.

    What our reading of the text misses comes last, and is not lost.
    """
    given = {variable.value for variable in found.variables}
    read = dict.fromkeys((*projection.variables(text), *sorted(given)))
    return " ".join(f"?{name}" for name in read if name in given)


def _parts(triple: ox.Triple) -> Iterable[str]:
    for part in (triple.subject, triple.predicate, triple.object):
        if isinstance(part, ox.NamedNode):
            yield part.value
        elif isinstance(part, ox.Literal):
            yield part.datatype.value
