"""The graph as shipped from which a case was withdrawn."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

CASE = "holybe"
REASON = "Op verzoek van de makers."


def without_a_case(folder: Path, root: Path) -> Path:
    """Copy the graph, withdraw the case and publish that; raises CalledProcessError if it fails."""
    for part in ("data", "ontology", "queries", "shapes"):
        copytree(root / part, folder / part)
    for act in (("withdraw", f"case:{CASE}", "--reason", REASON), ("publish",)):
        command = [sys.executable, "-m", "wijk", *act, "--graph", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
    return folder
