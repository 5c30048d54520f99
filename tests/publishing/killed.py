"""Publishes a folder in processes that are killed after each step; tells what was left."""

import json
import os
import shutil
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from wijk import changelog, snapshot
from wijk.publishing import act, plan

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


def names_of_steps(folder: Path) -> list[str]:
    """The steps of a publication of a copy."""
    steps: list[str] = []
    publish(copied(folder, "whole"), steps.append)
    return steps


def copied(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder, folder.with_name(f"{folder.name}-{name}")))


def publish(folder: Path, step) -> None:
    taken = snapshot.read(folder).snapshot
    made = plan.plan(taken, changelog.read(folder), NOON)
    act.publish(folder, plan.journal_of(made, "data: publish", False), step)


def files(folder: Path) -> dict[str, str]:
    """All files of a folder, hidden ones too."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in found}


def killed_after(folder: Path, step: str) -> dict[str, object]:
    """What a folder is after a process was killed, and after the next one came."""
    victim = copied(folder, step.replace(" ", "-"))
    before = files(victim)
    child = os.fork()
    if not child:
        publish(victim, lambda at: os.kill(os.getpid(), signal.SIGKILL) if at == step else None)
    _, status = os.waitpid(child, 0)
    told: list[str] = []
    act.recovered(victim, told.append)
    after = files(victim)
    return {
        "killed": os.WTERMSIG(status) == signal.SIGKILL,
        "told": told,
        "as_before": after == before,
        "files": after,
    }


def main(folder: Path) -> None:
    """Print what was left after each step."""
    steps = names_of_steps(folder)
    whole = files(folder.with_name(f"{folder.name}-whole"))
    print(json.dumps({"whole": whole, "after": {it: killed_after(folder, it) for it in steps}}))


main(Path(sys.argv[1]))
