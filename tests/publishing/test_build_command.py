"""`wijk build` leaves alone what it did not make, and builds every route."""

from pathlib import Path

from wijk import snapshot
from wijk.engine.embedded import Embedded
from wijk.web.app import create
from wijk.web.building import addresses

from .conftest import Run

URL = "https://wijk.example.org/buurten"


def test_a_folder_of_others_is_refused(tmp_path: Path, wijk: Run) -> None:
    (tmp_path / "notes.txt").write_text("van mij")
    done = wijk("build", tmp_path, "--public-url", URL)
    assert done.returncode == 2
    assert "is not empty and `wijk build` did not make it" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "van mij"


def test_where_it_will_be_must_be_said(tmp_path: Path, wijk: Run) -> None:
    done = wijk("build", tmp_path / "out")
    assert done.returncode == 2
    assert "--public-url or WIJK_PUBLIC_URL" in done.stderr


def test_every_route_is_built_or_left_out_on_purpose(small: Path) -> None:
    taken = snapshot.read(small).snapshot
    app = create(taken, Embedded(taken.prefixes, f"{taken.base}sparql"))
    with_parameters = {it.path for it in addresses.routes(app) if "{" in it.path}
    assert with_parameters == addresses.BY_ROUTE.keys()
