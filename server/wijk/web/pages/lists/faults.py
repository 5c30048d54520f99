"""What is wrong in the address of a list, and what was typed in it as a sentence repeats it."""

from dataclasses import dataclass

from markupsafe import Markup

from wijk.web.views import Link

_SHOWN = 40


@dataclass(frozen=True)
class Fault:
    """What is wrong in an address, links to what may have been meant, and the field it is of.

    `more` leads to a page that tells more of it, or to what is there instead.
    """

    said: str
    nearest: tuple[Link, ...] = ()
    field: str = ""
    more: Link | None = None


def typed(text: str) -> Markup:
    """What was typed, or its beginning, between quotes: it turns no words of ours around."""
    return Markup("“<bdi>{}</bdi>”").format(text[:_SHOWN])
