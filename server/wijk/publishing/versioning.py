"""Gives what is published a name: a version of the dataset, with the hash of its canonical form."""

from wijk import versions
from wijk.changelog import ChangeLog
from wijk.documents import hashed
from wijk.errors import PublishError
from wijk.publishing import canonical
from wijk.publishing.journal import File
from wijk.publishing.plan import Plan
from wijk.snapshot import Snapshot
from wijk.versions import Version


def fits(name: str) -> None:
    """See that a version can be called so.

    Raises:
        PublishError: it is no name for a version.
    """
    if not versions.is_name(name):
        raise PublishError(f"'{name}' is no version. Write it as 1.2.0, or as a day: 2026-11-23.")


def follows(taken: Snapshot, name: str) -> None:
    """See that a name can be that of the next version.

    Raises:
        PublishError: a version is called so, or one that is later.
    """
    known = [version.name for version in versions.of(taken.documents, taken.base)]
    if name in known:
        raise PublishError(f"Version {name} is there already, and stays. Choose another name.")
    later = [it for it in known if not versions.is_later(name, it)]
    if later:
        raise PublishError(f"Version {later[-1]} is there already; {name} does not come after it.")


def file(taken: Snapshot, log: ChangeLog, made: Plan, name: str) -> File:
    """The file of all versions with a new one, of the log as it will be.

    Raises:
        PublishError: there is no dataset, or nothing is published.
    """
    known = versions.of(taken.documents, taken.base)
    catalog = taken.documents.get(f"{taken.base}doc/catalog")
    dataset = versions.dataset_of(catalog.graph) if catalog else ""
    later = ChangeLog((*log.entries, *(change.entry for change in made.changes)))
    if not dataset or later.last is None:
        raise PublishError("There is nothing to give a version: no dataset, or nothing published.")
    new = Version(name, later.last, canonical.digest(later))
    text = versions.written((*known, new), dataset, taken.base, taken.prefixes)
    before = taken.documents.get(f"{taken.base}doc/{versions.PATH.stem}")
    return File(str(versions.PATH), hashed(before.source) if before else "", text)
