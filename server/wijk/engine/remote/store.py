"""The graph store of an engine elsewhere, by the SPARQL 1.1 Graph Store HTTP Protocol."""

import time
from types import TracebackType

import httpx2

from wijk.engine import formats
from wijk.engine.remote.target import Target, refused
from wijk.errors import EngineRefuses, EngineUnavailable

_TRIES = 5
_FIRST_PAUSE = 0.25
_SECONDS = 120
_AGAIN = (408, 425, 429, 500, 502, 503, 504)


class GraphStore:
    """Graphs that are put, extended and removed as a whole; what fails for a moment is retried."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._client = httpx2.Client(auth=target.auth, timeout=_SECONDS)

    def __enter__(self) -> "GraphStore":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, graph: str) -> str:
        """A graph as N-Triples; one that is not there is empty."""
        return self._sent("GET", graph).text

    def put(self, graph: str, ntriples: str) -> None:
        """The graph is this from now on.

        Raises:
            EngineUnavailable: nothing answers, also after some time.
            EngineRefuses: the engine does not take it.
        """
        self._sent("PUT", graph, ntriples)

    def post(self, graph: str, ntriples: str) -> None:
        """The graph has these triples as well."""
        self._sent("POST", graph, ntriples)

    def delete(self, graph: str) -> None:
        """The graph is gone."""
        self._sent("DELETE", graph)

    def _sent(self, method: str, graph: str, ntriples: str | None = None) -> httpx2.Response:
        pause = _FIRST_PAUSE
        for left in reversed(range(_TRIES)):
            try:
                said = self._once(method, graph, ntriples)
            except httpx2.HTTPError as error:
                if not left:
                    raise EngineUnavailable(
                        f"Nothing answers at {self._target.store} "
                        f"({error or type(error).__name__}). Run `wijk push` again when it does."
                    ) from error
            else:
                if said.is_success or (said.status_code == 404 and method in ("GET", "DELETE")):
                    return said
                if said.status_code not in _AGAIN or not left:
                    raise self._failure(said, graph)
            time.sleep(pause)
            pause *= 2
        raise AssertionError("the last try ends")

    def _once(self, method: str, graph: str, ntriples: str | None) -> httpx2.Response:
        # One engine takes the Accept of a PUT for the form of its own reply, and refuses.
        headers = {"Accept": formats.N_TRIPLES if method == "GET" else "*/*"}
        if ntriples is not None:
            headers["Content-Type"] = formats.N_TRIPLES
        for datatype in self._target.kind.as_text if ntriples else ():
            ntriples = str(ntriples).replace(f'"^^<{datatype}> .\n', '" .\n')
        content = None if ntriples is None else ntriples.encode()
        where = self._target.store
        return self._client.request(
            method, where, params={"graph": graph}, content=content, headers=headers
        )

    def _failure(self, said: httpx2.Response, graph: str) -> EngineRefuses:
        if said.status_code in (401, 403):
            return refused(said.status_code)
        reason = " ".join(said.text.split())[:200]
        return EngineRefuses(
            f"{self._target.store} does not take <{graph}> (status {said.status_code}): {reason}"
        )
