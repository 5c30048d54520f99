"""What is wrong in the address of a list, and what was typed in it as a sentence repeats it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from rapidfuzz import process

from wijk.web.problems import Problem
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


def no_kind(asked: str, kinds: Mapping[str, str], path: Callable[[str], str]) -> Fault:
    """That there is no such kind, with those whose name in addresses is most like it."""
    near = process.extract(asked[:80], list(kinds), limit=3, score_cutoff=60)
    nearest = tuple(Link(kinds[name], path(name)) for name, *_ in near)
    return Fault("De soort " + typed(asked) + " kennen we niet.", nearest, "soort")


def refused(status: int, faults: Sequence[Fault]) -> Problem:
    """The same as a problem, for who does not ask the page."""
    told = " ".join(Markup(fault.said).striptags() for fault in faults)
    return Problem(status, "The selection is not taken", told, told=told)


def typed(text: str) -> Markup:
    """What was typed, or its beginning, between quotes: it turns no words of ours around."""
    return Markup("“<bdi>{}</bdi>”").format(text[:_SHOWN])
