"""What is asked of a list in its address: filters and a page, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from starlette.datastructures import QueryParams

from wijk.errors import BadValue, did_you_mean
from wijk.questions import Param
from wijk.snapshot import Snapshot
from wijk.web.api.paging import LAST, MOST, NUMBER, SIZE, Page
from wijk.web.requests import BadRequest

AREAS: Mapping[str, str] = {"gemeente": "GM", "provincie": "PV"}
"""How the codes of a filter begin."""
_SHOWN = 80


@dataclass(frozen=True)
class Asked:
    """The filters as they were given, their values as the listing has them, and the page."""

    given: Mapping[str, str]
    filters: Mapping[str, str]
    page: Page


def asked(query: QueryParams, params: Sequence[Param], snapshot: Snapshot) -> Asked:
    """Read the parameters of a list.

    Raises:
        BadRequest: a name that is not there, a name twice, or a value that does not fit; the
            message says what does, and the nearest.
    """
    known = {param.name: param for param in params}
    only(query, [*known, NUMBER, SIZE])
    given = {name: query[name] for name in known if name in query}
    filters = {name: _value(known[name], text, snapshot) for name, text in given.items()}
    page = Page(_whole(query, NUMBER, 1, LAST), _whole(query, SIZE, Page.size, MOST))
    return Asked(given, filters, page)


def only(query: QueryParams, names: Sequence[str]) -> None:
    """Take no other parameters than these, and each once.

    Raises:
        BadRequest: there is another one, or one twice.
    """
    for name in query:
        if name not in names:
            found = process.extractOne(name[:_SHOWN], names, score_cutoff=60)
            there = f" There are {', '.join(names)}." if names else " There are none here."
            hint = did_you_mean(found[:1] if found else ())
            dutch = f"Er is geen parameter “{name[:_SHOWN]}”. Wel: {', '.join(names) or 'geen'}."
            said = f"There is no parameter '{name[:_SHOWN]}'.{hint}{there}"
            raise BadRequest(said, 400, dutch)
        if len(query.getlist(name)) > 1:
            dutch = f"“{name}” staat er meer dan één keer. Geef het één keer."
            raise BadRequest(f"There is more than one {name}; give it once.", 400, dutch)


def _value(param: Param, text: str, snapshot: Snapshot) -> str:
    """The value as the queries give it: an IRI or a code."""
    try:
        term = param.parse(text, snapshot)
        value = term[1:-1]
        if (start := AREAS.get(param.name)) and not value.startswith(start):
            raise BadValue(param.name, text, f"a code that begins with {start}")
    except BadValue as error:
        raise BadRequest(str(error)) from error
    return value


def _whole(query: QueryParams, name: str, usual: int, most: int) -> int:
    if name not in query:
        return usual
    text = query[name]
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0
    if not 1 <= number <= most:
        shown = text[:_SHOWN]
        raise BadRequest(f"'{shown}' does not fit {name}, which is a number from 1 to {most}.")
    return number
