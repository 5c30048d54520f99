"""What there is to choose in the form, and what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from wijk.editing.fields import Choice, Field
from wijk.editing.records import Statement


@dataclass(frozen=True)
class Option:
    """A value to choose."""

    value: str
    label: str
    about: str
    chosen: bool


def options(each: Field, said: Sequence[Statement]) -> tuple[Option, ...]:
    """The values of a list, with what is chosen and stands in it no more."""
    given = [it.value[1:-1] for it in said if it.value.startswith("<")]
    known = {it.iri for it in each.choices}
    old = [Choice(iri, iri.rpartition("/")[2], "") for iri in given if iri not in known]
    if each.value != "choice":
        return ()
    return tuple(
        Option(it.iri, it.label, it.about, it.iri in given) for it in (*each.choices, *old)
    )


def chosen(choices: Sequence[Choice], iri: str) -> tuple[Option, ...]:
    """The values of a list of which one is chosen."""
    return tuple(Option(it.iri, it.label, it.about, it.iri == iri) for it in choices)
