"""Finds what a name, a code or an identifier may stand for: candidates, scores and reasons."""

from wijk.matching.entities import Entity, Value
from wijk.matching.index import Found, Index
from wijk.matching.judging import Candidate, Given, Wanted, judged

__all__ = ("Candidate", "Entity", "Found", "Given", "Index", "Value", "Wanted", "judged")
