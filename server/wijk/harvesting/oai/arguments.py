"""Reads the arguments of a request: the six verbs of OAI-PMH and what each takes (section 4)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from wijk.harvesting.oai.problems import ProtocolError

_LISTS = (frozenset(("metadataPrefix",)), frozenset(("from", "until", "set")))
_NOTHING: frozenset[str] = frozenset()
# What each verb needs, and what else it takes.
_TAKES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (_NOTHING, _NOTHING),
    "ListMetadataFormats": (_NOTHING, frozenset(("identifier",))),
    "ListSets": (_NOTHING, _NOTHING),
    "GetRecord": (frozenset(("identifier", "metadataPrefix")), _NOTHING),
    "ListIdentifiers": _LISTS,
    "ListRecords": _LISTS,
}
_LONG = ("ListSets", "ListIdentifiers", "ListRecords")
"""The verbs of which the answer can come in parts, and that take a resumptionToken alone."""
TOKEN = "resumptionToken"
_MOST = 2048
_OF_A_URI = r"(?:[^\x00-\x20\x7f-\x9f\ufffe\uffff<>\"{}|\\^`#%\[\]]|%[0-9A-Fa-f]{2})"
# Any xs:anyURI: also one without a scheme, of which then no first part has a colon.
_URI = re.compile(
    rf"(?=.)(?:[A-Za-z][A-Za-z0-9+.-]*:|(?![^/?#]*:)){_OF_A_URI}*(?:#{_OF_A_URI}*)?", re.DOTALL
)
# As the schemas of the protocol write them.
_SYNTAX = {
    "metadataPrefix": re.compile(r"[A-Za-z0-9\-_.!~*'()]+"),
    "set": re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*"),
    "identifier": _URI,
}


@dataclass(frozen=True)
class Arguments:
    """The verb of a request, and its other arguments by name."""

    verb: str
    given: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The value of an argument; nothing when it was not given."""
        return self.given.get(name, "")


def decoded(sent: bytes) -> Iterator[tuple[str, str]]:
    """The names and values of a form or an address, as they were sent.

    Raises:
        ProtocolError: badArgument; this is not percent-encoded UTF-8.
    """
    try:
        yield from parse_qsl(sent.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise _bad("the arguments are not percent-encoded UTF-8") from error


def read(pairs: Iterable[tuple[str, str]]) -> Arguments:
    """The arguments of a request, each once, and no other than the verb takes.

    Raises:
        ProtocolError: badVerb or badArgument, with what is wrong.
    """
    listed = list(pairs)
    verbs = [value for name, value in listed if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in _TAKES:
        told = f"'{verbs[0][:40]}' is none of them" if len(verbs) == 1 else f"{len(verbs)} given"
        raise ProtocolError("badVerb", f"Give one verb of {', '.join(_TAKES)}; {told}.")
    rest = [(name, value) for name, value in listed if name != "verb"]
    names = [name for name, _ in rest]
    for name in names:
        if names.count(name) > 1:
            raise _bad(f"{name[:40]} is given more than once")
    found = Arguments(verbs[0], dict(rest))
    _taken(found)
    for name, value in rest:
        if name == TOKEN:
            continue  # who reads it tells what is wrong with it
        if len(value) > _MOST or (name in _SYNTAX and not _SYNTAX[name].fullmatch(value)):
            raise _bad(f"the value of {name} is not as the protocol writes it")
    return found


def _taken(asked: Arguments) -> None:
    """See that the verb takes these arguments, and has what it needs."""
    names = asked.given.keys()
    needed, other = _TAKES[asked.verb]
    if TOKEN in names and asked.verb in _LONG:
        if len(names) > 1:
            raise _bad(f"a {TOKEN} stands alone: it knows the other arguments")
        return
    for name in sorted(names - needed - other):
        raise _bad(f"{asked.verb} does not take {name[:40]}")
    for name in sorted(needed - names):
        raise _bad(f"{asked.verb} needs {name}")


def _bad(reason: str) -> ProtocolError:
    return ProtocolError("badArgument", f"{reason[:1].upper()}{reason[1:]}.")
