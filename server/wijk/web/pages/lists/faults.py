"""What is wrong in the address of a list."""

from dataclasses import dataclass

from wijk.web.views import Link


@dataclass(frozen=True)
class Fault:
    """What is wrong in an address, links to what may have been meant, and the field it is of.

    `more` leads to a page that tells more of it, or to what is there instead.
    """

    said: str
    nearest: tuple[Link, ...] = ()
    field: str = ""
    more: Link | None = None
