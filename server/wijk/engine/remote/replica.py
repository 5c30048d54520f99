"""Whether an engine elsewhere holds the snapshot that is served, asked again each second."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from wijk.engine.remote import texts
from wijk.engine.remote.calls import text_of
from wijk.engine.remote.kinds import Union
from wijk.engine.remote.marker import Marker
from wijk.engine.remote.target import Target
from wijk.errors import EngineUnavailable

Small = Callable[[str], Awaitable[bytes]]
_FRESH = 1.0


class Replica:
    """What the marker in the engine says, against what it must say."""

    def __init__(self, base: str) -> None:
        self._marker = Marker.of(base)
        self._expected = ""
        self._asked = -_FRESH
        self.digest = ""
        self.strangers: tuple[str, ...] = ()

    def expect(self, digest: str) -> None:
        """From now on the engine must hold this snapshot."""
        self._expected = digest
        self.forget()

    def forget(self) -> None:
        """Ask again before the next query."""
        self._asked = -_FRESH

    async def require(self, target: Target, small: Small) -> None:
        """Return when the engine holds the snapshot.

        Raises:
            EngineUnavailable: it holds another one, or half of one; with what to do.
        """
        now = asyncio.get_running_loop().time()
        if self._asked >= 0 and now - self._asked < _FRESH:
            return
        said = await self._said(small)
        held = said.get(self._marker.snapshot, "")
        if held != self._expected or self._marker.begun in said:
            self.digest = ""
            raise EngineUnavailable(self._problem(said))
        if self.digest != held:
            self.strangers = await self._strangers(target, small)
            self.digest = held
        self._asked = now

    async def _said(self, small: Small) -> dict[str, str]:
        text = texts.filled(text_of("marker"), {"marker": f"<{self._marker.graph}>"})
        rows = json.loads(await small(text))["results"]["bindings"]
        return {row["state"]["value"]: row["value"]["value"] for row in rows}

    async def _strangers(self, target: Target, small: Small) -> tuple[str, ...]:
        """The graphs that are not ours; only an engine that can leave them out may have them."""
        names = {"marker": f"<{self._marker.graph}>", "hash": f"<{self._marker.hash}>"}
        rows = json.loads(await small(texts.filled(text_of("strangers"), names)))
        found = [row["graph"]["value"] for row in rows["results"]["bindings"]]
        if target.kind.union is Union.EXCLUDING:
            return (self._marker.graph, *found)
        if found:
            raise EngineUnavailable(
                f"The engine behind this service also holds other graphs, such as <{found[0]}>, "
                "and cannot leave these out. Its operator can give wijk a store of its own."
            )
        return ()

    def _problem(self, said: dict[str, str]) -> str:
        if self._marker.begun in said:
            return (
                "The engine behind this service is being filled, or that was broken off. "
                "Ask again in a minute; its operator can run `wijk push` again."
            )
        what = "another snapshot than" if self._marker.snapshot in said else "nothing of"
        return (
            f"The engine behind this service holds {what} the folder that is served. "
            "Its operator can bring it up to date with `wijk push`."
        )
