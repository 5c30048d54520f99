"""One value of an answer to a query, as people read it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One value: its text, where it links to, the language of its text, and if it is a number.

    `href` is a path of ours, or an address elsewhere (`outside`); nothing when there is none.
    """

    text: str = ""
    href: str = ""
    outside: bool = False
    lang: str = ""
    number: bool = False
