"""The check: syntax, references, shapes and whole-graph rules, as findings for an editor."""

from wijk.checking.check import check, narrowed, remarks
from wijk.checking.findings import Finding, report
from wijk.checking.rules import Ask

__all__ = ["Ask", "Finding", "check", "narrowed", "remarks", "report"]
