"""The graph as shipped from which a case was withdrawn."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

CASE = "holybe"
REASON = "Op verzoek van de makers."
MAIL = "redactie@buiten.nl"


def without_a_case(folder: Path, root: Path) -> Path:
    """Copy the graph, withdraw the case and publish that; somebody reads the mail there.

    Raises:
        CalledProcessError: a command fails.
    """
    for part in ("data", "ontology", "queries", "shapes"):
        copytree(root / part, folder / part)
    catalog = folder / "data" / "catalog.ttl"
    told = catalog.read_text("utf-8")
    catalog.write_text(told.replace("beheer@wijk.invalid", MAIL), "utf-8")
    for act in (("withdraw", f"case:{CASE}", "--reason", REASON), ("publish",)):
        command = [sys.executable, "-m", "wijk", *act, "--graph", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
    return folder
