"""Makes the dumps of a case base in a folder, and keeps what there is to know of them.

Everything comes from the documents as they were published. The same content gives the same bytes.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from wijk.harvesting.dumps import csvw, geojson, tables
from wijk.harvesting.dumps.about import About
from wijk.harvesting.dumps.asked import Asked
from wijk.harvesting.dumps.columns import Row
from wijk.harvesting.dumps.content import FILES, Content
from wijk.harvesting.dumps.statements import WRITERS, Read
from wijk.harvesting.rights import CASES
from wijk.remembered import software

LISTED = "dumps.json"
"""The file with what there is to know of the dumps in its folder."""
GZIP = "gzip"
_LEVEL = 6


@dataclass(frozen=True)
class Dump:
    """One file: what is in it, how many bytes it has, and their SHA-256 in hexadecimal."""

    dataset: str
    name: str
    media_type: str
    size: int
    sha256: str
    encoding: str = ""
    """Nothing, or gzip: then the media type is that of what was packed."""
    delimiter: str = ""
    """What stands between the cells of a CSV file."""

    @property
    def plain(self) -> str:
        """The name of the same file unpacked."""
        return self.name.removesuffix(".gz")


@dataclass(frozen=True)
class Dumps:
    """All files of one version, in one folder."""

    folder: Path
    all: tuple[Dump, ...]
    about: Mapping[str, About] = field(default_factory=dict)
    """What the dumps of each dataset say of themselves, by its name."""

    def of(self, dataset: str) -> tuple[Dump, ...]:
        """The files of one dataset: `cases`, `thesaurus`, `areas` or `figures`."""
        return tuple(each for each in self.all if each.dataset == dataset)

    def find(self, name: str) -> Dump | None:
        """The file of that name."""
        return next((each for each in self.all if each.name == name), None)

    def path(self, dump: Dump) -> Path:
        """Where a file is."""
        return self.folder / dump.name


@dataclass(frozen=True)
class Order:
    """What the dumps are to be made from."""

    content: Content
    about: Mapping[str, About]
    prefixes: Mapping[str, str]
    context: Mapping[str, Any] | None
    address: str
    """Where people find the pages, without a slash at its end."""
    query: str
    """The query behind the records of cases, queries/pages/harvest-cases.rq."""

    @cached_property
    def digest(self) -> str:
        """What tells these dumps from others."""
        told = {name: str(each) for name, each in self.about.items()}
        said = [software(), self.content.digest, told, dict(self.prefixes), self.context]
        text = json.dumps([*said, self.address, self.query])
        return hashlib.sha256(text.encode()).hexdigest()


def made(order: Order, folder: Path) -> Dumps:
    """Make all dumps in an empty folder; a dataset without documents has none.

    Raises:
        TurtleSyntaxError: the content of a version cannot be read.
        OSError: the folder cannot be written to.
    """
    asked = Asked(order.query, order.content.base)
    found = [each for name in FILES for each in _dataset(order, name, folder, asked)]
    if order.content.of(CASES):
        found += _tables(order, folder, asked)
    found.sort(key=lambda it: [*FILES].index(it.dataset))
    listed = Dumps(folder, tuple(found), order.about)
    told = {
        "dumps": [asdict(each) for each in listed.all],
        "digest": order.digest,
    }
    (folder / LISTED).write_text(json.dumps(told), encoding="utf-8")
    return listed


def there(order: Order, folder: Path) -> Dumps | None:
    """The dumps that were made in a folder before, when they are those that are asked for."""
    found = listed(order, folder)
    try:
        whole = found and all(_hashed(found.path(it)) == it.sha256 for it in found.all)
    except OSError:
        return None
    return found if whole else None


def listed(order: Order, folder: Path) -> Dumps | None:
    """The same, as they were when they were made: the files may be gone."""
    try:
        told = json.loads((folder / LISTED).read_bytes())
        found = tuple(Dump(**each) for each in told["dumps"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return Dumps(folder, found, order.about) if told.get("digest") == order.digest else None


def _dataset(order: Order, dataset: str, folder: Path, asked: Asked) -> Iterator[Dump]:
    parts = order.content.of(dataset)
    if not parts:
        return
    writers = [writer() for writer in WRITERS]
    paths = [folder / f"{FILES[dataset]}{writer.suffix}" for writer in writers]
    with ExitStack() as opened:
        files = [opened.enter_context(path.open("wb")) for path in paths]
        for writer, out in zip(writers, files, strict=True):
            writer.begin(out, order.about[dataset], order.prefixes, order.context)
        for part in parts:
            read = Read(part, part.graph, order.prefixes, order.context)
            asked.add(read)
            for writer, out in zip(writers, files, strict=True):
                writer.add(out, read)
        for writer, out in zip(writers, files, strict=True):
            writer.end(out)
    for writer, path in zip(writers, paths, strict=True):
        yield from _listed(dataset, path, writer.media_type)


def _tables(order: Order, folder: Path, asked: Asked) -> Iterator[Dump]:
    """The cases as tables and as points on a map."""
    about, name = order.about[CASES], FILES[CASES]
    rows = [
        Row(record, f"{order.address}/doc/case/{record.slug}", about.licence)
        for record in asked.records(order.content)
    ]
    for stem, delimiter in ((name, tables.COMMA), (f"{name}-excel", tables.SEMICOLON)):
        path, beside = folder / f"{stem}.csv", folder / f"{stem}.csv{csvw.SUFFIX}"
        tables.write_csv(path, rows, delimiter)
        csvw.write(beside, path.name, delimiter, about)
        for made in _listed(CASES, path, tables.CSV):
            yield replace(made, delimiter=delimiter)
        yield _measured(CASES, beside, csvw.MEDIA_TYPE)
    tables.write_xlsx(folder / f"{name}.xlsx", rows, about)
    yield _measured(CASES, folder / f"{name}.xlsx", tables.XLSX)
    geojson.write(folder / f"{name}.geojson", rows, about)
    yield from _listed(CASES, folder / f"{name}.geojson", geojson.MEDIA_TYPE)


def _listed(dataset: str, path: Path, media_type: str) -> Iterator[Dump]:
    """A file, and the same packed."""
    packed = path.with_name(f"{path.name}.gz")
    with (
        path.open("rb") as plain,
        packed.open("wb") as out,
        gzip.GzipFile("", "wb", _LEVEL, out, mtime=0) as packing,
    ):
        shutil.copyfileobj(plain, packing, 1024 * 1024)
    yield _measured(dataset, path, media_type)
    yield _measured(dataset, packed, media_type, GZIP)


def _measured(dataset: str, path: Path, media_type: str, encoding: str = "") -> Dump:
    size, digest = path.stat().st_size, _hashed(path)
    return Dump(dataset, path.name, media_type, size, digest, encoding)


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
