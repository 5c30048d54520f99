"""Figures come in from four sources, each in its own shape, and become the same documents."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from wijk import snapshot
from wijk.checking import references, rules
from wijk.checking.lookup import Whole
from wijk.checking.places import Names, Places
from wijk.engine.local import LocalStore
from wijk.linking import figures as numbers
from wijk.linking import harvest, odata, statline, wijken_en_buurten
from wijk.linking.errors import SourceRefuses, SourceUnavailable, SourceUnreadable
from wijk.linking.fetching import Fetcher, Patience
from wijk.linking.wanted import Wanted, table_of

from . import kerncijfers

ROOT = Path(__file__).parents[2]
EXTRACT = Path(__file__).parent / "extracts" / "ses_woa_2019_amsterdam_zuidoost.csv"
WANTED = Wanted(2022, kerncijfers.TABLE, ("GM0285", "GM0363"))
SERVICES = {"v3": odata.v3, "v4": odata.v4, "pdok": wijken_en_buurten.pdok}
MADE = {"v3": kerncijfers.v3, "v4": kerncijfers.v4, "pdok": kerncijfers.pdok}
SLUGS = ("population", "dwelling-total", "dwelling-value", "dwelling-ownership")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A case base with the measures and two municipalities, and without figures."""
    root = tmp_path_factory.mktemp("graph")
    for name in ("ontology", "shapes", "queries", "data/measures"):
        shutil.copytree(ROOT / name, root / name)
    (root / "data/areas").mkdir()
    for name in ("catalog.ttl", "areas/gm0285.ttl", "areas/gm0363.ttl", "areas/nl00.ttl"):
        shutil.copy(ROOT / "data" / name, root / "data" / name)
    return root


@pytest.fixture(scope="module")
def taken(folder):
    """The same, read."""
    return snapshot.read(folder).snapshot


@pytest.fixture(scope="module")
def known(taken):
    """The measures."""
    return harvest.known(taken)


@pytest.fixture
def ask(service, fetcher, reply, known):
    """Ask one of the services, after it is told what to answer."""

    def asked(name, wanted=WANTED, **how):
        MADE[name](service, reply, **how)
        return SERVICES[name](fetcher, service.url, wanted, known, lambda done, of: None)

    return asked


def cells(delivered):
    """The figures by code and measure."""
    return {it.code.text: (it.name, *map(it.figures.get, SLUGS)) for it in delivered.regions}


EXPECTED = {
    code: (name, *(None if it is None else str(it) for it in values))
    for code, (name, *values) in kerncijfers.FIGURES.items()
}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_gives_the_figures_of_every_area(ask, name):
    found = cells(ask(name))
    assert found == {code: row for code, row in EXPECTED.items() if code in found}
    assert EXPECTED.keys() - found.keys() == ({"NL00"} if name == "pdok" else set())


def test_a_download_gives_them_too_and_of_the_wanted_year_only(tmp_path, known):
    path = kerncijfers.statline(tmp_path / "kerncijfers.csv")
    assert cells(statline.read(path, WANTED, known)) == EXPECTED


def test_the_documents_are_the_same_whoever_delivered(ask, taken, tmp_path, known):
    path = kerncijfers.statline(tmp_path / "kerncijfers.csv")
    delivered = [*(ask(name) for name in SERVICES), statline.read(path, WANTED, known)]
    alike = [
        replace(it, regions=[region for region in it.regions if region.code.text != "NL00"])
        for it in delivered
    ]
    first, *others = [harvest.documents(taken, 2022, it) for it in alike]
    assert "data/figures/2022-gm0363.ttl" in first
    assert "data/areas/2022-wk0363ta.ttl" in first
    assert "data/figures/2022-missing.ttl" in first
    assert all(other == first for other in others)


def test_the_columns_are_found_by_name_also_when_their_numbers_change(ask):
    assert cells(ask("v3", numbers=(6, 30, 44, 51))) == EXPECTED


def test_more_rows_than_are_given_at_once_come_from_the_feed(ask, service):
    assert cells(ask("v3", most=1)) == EXPECTED
    assert any(path.startswith("/ODataFeed") for path in service.paths())
    assert sum(path == f"{kerncijfers.V3}/TypedDataSet" for path in service.paths()) == 3


def test_json_is_asked_for_in_so_many_words(ask, service):
    ask("v3")
    assert all(it.query["$format"] == "json" for it in service.asked)


