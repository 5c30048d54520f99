"""What is remembered of a folder that was checked, so that the same folder need not be again.

It lies in a cache: whoever deletes it loses nothing, and what cannot be read is not there. The name
of an entry is a hash of every file that the check reads, and of this software.
"""

import hashlib
import json
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

from wijk import resources
from wijk.documents import Document, Told
from wijk.errors import GraphFolderError, OutputError
from wijk.remarks import Remark, Remarks
from wijk.snapshot import Reading, Snapshot, of_documents

_FOLDER = "checked"
DUMPS = "dumps"
"""Where the files of whole datasets are kept, beside what was checked."""
_KEPT = 4
"""So many folders are remembered, those that were used last."""
_MEANT = (".ttl", ".rq", ".jsonld", ".jsonl", "messages.csv")
_MEANING = ("pyoxigraph", "pyshacl", "rapidfuzz", "rdflib")


def recall(root: Path, home: Path | None) -> Snapshot | None:
    """The snapshot of this folder, if exactly this was checked and had no violations."""
    place = kept(home, _FOLDER)
    try:
        files = dict(_read(root))
        signs = {path: _hash(source) for path, source in files.items()}
        entry = place / _name(signs) if place else None
        if entry is None:
            return None
        told = json.loads((entry / "told.json").read_bytes())
        nquads = (entry / "graph.nq").read_bytes()
        if told["nquads"] != _hash(nquads):
            return None
        documents = [_document(said, files) for said in told["documents"]]
        taken = of_documents(root, told["base"], {it.iri: it for it in documents})
        if taken.digest != told["digest"]:
            return None
        remarks = _remarks(told["remarks"]) if told["remarks"] else None
        os.utime(entry)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, GraphFolderError):
        return None
    return replace(taken, quads=[nquads], remarks=remarks)


def remember(
    reading: Reading,
    write: Callable[[Path], object],
    home: Path | None,
    remarks: Remarks | None = None,
) -> None:
    """Remember that the folder, as it was read, had no violations; unless that is not possible.

    `write` puts its N-Quads in a file; the remarks are what the check said besides.
    """
    taken, place = reading.snapshot, kept(home, _FOLDER)
    if place is None:
        return
    with suppress(OSError, GraphFolderError):
        signs = {path: _hash(source) for path, source in _read(taken.root)}
        if not _is_read(reading, signs):
            return  # it has changed since
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        entry = place / _name(signs)
        unfinished = place / f".{entry.name}.{os.getpid()}"
        unfinished.mkdir()
        write(unfinished / "graph.nq")
        _write(unfinished, _told(taken, remarks))
        with suppress(OSError):
            unfinished.rename(entry)  # another may have been first
        _swept(place)


def _write(unfinished: Path, told: Mapping[str, Any]) -> None:
    """What is told of a graph, with the hash of its N-Quads beside it."""
    with (unfinished / "graph.nq").open("rb") as nquads:
        hashed = hashlib.file_digest(nquads, "sha256").hexdigest()
    whole = json.dumps({**told, "nquads": hashed})
    (unfinished / "told.json").write_text(whole, encoding="utf-8")


def _told(taken: Snapshot, remarks: Remarks | None) -> dict[str, Any]:
    return {
        "base": taken.base,
        "digest": taken.digest,
        "remarks": _remarked(remarks) if remarks else None,
        "documents": [_said(document) for document in taken.documents.values()],
    }


def possible(home: Path | None) -> bool:
    """Can anything be remembered?"""
    place = kept(home, _FOLDER)
    if place is None:
        return False
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.access(place, os.W_OK)


def forget(home: Path | None) -> list[Path]:
    """Empty the caches of a home and of the user: all of it can be made again.

    Gives those in which there was something; also what was being made is gone.

    Raises:
        OutputError: they cannot be emptied.
    """
    places = {kept(each, name) for each in (home, None) for name in (_FOLDER, DUMPS)}
    found = sorted(place for place in places if place and place.is_dir() and any(place.iterdir()))
    for each in (path for place in found for path in place.iterdir()):
        try:
            shutil.rmtree(each)
        except FileNotFoundError:
            continue  # another forgot it at the same time
        except OSError as error:
            raise OutputError(f"{each} cannot be emptied: {error.strerror}.") from error
    return found


def kept(home: Path | None, name: str) -> Path | None:
    """Where such a thing is kept: in the home folder that was chosen, or the user's own cache."""
    if home is not None:
        return home / name
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(chosen):
        return Path(chosen) / "wijk" / name
    with suppress(RuntimeError):  # a user without a home
        return Path.home() / ".cache" / "wijk" / name
    return None


def _swept(place: Path) -> None:
    """Forget what was not used for longest, and what was not finished."""
    entries = sorted(place.iterdir(), key=lambda it: (it.name[0] != ".", it.stat().st_mtime))
    finished = [it for it in entries if not it.name.startswith(".")]
    for entry in (*(it for it in entries if it not in finished), *finished[:-_KEPT]):
        for path in entry.iterdir():
            path.unlink()
        entry.rmdir()


def _read(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that the check reads, with its path in the folder."""
    resources.require(root)
    for folder in resources.FOLDERS:
        for at, _, names in os.walk(root / folder):
            shown = PurePosixPath(Path(at).relative_to(root)).as_posix()
            for name in names:  # there may be many: no more than is needed is done for each
                path = f"{at}/{name}"
                if name.endswith(_MEANT) and os.path.isfile(path):
                    with open(path, "rb") as file:
                        yield f"{shown}/{name}", file.read()


def _name(signs: Mapping[str, str]) -> str:
    hashed = hashlib.sha256(software().encode())
    for path in sorted(signs):
        hashed.update(f"{path} {signs[path]}\n".encode())
    return hashed.hexdigest()


@cache
def software() -> str:
    """This software, to the letter, and what it leans on for a check."""
    own = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        own.update(path.read_bytes())
    versions = [f"{name} {metadata.version(name)}" for name in _MEANING]
    return " ".join((platform.python_version(), own.hexdigest(), *versions))


def _is_read(reading: Reading, signs: Mapping[str, str]) -> bool:
    read = {str(part.path): part.digest for part in reading.parts}
    meant = ("data/", "ontology/", "shapes/")
    left_out = tuple(f"data/{name}/" for name in resources.NOT_READ)
    there = {
        path: sign
        for path, sign in signs.items()
        if path.endswith(".ttl") and path.startswith(meant) and not path.startswith(left_out)
    }
    return not reading.broken and read == there


def _said(document: Document) -> dict[str, Any]:
    return {
        "names": [document.iri, document.kind, document.slug, str(document.path), document.digest],
        "told": [document.told.labels, document.told.things, document.told.concepts],
        "parts": [_said(part) for part in document.parts],
    }


def _document(said: Mapping[str, Any], files: Mapping[str, bytes]) -> Document:
    iri, kind, slug, path, digest = said["names"]
    labels, things, concepts = said["told"]
    parts = tuple(_document(part, files) for part in said["parts"])
    source = b"\n".join(part.source for part in parts) if parts else files[path]
    document = Document(iri, kind, slug, PurePosixPath(path), source, None, digest, parts)
    offers = tuple((thing, (order, rank, label)) for thing, (order, rank, label) in labels)
    return document.knowing(Told(offers, tuple(things), tuple(concepts)))


def _remarked(remarks: Remarks) -> dict[str, Any]:
    return {"said": [(it.path, it.thing, it.sentence, it.rule, it.severity) for it in remarks.said]}


def _remarks(told: Mapping[str, Any]) -> Remarks:
    return Remarks(tuple(Remark(*it) for it in told["said"]))


def _hash(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
