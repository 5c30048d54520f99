"""The folder that is watched is told as a difference with what is served."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from wijk import resources, snapshot
from wijk.snapshot import Document
from wijk.web.folder import Folder
from wijk.web.outcome import Bad, Good, Same
from wijk.web.stores import Own

HERE = "data/cases/pluktuin-zuid.ttl"


def test_what_changed_before_the_watch_began_is_a_difference_with_what_is_served(
    small: Path, tmp_path: Path
) -> None:
    served = snapshot.read(small).snapshot
    asides = resources.beside(small)
    path = small / HERE
    path.write_text(path.read_text().replace("Zuid", "Noord"))

    def told(known: Mapping[str, Document]) -> Mapping[str, Document]:
        return {iri: replace(it) for iri, it in served.documents.items()}

    folder = Folder(small, tmp_path / "home", Own(), told)
    folder.begin(served.digest, served.base, asides)
    outcome = folder.look()
    assert isinstance(outcome, Good)
    assert not outcome.whole
    assert [str(document.path) for document in outcome.documents] == [HERE]
    assert folder.look() is None


def test_a_pipe_among_the_queries_of_a_folder_that_is_served_is_told(
    small: Path, tmp_path: Path
) -> None:
    served = snapshot.read(small).snapshot
    folder = Folder(small, tmp_path / "home", Own(), lambda known: served.documents)
    folder.begin(served.digest, served.base, resources.beside(small))
    pipe = small / "queries" / "pijp.rq"
    os.mkfifo(pipe)
    outcome = folder.look([pipe])
    assert isinstance(outcome, Bad)
    assert "pijp.rq: it is not a file but a pipe or device" in outcome.message
    pipe.unlink()
    assert isinstance(folder.look([pipe]), Same)
