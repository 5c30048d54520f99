"""The made-up case base of the benchmark is a case base as any other."""

import subprocess
import sys
from pathlib import Path

from wijk import snapshot
from wijk.checking import check
from wijk.engine.local import LocalStore

GENERATE = Path(__file__).parent / "generate.py"


def generated(cases: int, folder: Path) -> Path:
    subprocess.run([sys.executable, str(GENERATE), str(cases), str(folder)], check=True)
    return folder


def test_generated_cases_pass_the_check_and_are_the_same_every_time(tmp_path: Path) -> None:
    first = snapshot.read(generated(5, tmp_path / "first"))
    again = snapshot.read(generated(5, tmp_path / "again"))
    store = LocalStore(first.snapshot.nquads(), first.snapshot.prefixes)
    findings = check(first, store.rows)
    assert [found for found in findings if found.severity == "violation"] == []
    assert len(first.snapshot.slugs("case")) == 5
    assert first.snapshot.digest == again.snapshot.digest
