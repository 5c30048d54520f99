"""Settings: WIJK_* variables, and the options of the command that go before them."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from wijk import values
from wijk.errors import BadSetting
from wijk.values import GIB, KIB, MIB, number, one_of, size, whole

T = TypeVar("T")


def _set(default: T, told: str, read: Callable[[str, str], T]) -> T:
    """One setting: what it is without being set, what it is for, and how its text is read."""
    return field(default=default, metadata={"told": told, "read": read})


@dataclass(frozen=True)
class Settings:
    """What an operator can choose; `None` for `graph` means the graph that came along.

    A line here is a variable, an option of `wijk serve` and its help.
    """

    graph: Path | None = _set(
        None, "The folder with the graph, or else the one that came along.", values.path
    )
    host: str = _set("127.0.0.1", "The address to listen on.", values.text)
    port: int = _set(8000, "The port; 0 takes a free one.", whole(0, 65535))
    public_url: str = _set("", "Where people can reach this server.", values.url)
    home: Path | None = _set(None, "A folder for caches and drafts.", values.path)
    default_graph: str = _set(
        "union",
        "All graphs together (union), or the unnamed one only (plain; so with --dataset).",
        one_of("union", "plain"),
    )
    dataset: tuple[Path, ...] = _set(
        (), "Files of RDF to serve through the endpoint alone, without pages.", values.paths
    )
    dataset_base: str = _set(
        "", "What relative addresses in those files are resolved against.", values.iri
    )
    metrics: str = _set(
        "loopback",
        "Who sees /metrics: off, loopback (this machine) or on.",
        one_of("loopback", "off", "on"),
    )
    access_log: bool = _set(False, "A line on stderr for each request: off or on.", values.switch)
    trusted_proxies: tuple[str, ...] = _set(
        (),
        "Whose X-Forwarded-For and -Proto are believed, as in 127.0.0.1,::1.",
        values.networks,
    )
    query_timeout: float = _set(10.0, "Seconds a query may take.", number(0.001, 3600))
    answer_limit: int = _set(50 * MIB, "Size of one answer.", size(KIB, 16 * GIB))
    text_limit_get: int = _set(64 * KIB, "Size of a query by GET.", size(256, 16 * MIB))
    text_limit: int = _set(MIB, "Size of a query by POST.", size(256, 256 * MIB))
    token_limit: int = _set(50_000, "Words and signs in a query.", whole(10, 10_000_000))
    depth_limit: int = _set(64, "Levels of brackets in a query.", whole(2, 500))
    chain_limit: int = _set(500, "Groups and operators in a query.", whole(2, 2000))
    table_limit: int = _set(10 * MIB, "Size of a table to join.", size(KIB, 16 * GIB))
    tables_at_once: int = _set(2, "Tables that are joined at once.", whole(1, 1024))
    memory_limit: int = _set(GIB, "Size of the memory one query may take.", size(MIB, 1024 * GIB))
    queries_at_once: int = _set(max(2, os.cpu_count() or 1), "Queries at once.", whole(1, 1024))
    queue: int = _set(256, "Queries that may wait for a place.", whole(0, 100_000))
    queue_seconds: float = _set(3.0, "Seconds a query may wait.", number(0.001, 600))
    header_timeout: float = _set(10.0, "Seconds for the head of a request.", number(0.1, 600))
    body_timeout: float = _set(30.0, "Seconds for the body of a request.", number(0.1, 3600))
    send_timeout: float = _set(
        30.0, "Seconds in which a client takes nothing of its answer.", number(0.1, 3600)
    )
    connections: int = _set(1000, "Connections at once.", whole(1, 100_000))
    engine: str = _set("", "An engine elsewhere, which `wijk push` filled.", values.url)
    engine_kind: str = _set("", "Its kind, when it does not tell that itself.", values.text)
    engine_query: str = _set("", "Its query service, when that is elsewhere.", values.url)

    @classmethod
    def read(
        cls,
        environ: Mapping[str, str] | None = None,
        **options: object,
    ) -> "Settings":
        """Take each setting from its option, else from its variable, else as it is here.

        Raises:
            BadSetting: a value that cannot be used; the message names the variable.
        """
        variables = os.environ if environ is None else environ
        chosen: dict[str, Any] = {}
        for each in fields(cls):
            given = options.get(each.name)
            if given is None:
                given = variables.get(values.variable(each.name)) or None
            if given is not None:
                text = given if isinstance(given, tuple) else str(given)
                chosen[each.name] = each.metadata["read"](each.name, text)
        _one_source(chosen, options)
        return cls(**chosen)


def _one_source(chosen: dict[str, Any], options: Mapping[str, object]) -> None:
    """A graph folder or a dataset: an option goes before a variable."""
    if "graph" in chosen and "dataset" in chosen:
        named = [name for name in ("graph", "dataset") if options.get(name) is not None]
        if len(named) != 1:
            raise BadSetting(
                "A graph folder (--graph, WIJK_GRAPH) and a dataset (--dataset, WIJK_DATASET) are "
                "not served together; choose one."
            )
        del chosen["dataset" if named == ["graph"] else "graph"]
    if "dataset" in chosen:
        chosen.setdefault("default_graph", "plain")


def told() -> Iterable[tuple[str, str]]:
    """Each setting's name, and what it is for with what it is when nobody sets it."""
    for each in fields(Settings):
        text, known = each.metadata["told"], each.default
        if isinstance(known, bool):
            known = "on" if known else "off"
        elif isinstance(known, int) and text.startswith("Size"):
            known = values.shown(known)
        yield each.name, text if known in (None, "", ()) else f"{text} (default {known})"
