"""Numbers as Dutch people write them: `48.330`, `15,4`."""

from decimal import ROUND_HALF_UP, Decimal

_WORDS = (
    *("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf"),
)


def whole(number: int) -> str:
    """A whole number with a point between its thousands: 48330 is `48.330`."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float | Decimal, places: int) -> str:
    """A number with so many decimals behind a comma, rounded half up: 15.4 is `15,4`."""
    step = Decimal(1).scaleb(-places)
    rounded = Decimal(str(number)).quantize(step, ROUND_HALF_UP)
    return f"{rounded:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def as_written(number: str) -> str:
    """A decimal number of the graph with the decimals it has there: `1234.50` is `1.234,50`.

    What is no such number stays as it is.
    """
    head, point, tail = number.partition(".")
    digits = head.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or (point and not tail.isdigit()):
        return number
    return whole(int(head)) + (f",{tail}" if tail else "")


def counted(number: int, one: str, several: str) -> str:
    """How many there are, in words up to twelve: `één casus`, `zeven casussen`, `29 casussen`."""
    called = _WORDS[number] if 0 <= number < len(_WORDS) else whole(number)
    return f"{called} {one if number == 1 else several}"
