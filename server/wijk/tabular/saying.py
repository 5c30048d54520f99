"""Sentences about a value that could not be read: what stands there, what can, and an example."""

from wijk.editing.values import Misread
from wijk.tabular.layout import NAMES, SINGULAR, Column
from wijk.tabular.problems import FOUT, Problem, Spot

_SHOWN = 80
_EXPECTED = {
    "integer": "Een heel getal heeft alleen cijfers, bijvoorbeeld 30.",
    "decimal": "Een getal schrijf je met een komma, bijvoorbeeld 12,5.",
    "date": (
        "Een jaar heeft vier cijfers, bijvoorbeeld 2021. Een dag schrijf je als 3 februari 2021."
    ),
    "address": "Een webadres begint met https://, bijvoorbeeld https://www.movisie.nl.",
    "boolean": "Kies ja of nee.",
}
_NEXT = "Staat hij nog niet in de lijst? Vul hem dan eerst in op het blad {sheet}."


def misread(wrong: Misread, column: Column, spot: Spot) -> Problem:
    """The finding about a piece of a cell that means nothing here."""
    near = wrong.nearest[0] if wrong.nearest and wrong.code != "boolean" else ""
    value = _cut(wrong.value)
    if wrong.code == "choice":
        said = f'"{value}" staat niet in de lijst met {_plural(column)}.{_meant(near)}'
        said += "" if near else " Kies een waarde uit de lijst (blad Keuzes)."
    elif wrong.code == "unknown":
        said = _unknown(value, near, column)
    elif wrong.code == "ambiguous":
        names = " of ".join(f'"{name}"' for name in wrong.nearest)
        said = f'Er is meer dan één "{value}". Bedoel je {names}? Schrijf dat in de cel.'
    else:
        told = _EXPECTED.get(wrong.code) or f"Hier hoort {wrong.expected}."
        said = f'Hier staat "{value}". {told}{_meant(near)}'
    return Problem(wrong.code, FOUT, said, spot, column.title, wrong.value, near)


def _unknown(value: str, near: str, column: Column) -> str:
    names = " of ".join(SINGULAR[kind] for kind in column.kinds)
    said = f'"{value}" is geen {names} die wij kennen.{_meant(near)}'
    sheets = [NAMES[kind] for kind in column.kinds if kind in NAMES]
    if sheets:
        said += " " + _NEXT.format(sheet=" of ".join(sheets))
    return said


def _meant(near: str) -> str:
    return f' Bedoel je "{near}"?' if near else ""


def _plural(column: Column) -> str:
    return f'waarden voor "{column.title}"'


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
