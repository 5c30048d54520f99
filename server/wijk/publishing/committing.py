"""Commits a publication to git, when the folder is in a work tree: only the files it touched."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from wijk.changelog import FOLDER
from wijk.errors import PublishError

_NO_NAME = (
    "git does not know who you are, so nothing was published. Tell it with "
    "`git config user.name` and `git config user.email`, or publish with --no-commit."
)
_MERGING = (
    "git is in the middle of {}, so nothing was published. Finish that first, or publish "
    "with --no-commit."
)
_UNDER_WAY = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
}
"""What git has in its folder while it commits no part of what changed, and what it does then."""


_BEHIND = (
    "What was published before is not in git, so nothing was published: {path} and the files it "
    "tells of. Commit those first, or publish with --no-commit."
)


def possible(root: Path) -> bool:
    """Whether this folder is in a work tree of git, with git at hand, and not ignored there."""
    if shutil.which("git") is None:
        return False
    inside = _git(root, "rev-parse", "--is-inside-work-tree")
    if inside.returncode or inside.stdout.strip() != "true":
        return False
    return _git(root, "check-ignore", "-q", "data").returncode != 0


def required(root: Path) -> bool:
    """Whether a commit is to be made; then it can be.

    Raises:
        PublishError: git does not know a name, is in the middle of a merge, or lacks a part of
            the log: who clones it could not read what comes after.
    """
    if not possible(root):
        return False
    if not (_knows(root, "AUTHOR") and _knows(root, "COMMITTER")):
        raise PublishError(_NO_NAME)
    ready(root)
    lacking = sorted(it for it in _differing(root) if it.startswith(f"{FOLDER}/"))
    if lacking:
        raise PublishError(_BEHIND.format(path=lacking[0]))
    return True


def ready(root: Path) -> None:
    """See that nothing stands in the way of a commit in this work tree.

    Raises:
        PublishError: git is in the middle of a merge, or of something like it.
    """
    asked = [part for name in _UNDER_WAY for part in ("--git-path", name)]
    paths = _git(root, "rev-parse", *asked).stdout.splitlines()
    for path, doing in zip(paths, _UNDER_WAY.values(), strict=False):
        if (root / path).exists():
            raise PublishError(_MERGING.format(doing))


def commit(root: Path, paths: Sequence[PurePosixPath], message: str, author: str = "") -> None:
    """Commit these files as they are; whatever else is in the index stays there.

    An author is given as `Name <mail>`, and commits too where git knows nobody else.

    Raises:
        PublishError: git does not want to; with what it says.
    """
    names = "\0".join(map(str, paths))
    if not _differing(root) & {*map(str, paths[-1:])}:
        # It was committed before the process ended. The last is of the log, or has the versions:
        # nobody edits those, so they differ as long as they were not committed.
        return
    by = (f"--author={author}",) if author else ()
    known = _as(author) if author and not _knows(root, "COMMITTER") else ()
    for command in (
        ("add", *_LISTED),
        (*known, "commit", "-q", "-m", message, *by, "--only", *_LISTED),
    ):
        done = _git(root, *command, names=names)
        if done.returncode:
            said = " ".join((done.stderr or done.stdout).split())
            raise PublishError(
                f"The files are published, and git does not commit them. It says: {said} "
                "Correct that; the next `wijk publish` commits them.",
                "not-committed",
            )


def _knows(root: Path, who: str) -> bool:
    """Whether git was told who this is, and would not make a name up."""
    return not _git(root, "-c", "user.useConfigOnly=true", "var", f"GIT_{who}_IDENT").returncode


def _as(author: str) -> tuple[str, ...]:
    name, _, mail = author.removesuffix(">").rpartition(" <")
    return "-c", f"user.name={name}", "-c", f"user.email={mail}"


def _differing(root: Path) -> set[str]:
    """The files of the folder that are otherwise than in the last commit."""
    told = _git(root, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
    prefix = _git(root, "rev-parse", "--show-prefix").stdout.strip()
    return {line[3:].removeprefix(prefix) for line in told.stdout.split("\0")}


_LISTED = ("--pathspec-from-file=-", "--pathspec-file-nul")


def _git(root: Path, *arguments: str, names: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", str(root), "--literal-pathspecs", *arguments],
        input=names,
        capture_output=True,
        text=True,
        check=False,
    )