def test_a_table_of_another_year_is_not_taken(ask):
    with pytest.raises(SourceUnreadable, match="is of '2022', not of 2023"):
        ask("v3", replace(WANTED, year=2023))
    with pytest.raises(SourceUnreadable, match="not of 2023"):
        ask("v4", replace(WANTED, year=2023))


def test_a_year_without_a_known_table_asks_for_it():
    assert table_of(2024, None) == "85984NED"
    assert table_of(2031, "99999NED") == "99999NED"
    with pytest.raises(SourceRefuses, match="name it with --table"):
        table_of(2031, None)


XML = '<?xml version="1.0"?><ExceptionReport/>'
BROKEN = {
    "xml with status 200": (XML, SourceUnreadable, "not JSON"),
    "no rows": ({"message": "hello"}, SourceUnreadable, "year|list of rows|features|2022"),
    "rows of another shape": ({"value": [1], "features": [1]}, SourceUnreadable, "."),
}


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("case", BROKEN)
def test_an_answer_of_another_shape_is_one_clear_error(service, fetcher, known, reply, name, case):
    body, error, said = BROKEN[case]
    MADE[name](service, reply)
    for path in [*service._made]:
        service.makes(path, lambda request: reply(body))
        service.answers(path, body)
    for path in [*service._replies]:
        service.answers(path, body)
    with pytest.raises(error, match=said):
        SERVICES[name](fetcher, service.url, WANTED, known, lambda done, of: None)


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("status", [500, 429])
def test_a_service_that_is_down_is_not_asked_forever(
    service, fetcher, known, reply, name, status, pauses
):
    last = {"v3": f"{kerncijfers.V3}/TypedDataSet", "v4": f"{kerncijfers.V4}/Observations"}
    MADE[name](service, reply)
    path = last.get(name, f"{kerncijfers.PDOK}/wijken/items")
    service.makes(path, lambda request: reply("Too busy", status, {"Retry-After": "7"}))
    with pytest.raises(SourceUnavailable, match=f"status {status}: Too busy"):
        SERVICES[name](fetcher, service.url, WANTED, known, lambda done, of: None)
    assert service.paths().count(path) == 4
    assert pauses == [7, 7, 7]


def test_a_broken_connection_is_made_again_and_what_came_in_is_not_asked_again(
    service, fetcher, known, reply
):
    kerncijfers.v4(service, reply)
    whole = service._made[f"{kerncijfers.V4}/Observations"]
    cuts = iter([True, True])
    service.makes(
        f"{kerncijfers.V4}/Observations",
        lambda request: replace(whole(request), cut=next(cuts, False)),
    )
    assert cells(odata.v4(fetcher, service.url, WANTED, known, lambda done, of: None)) == EXPECTED
    before = len(service.asked)
    odata.v4(fetcher, service.url, WANTED, known, lambda done, of: None)
    assert len(service.asked) == before


@pytest.mark.parametrize(
    "given", [None, "", " . ", ".", "null", -99997, "-99997", -99999999, "-99995.0"]
)
def test_what_is_missing_never_is_a_number(given):
    assert numbers.figure(given, "x") is None


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        ("    20.8", "20.8"),
        ("-0.100", "-0.1"),
        ("20,8", "20.8"),
        (0, "0"),
    ],
)
def test_a_number_is_the_same_however_it_was_written(given, text):
    assert numbers.figure(given, "x") == text


@pytest.mark.parametrize("given", ["twaalf", "1 2", True, "NaN", "Infinity", [1]])
def test_what_is_no_number_is_no_figure(given):
    with pytest.raises(SourceUnreadable, match="is not a number"):
        numbers.figure(given, "x")


def test_a_real_download_of_statline_loads_with_its_bom_padding_and_dots(known):
    woa = replace(known["population"], slug="woa", names=frozenset({"gemiddeldescore"}))
    houses = replace(
        known["population"], slug="houses", names=frozenset({"particulierehuishoudens"})
    )
    wanted = Wanted(2019, "85163NED", ("GM0363",), ("BU03639200",))
    found = statline.read(EXTRACT, wanted, {"woa": woa, "houses": houses})
    values = {it.code.text: (it.name, it.figures) for it in found.regions}
    assert values["GM0363"] == ("Amsterdam", {"houses": "457400", "woa": "-0.1"})
    assert values["WK036392"][1]["woa"] == "-0.588"
    assert values["BU03639200"][1] == {"houses": "0", "woa": None}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a;b\n1;2\n", "no column is headed 'code'"),
        ('"Wijken en buurten";"X (code)"\n"a";"b";"c"\n', "line 2: there are 3 cells"),
        ('"Wijken en buurten";"X (code)"\n"a";"nergens"\n', "line 2: 'nergens' is no code"),
        ("", "no column"),
    ],
)
def test_what_is_no_download_of_statline_is_told_with_its_line(tmp_path, known, text, said):
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceUnreadable, match=said):
        statline.read(path, WANTED, known)


