"""Every template in a browser: for everybody to use, in every width, asking nothing of others.

What is seen in one view is: the answer, requests elsewhere, what the browser complains of, what
the content policy stops, scrolling sideways, what shifts while it loads, and axe. The narrowest
window is that of 1280 pixels at a zoom of 400 %.
"""

from collections.abc import Iterator

import pytest

from .looking import VIEWS, Eyes, View
from .pages import NOT_THERE, PAGES

ALL = [*((name, path, 200) for name, path in PAGES.items())]
ALL += [(name, path, 404) for name, path in NOT_THERE.items()]


def sample() -> Iterator[object]:
    """Each page in two views: over all of them each view as often, in each both themes."""
    for number, (name, path, status) in enumerate(ALL):
        for view in (VIEWS[number % 6], VIEWS[(number + 3) % 6]):
            yield pytest.param(path, view, status, id=f"{name}-{view}")


def rest() -> Iterator[object]:
    """Each page in the views that the sample leaves."""
    for number, (name, path, status) in enumerate(ALL):
        for view in VIEWS:
            if view not in (VIEWS[number % 6], VIEWS[(number + 3) % 6]):
                yield pytest.param(path, view, status, id=f"{name}-{view}")


@pytest.mark.browser
@pytest.mark.parametrize(("path", "view", "status"), [*sample()])
def test_a_page_is_well_in_two_views(eyes: Eyes, path: str, view: View, status: int):
    assert eyes.faults(path, view, status) == []


@pytest.mark.long
@pytest.mark.parametrize(("path", "view", "status"), [*rest()])
def test_a_page_is_well_in_every_other_view(eyes: Eyes, path: str, view: View, status: int):
    assert eyes.faults(path, view, status) == []
