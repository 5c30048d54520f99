"""Numbers of things, in words."""


def counted(number: int, thing: str) -> str:
    """So many things: `1 document`, `2,000 documents`."""
    return f"{number:,} {thing}{'s' * (number != 1)}"