def test_a_download_that_is_not_there_is_told_so(tmp_path, known):
    with pytest.raises(SourceUnreadable, match="cannot be read"):
        statline.read(tmp_path / "nowhere.csv", WANTED, known)


def test_a_download_with_other_figures_makes_nothing(taken, known):
    found = statline.read(EXTRACT, Wanted(2019, "85163NED", ("GM0363",), ()), known)
    assert found.regions
    with pytest.raises(SourceUnreadable, match="85163NED: there is no figure in it"):
        harvest.documents(taken, 2019, found)


def test_two_columns_for_one_measure_are_not_chosen_between(known):
    with pytest.raises(SourceUnreadable, match="both AantalInwoners_5 and AantalInwoners_6"):
        numbers.columns(["AantalInwoners_5", "AantalInwoners_6"], known, "x")


def test_the_command_writes_what_passes_the_check_and_says_what_is_not_there(
    wijk, service, reply, folder, tmp_path
):
    root = tmp_path / "graph"
    shutil.copytree(folder, root)
    kerncijfers.v4(service, reply)
    arguments = ("figures", "--year", 2022, "--host", service.url, "--graph", root)
    first = wijk(*arguments, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert first.returncode == 0, first.stderr
    assert "6 areas, 4 of 15 measures." in first.stderr
    assert "Not there: area, edu-appl-sci" in first.stderr
    again = wijk(*arguments, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert again.stderr.startswith("0 documents written")
    made = snapshot.read(root).snapshot
    names, places = Names(made.prefixes), Places(made, Whole(made))
    rows = LocalStore(made.nquads(), made.prefixes).rows
    asked = rules.read(root / "queries/checks")
    found = [
        *references.findings(made, places, names),
        *rules.findings(asked, rows, places, names, ("violation",)),
    ]
    assert [finding for finding in found if finding.file.startswith("data/figures/")] == []


def test_what_was_broken_off_goes_on_with_the_same_command(wijk, service, reply, folder, tmp_path):
    root = tmp_path / "graph"
    shutil.copytree(folder, root)
    kerncijfers.v3(service, reply)
    typed = f"{kerncijfers.V3}/TypedDataSet"
    whole = service._made[typed]
    down = [True]
    service.makes(
        typed,
        lambda it: reply("gone", 404) if down and "GM0363" in it.query["$filter"] else whole(it),
    )
    arguments = ("figures", "--year", 2022, "--from", "v3", "--graph", root)
    variables = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "WIJK_FIGURES": service.url}
    broken = wijk(*arguments, **variables)
    assert broken.returncode == 2
    assert "goes on where this ended" in broken.stderr
    assert "refuses with status 404" in broken.stderr
    assert not (root / "data/figures").exists()
    asked = len(service.asked)
    down.clear()
    assert wijk(*arguments, **variables).returncode == 0
    assert [it.path for it in service.asked[asked:]] == [typed]
    assert not (tmp_path / "cache/wijk/figures").exists() or not [
        *(tmp_path / "cache/wijk/figures").rglob("*.answer")
    ]


def test_figures_that_a_service_does_not_have_stay(taken, known, folder, tmp_path, service, reply):
    root = tmp_path / "graph"
    shutil.copytree(folder, root)
    (root / "data/figures").mkdir()
    for name in ("structure", "2022-nl00", "2022-gm0285", "2022-pop-0-14"):
        shutil.copy(ROOT / f"data/figures/{name}.ttl", root / "data/figures")
    before = snapshot.read(root).snapshot
    kerncijfers.v4(service, reply)
    with Fetcher(Patience(tries=1)) as fetcher:
        delivered = odata.v4(fetcher, service.url, WANTED, known, lambda done, of: None)
    made = harvest.documents(before, 2022, delivered)
    voorst = made["data/figures/2022-gm0285.ttl"].decode()
    assert "measure:population 25009 ." in voorst
    assert "measure:pop-0-14 16 ." in voorst
    country = made["data/figures/2022-nl00.ttl"].decode()
    assert country.count("obsStatus-E") == 9
