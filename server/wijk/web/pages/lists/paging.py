"""The pages of a long list: which one an address asks, and the way back from one too far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request

from wijk.web import numbers
from wijk.web.pages.lists.faults import Fault, typed
from wijk.web.views import Link

LENGTH = 50
_MOST = 6  # digits
Row = TypeVar("Row")
Pairs = Sequence[tuple[str, str]]
Way = Callable[[int], str]
"""The path of a page by its number."""


@dataclass(frozen=True)
class Part:
    """One page of a list: its number, that of the last, how many rows in all; what is wrong."""

    count: int = 0
    number: int = 1
    last: int = 1
    length: int = LENGTH
    faults: Sequence[Fault] = ()
    way: Way = str

    @property
    def start(self) -> int:
        """How many rows stand on the pages before it."""
        return (self.number - 1) * self.length

    @property
    def told(self) -> str:
        """Which page of how many it is, in words."""
        return f"Bladzijde {numbers.whole(self.number)} van {numbers.whole(self.last)}"

    @property
    def there(self) -> bool:
        """Whether the list goes as far as this page."""
        return self.number <= self.last

    @property
    def status(self) -> int:
        """The status of its answer: 404 for a page too many, 400 for what cannot be asked."""
        return 404 if not self.there else 400 if self.faults else 200

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows of this page, of all."""
        return rows[self.start : self.start + self.length]


def part(number: int, count: int, length: int, faults: Sequence[Fault], way: Way) -> Part:
    """The page with this number; one that is not there leads to the last."""
    last = max(1, -(-count // length))
    if number > last:
        back = Link(f"Naar bladzijde {last}", way(last))
        faults = [*faults, Fault(f"Bladzijde {number} is er niet.", more=back)]
    return Part(count, number, last, length, faults, way)


def read(request: Request, count: int, faults: list[Fault], path: str, pairs: Pairs) -> Part:
    """The page that an address asks of a list with so many rows, with what it is chosen by."""
    number, length = asked(request.query_params, faults), request.app.state.site.at_once(LENGTH)
    return part(number, count, length, faults, lambda page: way(path, pairs, page))


def asked(given: QueryParams, faults: list[Fault]) -> int:
    """The number of the page that is asked; one when it cannot be read, which is told."""
    text = given.get("pagina") or "1"
    if text.isascii() and text.isdigit() and len(text) <= _MOST and int(text) > 0:
        return int(text)
    faults.append(Fault(typed(text) + " is geen bladzijde. Dit is de eerste."))
    return 1


def way(path: str, pairs: Pairs, page: int) -> str:
    """The path of a page of a list that is chosen by these names and values."""
    told = [*pairs, *([("pagina", str(page))] if page > 1 else [])]
    return f"{path}{query(told)}"


def query(pairs: Pairs) -> str:
    """These names and values as an address has them, with its `?`; nothing when there are none."""
    return f"?{urlencode(pairs)}" if pairs else ""
