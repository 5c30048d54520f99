"""Searches as long as there is time, always from the same start."""

import os
import time
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

Made = TypeVar("Made")

# Servers are slower than a law about numbers; what was found is kept as a test, not in a folder.
_ROUND = settings(
    max_examples=30,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    print_blob=False,
)


def search(
    made: SearchStrategy[Made],
    holds: Callable[[Made], None],
    seconds: float,
    after: Callable[[], None] = lambda: None,
) -> None:
    """Try a law on round after round of made things; and `after` each round, one that stays.

    Every run begins with the same rounds, unless FUZZ_FIRST is the number of another one.
    """
    end = time.monotonic() + seconds
    for number in count(int(os.environ.get("FUZZ_FIRST", "0"))):

        def law(thing: Made) -> None:
            try:
                holds(thing)
            except BaseException as error:
                error.add_note(f"With: {thing!r:.4000}")
                raise

        try:
            seed(number)(_ROUND(given(made)(law)))()
        except BaseException as error:
            error.add_note(f"Once more: make fuzz FUZZ_FIRST={number}")
            raise
        after()
        if time.monotonic() >= end:
            return
