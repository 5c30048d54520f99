"""A server that follows the folder looks at the stamps when the log is another one, not at all."""

from datetime import timedelta
from pathlib import Path

import pytest
from wijk import changelog, resources, snapshot
from wijk.web import folder as followed
from wijk.web.folder import Folder
from wijk.web.outcome import Bad, Good
from wijk.web.stores import Own

from .conftest import CASE, NOON, Publish, edit


def test_a_publication_is_checked_in_part_and_a_log_without_it_is_seen(
    small: Path, publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(small)
    served = snapshot.read(small).snapshot
    folder = Folder(small, tmp_path / "home", Own(), lambda known: served.documents)
    folder.begin(served.digest, served.base, resources.beside(small))
    monkeypatch.delattr(followed, "check")
    edit(small, "Pluktuin Zuid", "Pluktuin Noord")
    log = publish(small, NOON + timedelta(hours=1))
    last = max((small / changelog.FOLDER).iterdir())
    assert isinstance(folder.look([small / CASE, last]), Good)
    assert log.last is not None
    last.unlink()
    outcome = folder.look([last])
    assert isinstance(outcome, Bad)
    assert [(it.rule, it.file) for it in outcome.findings] == [("stamp", CASE)]
