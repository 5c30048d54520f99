"""Resumption tokens (section 3.5 of OAI-PMH): all of a list that is under way, in the token itself.

The server remembers nothing of a harvest, so a token is as good after a restart or at another
server with the same files. It holds what was asked, up to which moment, and which record came
last: a page is what follows that record, also when others changed since. A token grants nothing
that its own arguments would not, so it carries a checksum and no secret.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import Field, astuple, dataclass, fields
from datetime import UTC, datetime, timedelta

from wijk.harvesting.oai.problems import ProtocolError

LIVES = timedelta(days=7)
"""How long a list may take, from its first page on."""

_CHECK = 12
_MOST = 10**11  # seconds that every calendar knows


@dataclass(frozen=True)
class Token:
    """Where a list is: its arguments, its bound, the last record sent, and how many before.

    `bound`, `last_time` and `began` are in seconds since 1970; `bound` is the second in which the
    last change was when the list began.
    """

    verb: str
    prefix: str
    first: str
    until: str
    chosen: str
    bound: int
    last_time: int
    last_id: str
    cursor: int
    size: int
    began: int

    @property
    def expires(self) -> datetime:
        """Until when it is taken, in UTC."""
        return datetime.fromtimestamp(self.began, UTC) + LIVES

    def written(self) -> str:
        """The token as it is sent."""
        packed = json.dumps(astuple(self), separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(packed + _check(packed)).decode().rstrip("=")


def read(text: str, verb: str, now: datetime) -> Token:
    """The token that was sent back.

    Raises:
        ProtocolError: badResumptionToken; it is not one of ours, of another verb, or too old.
    """
    token = _unpacked(text)
    if token is None:
        raise _bad("This resumptionToken is not one that was given out here")
    if token.verb != verb:
        raise _bad(f"This resumptionToken is of {token.verb}, not of {verb}")
    if now > token.expires:
        raise _bad(f"This resumptionToken was good until {token.expires:%Y-%m-%dT%H:%M:%SZ}")
    return token


def _unpacked(text: str) -> Token | None:
    try:
        sent = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", True)
        packed, check = sent[:-_CHECK], sent[-_CHECK:]
        if check != _check(packed):
            return None
        token = Token(*json.loads(packed))
    except (UnicodeEncodeError, binascii.Error, ValueError, TypeError, RecursionError):
        return None
    return token if all(map(_fits, fields(token), astuple(token))) else None


def _fits(field: Field[object], value: object) -> bool:
    return type(value) is field.type and not (isinstance(value, int) and not 0 <= value < _MOST)


def _check(packed: bytes) -> bytes:
    return hashlib.sha256(b"wijk oai token 1\0" + packed).digest()[:_CHECK]


def _bad(reason: str) -> ProtocolError:
    return ProtocolError("badResumptionToken", f"{reason}. Begin the list again.")
