"""Whole datasets as files: what each one holds, how it is written, where it is."""

from collections.abc import Mapping
from typing import Any

from wijk.changelog import ChangeLog
from wijk.harvesting.dumps.about import About, about
from wijk.harvesting.dumps.content import FILES, Content, at, published
from wijk.harvesting.dumps.making import LISTED, Dump, Dumps, Order, listed, made, there
from wijk.harvesting.rights import Rights
from wijk.loaded import Snapshot

__all__ = (
    "LISTED",
    "About",
    "Content",
    "Dump",
    "Dumps",
    "Order",
    "at",
    "listed",
    "made",
    "ordered",
    "there",
)


def ordered(
    snapshot: Snapshot,
    log: ChangeLog,
    context: Mapping[str, Any] | None,
    address: str,
    query: str,
    content: Content | None = None,
) -> Order:
    """What dumps are made from: what was published last, or the content of a version.

    `address` is where people find the pages; `query` is queries/pages/harvest-cases.rq.
    """
    content = content or published(snapshot, log)
    rights = Rights(snapshot)
    told = {name: about(content, rights, name) for name in FILES}
    return Order(content, told, snapshot.prefixes, context, address.rstrip("/"), query)
