"""The shelf of the shipped graph."""

import pytest
from wijk import questions
from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.search import filling
from wijk.search.shelf import Shelf
from wijk.snapshot import Snapshot
from wijk.web.api import listing


@pytest.fixture(scope="session")
def shelf(shipped: Snapshot, nquads: bytes) -> Shelf:
    """All cases as the folder has them."""
    query = questions.load(shipped.root / "queries" / "pages")["shelf"].text
    rows = listing.rows(LocalStore(nquads).query(query, formats.CSV))
    return filling.shelf(rows, shipped.base, lambda iri: iri.replace(shipped.base, "/"), _never)


def _never(iri: str) -> None:
    return None
