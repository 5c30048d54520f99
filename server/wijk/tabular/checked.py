"""What was read of a workbook as findings, for who tells those of graphs and workbooks alike."""

from rdflib import Literal

from wijk import turtle
from wijk.checking.findings import Finding
from wijk.tabular import english
from wijk.tabular.problems import FOUT, LET_OP, Problem

RULE = "https://w3id.org/wijk/shape#workbook-"
"""What the rules about cells begin with."""
_SEVERITIES = {FOUT: "violation", LET_OP: "warning"}
MEDIA_TYPES = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
    "text/csv",
    "text/tab-separated-values",
)
"""What a workbook or table can be sent as."""


def finding(problem: Problem) -> Finding:
    """One finding about a cell as one of the check."""
    said = {"nl": problem.text, "en": english.told(problem)}
    return Finding(
        f"{RULE}{problem.code}",
        _SEVERITIES.get(problem.level, "info"),
        said,
        file=problem.spot.shown(),
        value=turtle.term(Literal(problem.value)) if problem.value else "",
        field={"nl": problem.field, "en": problem.field},
        sentence=said,
        suggested=(problem.nearest,) if problem.nearest else (),
    )
