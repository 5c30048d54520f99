"""Whatever is typed in the form comes back as it was typed, and is no error of the server."""

from collections.abc import Callable

import pytest

from .conftest import Editor

pytestmark = pytest.mark.process
Enter = Callable[[str, str], Editor]
ODD = (
    *("C:\\xfoo", "\\u12", "\\", '"C:\\xfoo"', "\\N{foo}"),
    *('"C:\\xfoo"@nl', '"a\\"^^<urn:x>', '"\\uD800"@nl'),
)


@pytest.fixture
def noor(enter: Enter) -> Editor:
    return enter("Noor", "editor")


def test_backslashes_in_what_is_not_understood_come_back(noor: Editor) -> None:
    path = noor.begin("Pluktuin C:\\xfoo \\u12")
    for odd in ODD:
        page = noor.get(path)
        given = {"0.plek.0": odd, "0.nummer.0": odd, "0.titel.0.b0.bron": odd}
        noor.send(page, path, **given)
        form = noor.get(path).form(path)
        assert {name: form[name] for name in given} == given, odd
        assert form["0.titel.0"] == "Pluktuin C:\\xfoo \\u12"
        noor.get(f"{path}/beoordelen")
        noor.get(f"{path}/voorbeeld")


def test_a_number_of_five_thousand_digits_is_told_and_kept(noor: Editor) -> None:
    path, many = noor.begin("Pluktuin Zuid"), "9" * 5000
    page = noor.get(path)
    noor.send(page, path, **{"0.nummer.0": many, "0.plek.0": many})
    page = noor.get(path)
    assert page.form(path)["0.nummer.0"] == many
    assert page.form(path)["0.plek.0"] == many
    assert "is te groot. Schrijf hoogstens 18 cijfers" in page.answer.text
    assert noor.begin("Nog een"), "and others begin as before"
