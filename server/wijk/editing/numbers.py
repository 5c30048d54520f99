"""Whole numbers as people write them, no longer than anyone needs."""

DIGITS = 18
"""So many digits at most: a number that fits in 64 bits, as databases keep it."""


def whole(text: str) -> int | None:
    """The number that a text of digits is; None when it is none, or longer than DIGITS."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None
