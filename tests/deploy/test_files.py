"""The unit, the container file and the page about them say what is so."""

import asyncio
import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from wijk.settings import Settings
from wijk.web.metrics import Metrics

from .conftest import DEPLOY, ROOT, Front, free_port

UNIT = DEPLOY / "wijk.service"
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")


def unit() -> dict[str, list[str]]:
    """The settings of the service, each with its values."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read(UNIT, encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").partition("[Service]")[2].splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    assert set(parser.sections()) == {"Unit", "Service", "Install"}
    return found


def commands() -> list[list[str]]:
    """What the container file runs."""
    text = CONTAINER.replace("\\\n", " ")
    return [shlex.split(line) for line in re.findall(r"^RUN (.+)$", text, re.M)]


def test_the_service_has_no_rights_it_does_not_need() -> None:
    found = unit()
    for name in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome"):
        assert found[name] == ["yes"]
    assert found["ProtectSystem"] == ["strict"]
    assert found["CapabilityBoundingSet"] == [""]
    assert (found["IPAddressDeny"], found["IPAddressAllow"]) == (["any"], ["localhost"])
    assert "MemoryMax" in found


def test_the_service_may_fork_and_limit_its_readers() -> None:
    found = unit()
    assert found["SystemCallFilter"] == ["@system-service"]
    assert not {"LimitNPROC", "LimitAS", "LimitDATA"} & found.keys()
    assert int(found["TasksMax"][0]) >= 100


@pytest.mark.parametrize("text", [UNIT.read_text(encoding="utf-8"), CONTAINER, PAGE])
def test_every_variable_that_is_named_is_a_setting(text: str) -> None:
    named = {name.lower() for name in re.findall(r"\bWIJK_([A-Z_]+)", text)}
    assert named
    assert named - Settings.__dataclass_fields__.keys() <= {"engine"}


def test_the_command_of_the_service_is_one_that_is_there() -> None:
    (command,) = unit()["ExecStart"]
    program, *arguments = command.split()
    assert Path(program).name == "wijk"
    help_text = subprocess.run(
        [sys.executable, "-m", "wijk", *arguments, "--help"], capture_output=True, check=False
    )
    assert help_text.returncode == 0


@pytest.mark.system
def test_systemd_takes_the_unit_and_finds_little_to_fear(tmp_path: Path) -> None:
    assert shutil.which("systemd-analyze"), "the Debian package is systemd"
    here = tmp_path / "wijk.service"
    text = UNIT.read_text(encoding="utf-8").replace("/opt/wijk/bin/wijk", sys.executable)
    here.write_text(text, encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    feared = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(here)],
        capture_output=True,
        check=False,
    )
    assert feared.returncode == 0, "an exposure of 2.0 or less"


def test_the_container_installs_as_the_makefile_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"^\t@\$\(PIP\) (install .+)$", makefile, re.M)[:2]
    assert "-m pip --disable-pip-version-check --quiet" in makefile
    pip = "-m pip --disable-pip-version-check --quiet "
    ran = [" ".join(command).partition(pip)[2] for command in commands()]
    assert ran[1:] == installs


def test_the_container_copies_what_is_there_and_runs_without_root() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.M)
    for name in (name for line in copied for name in line.split()):
        assert (ROOT / name).exists(), name
    folders = {"ontology", "data", "shapes", "queries", "server"}
    assert folders <= {name for line in copied for name in line.split()}
    *_, user = re.findall(r"^USER (.+)$", CONTAINER, re.M)
    assert not user.startswith(("0", "root"))
    for image in re.findall(r"^FROM (\S+)", CONTAINER, re.M):
        assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", image), "pinned by version"


@pytest.mark.system
def test_the_health_check_of_the_container_tells_health(front: Front) -> None:
    (found,) = re.findall(r"^HEALTHCHECK[^[]*(\[.+\])$", CONTAINER.replace("\\\n", " "), re.M)
    _, *arguments = json.loads(found)
    for port, healthy in ((front.behind.rpartition(":")[2], True), (str(free_port()), False)):
        ended = subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "WIJK_PORT": port},
            capture_output=True,
            check=False,
        )
        assert (ended.returncode == 0) is healthy


def test_the_page_tells_of_every_metric() -> None:
    text, _ = asyncio.run(Metrics(None).text("", 0))
    families = text_string_to_metric_families(text.decode())
    names = {family.name for family in families if not family.name.endswith("_created")}
    assert len(names) > 20
    told = set(re.findall(r"`(wijk_[a-z_]+)", PAGE))
    assert {name for name in names if not {name, f"{name}_total", f"{name}_info"} & told} == set()
