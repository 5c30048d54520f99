"""The house rules that no other tool holds."""

import ast
import json
import re
import subprocess
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
import wijk
from rdflib import OWL, URIRef
from wijk.namespaces import ONTOLOGY
from wijk.snapshot import Snapshot

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "server" / "wijk").rglob("*.py"))
PYTHON = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
LOCKS = sorted(ROOT.glob("requirements*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Where the name to import is not that of the distribution.
IMPORTED = {
    "pyyaml": "yaml",
    "prometheus-client": "prometheus_client",
    "python-multipart": "starlette.formparsers",  # which cannot do without it
}


def kept() -> list[Path]:
    """Every text file that git keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_registry() -> None:
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "--index" + "-url")
    for path in kept():
        text = path.read_bytes().decode("utf-8", "replace")
        assert not [host for host in hosts if host in text], path


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_pins_everything_with_hashes(path: Path) -> None:
    entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())
    entries = [entry for entry in entries if not entry.startswith("#")]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry
        assert "://" not in entry


def test_a_lock_file_of_node_pins_everything_with_hashes_and_names_no_address() -> None:
    for path in ROOT.glob("tests/*/*/package-lock.json"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path
        first, *installed = json.loads(text)["packages"].values()
        assert [it for it in first["dependencies"].values() if not it[0].isdigit()] == []
        assert [it for it in installed if not it["integrity"].startswith("sha512-")] == []
        assert len(installed) > 50


def test_what_runs_is_pinned_the_same_in_every_lock_file() -> None:
    pins = {path.name: dict(re.findall(r"^(\S+)==(\S+)", path.read_text(), re.M)) for path in LOCKS}
    run, test, everything = (
        pins[name] for name in ("requirements.txt", "requirements-test.txt", "requirements-all.txt")
    )
    assert run.items() <= test.items() <= everything.items()


def test_a_module_is_small_and_says_what_it_is_for() -> None:
    long = [it for it in MODULES if len(it.read_text(encoding="utf-8").splitlines()) >= 250]
    assert long == []
    assert [path for path in MODULES if not ast.get_docstring(tree(path))] == []


def test_a_public_function_says_what_it_does() -> None:
    for path in MODULES:
        for function in public(tree(path)):
            assert ast.get_docstring(function), f"{path}: {function.name}"


@cache
def tree(path: Path) -> ast.Module:
    """What stands in a file of Python."""
    return ast.parse(path.read_text(encoding="utf-8"))


def public(module: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The public functions of a module, and the public methods of its public classes."""
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    nodes = [*module.body]
    nodes += [part for each in classes if not each.name.startswith("_") for part in each.body]
    return [
        node
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
    ]


def test_a_function_is_small() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in PYTHON
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) >= 30
    ]
    assert long == []


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function with its signature, without its docstring."""
    first = node.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def test_no_module_catches_everything() -> None:
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                narrow = caught not in ("", "Exception", "BaseException")
                assert passed_on or narrow, f"{path}, line {node.lineno}"


def test_every_dependency_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    for requirement in PROJECT["project"]["dependencies"]:
        name = re.split(r"[<>=]", requirement)[0]
        module = IMPORTED.get(name, name)
        assert re.search(rf"^\s*(import|from) {module}\b", text, re.M), name


def test_every_import_is_a_dependency() -> None:
    names = {re.split(r"[<>=]", text)[0] for text in PROJECT["project"]["dependencies"]}
    known = {IMPORTED.get(name, name) for name in names} | {"wijk", "starlette"}
    standard = __import__("sys").stdlib_module_names
    for path in MODULES:
        for node in ast.walk(tree(path)):
            for name in imported(node):
                assert name in known or name in standard, f"{path.name}: {name}"


def imported(node: ast.AST) -> list[str]:
    """The packages that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module.partition(".")[0]]
    return []


def test_versions_agree(shipped: Snapshot) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.M)
    assert newest is not None
    assert newest[1] == wijk.__version__ == metadata.version("wij-in-de-wijk")
    ontology = shipped.documents[ONTOLOGY].graph
    version = str(ontology.value(URIRef(ONTOLOGY), OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert f"`wijk:` {version}" in changelog


def test_the_changelog_tells_ontology_data_and_software_apart() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for part in changelog.split("\n## ")[1:]:
        headings = re.findall(r"^### (\w+)", part, re.M)
        assert headings
        assert set(headings) <= {"Ontology", "Data", "Software"}
