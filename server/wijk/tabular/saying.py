"""Sentences about a cell that could not be read: what stands there, and what to do in a sheet."""

from collections.abc import Iterable

from wijk.editing import sentences
from wijk.editing.values import Misread
from wijk.tabular.layout import NAMES, SINGULAR, Column
from wijk.tabular.problems import FOUT, Problem, Spot

_NEXT = " Is dat nieuw? Vul het dan eerst in op het blad {sheet}."


def misread(wrong: Misread, column: Column, spot: Spot) -> Problem:
    """The finding about a piece of a cell that means nothing here."""
    kinds = " of ".join(SINGULAR[kind] for kind in column.kinds)
    sheets = [NAMES[kind] for kind in column.kinds if kind in NAMES]
    said = sentences.misread(wrong.code, wrong.value, column.title, kinds)
    several = len(wrong.nearest) > 1 and wrong.code in ("ambiguous", "boolean", "unknown")
    near = "" if several or not wrong.nearest else wrong.nearest[0]
    if wrong.code == "ambiguous":
        said += which(wrong.nearest)
    elif wrong.code == "unknown" and several:
        said += f" Het kan zijn: {', '.join(f'“{name}”' for name in wrong.nearest)}."
    else:
        said += sentences.meant(near)
    if wrong.code == "unknown" and sheets:
        said += _NEXT.format(sheet=" of ".join(sheets))
    elif wrong.code in ("choice", "unknown") and not wrong.nearest:
        said += " Kies een waarde uit de lijst (blad Keuzes)."
    return Problem(wrong.code, FOUT, said, spot, column.title, wrong.value, near)


def which(names: Iterable[str]) -> str:
    """What to write of a name that more than one thing has."""
    listed = " of ".join(f"“{name}”" for name in names)
    return f" Bedoel je {listed}? Schrijf dat in de cel."
