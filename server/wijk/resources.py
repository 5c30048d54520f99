"""Where the graph is: in the wheel, or at the root of a checkout."""

import os
from pathlib import Path

FOLDERS = ("ontology", "data", "shapes", "queries")


def graph_root(chosen: Path | None = None) -> Path:
    """The folder that holds the four graph folders: chosen, `WIJK_GRAPH`, or what came along."""
    named = chosen or os.environ.get("WIJK_GRAPH")
    return Path(named) if named else came_along()


def came_along() -> Path:
    """The graph that this package travels with."""
    package = Path(__file__).resolve().parent
    travelled = package / "graph"
    return travelled if travelled.is_dir() else package.parents[1]
