"""The form and the workbook say of the same mistake the same."""

import pytest
from wijk.editing.fields import fields
from wijk.editing.values import Misread, understood
from wijk.snapshot import Snapshot
from wijk.tabular import saying
from wijk.tabular.layout import tables
from wijk.tabular.problems import Spot
from wijk.web.redactie.form import wording


@pytest.mark.parametrize(
    ("kind", "key", "text", "said"),
    [
        ("case", "nummer", "dertig", "“dertig” is geen heel getal. Schrijf het in cijfers, "),
        ("initiative", "begin", "ooit", "“ooit” is geen jaar of dag. "),
        ("case", "thema", "zzz", "“zzz” staat niet in de lijst van “thema”. "),
        ("place", "ligt-in-gebied", "gm9999", "“gm9999” is hier nog niet bekend als gebied."),
        ("actor", "website", "movisie", "“movisie” is geen webadres. "),
    ],
)
def test_both_doors_begin_with_one_sentence(
    shipped: Snapshot, kind: str, key: str, text: str, said: str
) -> None:
    field = next(it for it in fields(shipped, kind) if it.key == key)
    column = next(it for it in tables(shipped) if it.kind == kind).column(key)
    found = understood(text, field, shipped)
    assert isinstance(found, Misread)
    assert wording.misread(found, field).startswith(said)
    assert saying.misread(found, column, Spot()).text.startswith(said)
