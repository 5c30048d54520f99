"""What the engine that comes along takes and gives."""

import os
from dataclasses import dataclass, field

from wijk.engine import gate

_MIB = 1024 * 1024


@dataclass(frozen=True)
class EngineLimits:
    """What one query may take, and how many there may be."""

    seconds: float = 10.0
    answer: int = 50 * _MIB
    memory: int = 1024 * _MIB
    at_once: int = max(2, os.cpu_count() or 1)
    queue: int = 256
    queue_seconds: float = 3.0
    cache: int = 32 * _MIB
    per_reader: int = 1000
    spool: int = 256 * _MIB
    query: gate.Limits = field(default_factory=gate.Limits)


GONE = "The processes that hold the graph do not answer. Ask again soon."
TOO_COMPLEX = (
    "The query needs more memory than it may have, or is too complex. "
    "Ask for less at once, or split it."
)
