"""Datestamps of OAI-PMH: UTC, in whole seconds or in days (section 3.3 of the protocol)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wijk.changelog import stamped
from wijk.harvesting.oai.problems import ProtocolError

GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
"""What datestamps here look like; days are taken in requests too."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


@dataclass(frozen=True)
class Span:
    """What a datestamp in a request covers: one second, or one day; both ends included."""

    first: datetime
    last: datetime
    day: bool


def read(name: str, text: str) -> Span:
    """What the value of `from` or `until` covers.

    Raises:
        ProtocolError: badArgument; it is no such moment.
    """
    day = _DAY.fullmatch(text) is not None
    try:
        if day or _SECOND.fullmatch(text):
            first = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
            return Span(first, first + timedelta(days=1, seconds=-1) if day else first, day)
    except (ValueError, OverflowError):  # such as the 31st of February, or the last day of all
        pass
    raise ProtocolError(
        "badArgument",
        f"{name} is '{text[:40]}', and neither a day such as 2026-11-23 nor a second in UTC such "
        "as 2026-11-23T09:30:00Z.",
    )


def whole(moment: datetime) -> datetime:
    """The second in which a moment lies, in UTC."""
    return moment.astimezone(UTC).replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """A moment as OAI-PMH writes it, in whole seconds."""
    return stamped(moment, "seconds")
