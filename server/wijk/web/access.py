"""The access log: one JSON object a line, without whole addresses and without the texts of queries.

An object has only ASCII and no line breaks, whatever a client sends, so that no line can be made to
look like another one.
"""

import hashlib
import ipaddress
import json
import queue
import re
import threading
from datetime import UTC, datetime
from functools import lru_cache
from typing import TextIO

from starlette.types import Scope

from wijk.web.observing import Seen

_PRODUCT = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}")
_MOST_OF_A_PATH = 200
_OF_EDITORS = re.compile(r"(/redactie/[^/]*)/.*", re.DOTALL)
"""Drafts, and the tokens to read them."""
_MOST_WAITING = 10_000
_V4, _V6 = 24, 48
_WRITTEN = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def line(scope: Scope, seen: Seen) -> str:
    """What is written of one request."""
    address = scope.get("client")
    told: dict[str, object] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "from": shortened(address[0] if address else ""),
        "method": scope["method"][:20],
        "path": _OF_EDITORS.sub(r"\1/...", scope["path"][:_MOST_OF_A_PATH]),
        "status": seen.status,
        "ms": round(seen.seconds * 1000, 2),
        "bytes": seen.sent,
        "agent": product(scope),
    }
    if not seen.whole:
        told["cut"] = True
    if seen.asked:
        told |= {"form": seen.form, "outcome": seen.outcome}
    if seen.query is not None:
        text = seen.query.encode("utf-8", "surrogatepass")
        told |= {"length": len(text), "query": hashlib.sha256(text).hexdigest()[:16]}
    return _WRITTEN(told)


@lru_cache(4096)
def shortened(address: str) -> str:
    """The network an address is in: of IPv4 the first 24 bits, of IPv6 48; `-` for what is none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "-"
    inside = getattr(found, "ipv4_mapped", None) or found
    bits = _V4 if inside.version == 4 else _V6
    return str(ipaddress.ip_network(f"{inside}/{bits}", strict=False))


def product(scope: Scope) -> str:
    """The name of the program that asks, without version and what else it says of itself."""
    agent = next((value for name, value in scope["headers"] if name == b"user-agent"), b"")
    found = _PRODUCT.match(agent.decode("latin-1"))
    return found[0] if found else "-"


class AccessLog:
    """Writes the lines from a thread of its own; a full pipe holds up nobody and loses lines.

    Use it as a context; at the end it writes what it has.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lines: queue.Queue[str | None] = queue.Queue(_MOST_WAITING)
        self._thread = threading.Thread(target=self._write, name="access log", daemon=True)
        self.lost = 0

    def __enter__(self) -> "AccessLog":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._lines.put(None, timeout=1)
        except queue.Full:
            return  # nobody reads; the thread ends with the process
        self._thread.join(1)

    def __call__(self, scope: Scope, seen: Seen) -> None:
        """Take one request."""
        try:
            self._lines.put_nowait(line(scope, seen))
        except queue.Full:
            self.lost += 1

    def _write(self) -> None:
        while (first := self._lines.get()) is not None:
            taken = [first]
            while not self._lines.empty() and len(taken) < _MOST_WAITING:
                if (other := self._lines.get()) is None:
                    self._lines.put(None)
                    break
                taken.append(other)
            try:
                self._out.write("\n".join(taken) + "\n")
                self._out.flush()
            except (OSError, ValueError):  # closed, full disk: a log is no reason to stop
                self.lost += len(taken)
