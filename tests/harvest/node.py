"""The harvesters that run on Node: pinned in `node/`, put in .build/harvest by `make test-all`.

All of them run on the Node 22 of that list, whatever the system has.
"""

import json
import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "node"
ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".build" / "harvest"
COMUNICA = ROOT / ".build" / "comunica"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = re.compile(r"^((?:<[^>]*>|_:\S+) <[^>]*> )([-+.\deE]+|true|false)(?= )", re.MULTILINE)
MISSING = "{} is not there; run: make test-all, or: make .build/harvest/.made .build/comunica/.made"


@dataclass(frozen=True)
class Checked:
    """What SHACL shapes found: the nodes they looked at, and the results right below the report."""

    seen: Sequence[str]
    found: Sequence[Mapping[str, str]]

    @property
    def violations(self) -> list[Mapping[str, str]]:
        """What breaks the shapes; warnings and infos do not."""
        return [one for one in self.found if one["severity"] == "Violation"]


def node() -> Path:
    """The program itself, of the version in the list."""
    kind = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    program = TOOLS / "node_modules" / f"node-linux-{kind}" / "bin" / "node"
    assert program.exists(), MISSING.format(program)
    return program


def start(*command: str | Path, folder: Path = TOOLS, **variables: str) -> subprocess.Popen[str]:
    """Start a tool that goes on, such as a harvester that follows; the caller ends it."""
    return subprocess.Popen(
        [node(), *command],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(
    *command: str | Path, folder: Path = TOOLS, timeout: float = 120, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a tool until it ends: its exit status and what it said, whatever that is.

    Raises subprocess.TimeoutExpired, with the tool ended, after that many seconds.
    """
    with start(*command, folder=folder, **variables) as process:
        try:
            out, err = process.communicate(timeout=timeout)
        finally:
            process.kill()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def program(name: str, folder: Path = TOOLS) -> Path:
    """A program of the list, such as `ldes-client` or `spectral`, to give to `run` or `start`."""
    path = folder / "node_modules" / ".bin" / name
    assert path.exists(), MISSING.format(path)
    return path


def script(name: str) -> Sequence[str]:
    """A script of `node/` as the first words of a command; it finds the tools from .build."""
    return ["--input-type=module", "--eval", (HERE / name).read_text(encoding="utf-8")]


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What a tool wrote, when it ended well."""
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def dereferenced(url: str) -> str:
    """The RDF that rdf-dereference finds at an address, in N-Quads; it also looks in HTML."""
    return said(run(*script("dereference.mjs"), url))


def ldes(url: str, *options: str | Path, timeout: float = 120) -> str:
    """What ldes-client writes of the members of a stream, in N-Quads.

    It writes a number or a truth value without its datatype, as Turtle may and N-Quads may not.
    """
    found = said(run(program("ldes-client"), url, *options, timeout=timeout))
    return _BARE.sub(lambda it: f'{it[1]}"{it[2]}"^^<{_XSD}{_datatype(it[2])}>', found)


def _datatype(text: str) -> str:
    if text in ("true", "false"):
        return "boolean"
    return "double" if "e" in text.lower() else "decimal" if "." in text else "integer"


def comunica(query: str, *words: str, media_type: str = "application/json") -> str:
    """What Comunica answers from sources, and options after them.

    `sparql@URL` is an endpoint, a bare URL a document; what a document says is in a graph of its
    own, which `--unionDefaultGraph` makes a query see.
    """
    name = program("comunica-sparql", COMUNICA)
    return said(run(name, *words, "-q", query, "-t", media_type, folder=COMUNICA))


def shacl(shapes: Path, data: Path) -> Checked:
    """What shacl-engine, the engine of the NDE register, finds in data in Turtle or N-Quads."""
    return Checked(**json.loads(said(run(*script("shacl.mjs"), shapes, data))))


def html(pages: Path, settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The findings of html-validate about the pages in a folder: name, rule, line, message."""
    done = said(run(*script("html.mjs"), pages, json.dumps(settings)))
    found: list[Mapping[str, Any]] = json.loads(done)
    return found


def probed(distributions: Iterable[Mapping[str, str]], folder: Path) -> list[Mapping[str, Any]]:
    """What the probe of the NDE register finds at distributions: url, mimeType, protocol."""
    listed = folder / "distributions.json"
    listed.write_text(json.dumps(list(distributions)), encoding="utf-8")
    found: list[Mapping[str, Any]] = json.loads(said(run(*script("probe.mjs"), listed)))
    return found


def spectral(document: Path, ruleset: Path) -> list[Mapping[str, Any]]:
    """The findings of Spectral about an OpenAPI document: code, message, path, severity (0 error).

    It also ends with an exit status of 1 when it finds something, which is an answer.
    """
    done = run(program("spectral"), "lint", document, "-r", ruleset, "-f", "json", "--quiet")
    assert done.returncode in (0, 1), done.stderr or done.stdout
    found: list[Mapping[str, Any]] = json.loads(done.stdout[done.stdout.index("[") :])
    return found
