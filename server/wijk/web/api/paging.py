"""Lists in pages: which page is asked for, and where the others are (RFC 8288)."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

NUMBER, SIZE = "pagina", "paginagrootte"
USUAL, MOST = 100, 1000
LAST = 1_000_000_000


@dataclass(frozen=True)
class Page:
    """A page of a list, counted from 1, and how many things it has at most."""

    number: int = 1
    size: int = USUAL

    @property
    def start(self) -> int:
        """The position of its first thing."""
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        """The position after its last thing."""
        return self.number * self.size


def links(address: str, asked: Mapping[str, str], page: Page, count: int) -> dict[str, str]:
    """The address of this page, the first, the last, and of those beside it where there are any.

    `asked` has the filters; the page itself is added to them.
    """
    last = max(1, -(-count // page.size))
    numbers = {"self": page.number, "first": 1, "last": last}
    if 1 < page.number <= last + 1:
        numbers["prev"] = page.number - 1
    if page.number < last:
        numbers["next"] = page.number + 1
    return {
        relation: f"{address}?{urlencode({**asked, NUMBER: number, SIZE: page.size})}"
        for relation, number in numbers.items()
    }


def header(found: Mapping[str, str]) -> str:
    """The same as the value of a Link header."""
    return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in found.items())
