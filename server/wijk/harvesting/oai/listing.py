"""Lists in parts: which items are in a part, and how the next one is asked for (section 3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wijk.harvesting.oai import arguments, moments, tokens
from wijk.harvesting.oai.arguments import Arguments
from wijk.harvesting.oai.formats import Format
from wijk.harvesting.oai.items import Item, Items, Window
from wijk.harvesting.oai.problems import ProtocolError
from wijk.harvesting.oai.repository import Repository
from wijk.harvesting.oai.tokens import Token


@dataclass(frozen=True)
class Part:
    """Some items of a list, how many came before, of how many, and the token of the next part."""

    items: Sequence[Item]
    format: Format
    cursor: int
    size: int
    token: Token | None


def part(repository: Repository, asked: Arguments, now: datetime) -> Part:
    """The part of a list that was asked for: the first, or the one that a token is of.

    What was changed or added after the list began comes in the next harvest: it is after the
    bound of the list. When that is all that was left, the last record is sent once more: the
    protocol has no empty list, and an error would tell that there was nothing at all.

    Raises:
        ProtocolError: there is no such list, or nothing in it.
    """
    sent = asked.given.get(arguments.TOKEN)
    token = _begun(repository, asked, now) if sent is None else tokens.read(sent, asked.verb, now)
    chosen = format_of(repository, token.prefix)
    place = token.last_time, token.last_id
    found = _window(repository.items, token).after(place, repository.page + 1)
    if not found and (last := repository.items.one(token.last_id)):
        found = [last]
    if not found:
        raise ProtocolError("noRecordsMatch", "There are no records with these arguments.")
    here, more = found[: repository.page], len(found) > repository.page
    time, identifier = here[-1].key
    cursor = token.cursor + len(here)
    further = replace(token, last_time=time, last_id=identifier, cursor=cursor) if more else None
    return Part(here, chosen, token.cursor, token.size, further)


def format_of(repository: Repository, prefix: str) -> Format:
    """The format of that prefix.

    Raises:
        ProtocolError: cannotDisseminateFormat; there is none.
    """
    if prefix not in repository.formats:
        known = " and ".join(repository.formats)
        reason = f"There is no format '{prefix[:40]}' here; {known} are there."
        raise ProtocolError("cannotDisseminateFormat", reason)
    return repository.formats[prefix]


def _begun(repository: Repository, asked: Arguments, now: datetime) -> Token:
    """The place before the first item of a new list."""
    first, until = asked.get("from"), asked.get("until")
    start = moments.read("from", first) if "from" in asked.given else None
    end = moments.read("until", until) if "until" in asked.given else None
    if start and end:
        if start.day != end.day:
            raise ProtocolError("badArgument", "One of from and until is a day, one a second.")
        if start.first > end.last:
            raise ProtocolError("badArgument", "From is later than until.")
    latest = repository.items.latest
    bound = int(latest.timestamp()) if latest else 0
    token = Token(
        verb=asked.verb,
        prefix=asked.get("metadataPrefix"),
        first=first,
        until=until,
        chosen=asked.get("set"),
        bound=bound,
        last_time=0,
        last_id="",
        cursor=0,
        size=0,
        began=int(now.timestamp()),
    )
    return replace(token, size=len(_window(repository.items, token)))


def _window(items: Items, token: Token) -> Window:
    """The items of a list: of its set, in its time, and not changed since it began."""
    first, last = 0, token.bound
    if token.first:
        first = int(moments.read("from", token.first).first.timestamp())
    if token.until:
        last = min(last, int(moments.read("until", token.until).last.timestamp()))
    return items.window(token.chosen, first, last)
