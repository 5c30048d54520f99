"""Days in words, as people write them."""

from datetime import date

_DUTCH = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def dutch(day: date) -> str:
    """A day as Dutch people write it: 1 januari 2022."""
    return f"{day.day} {_DUTCH[day.month - 1]} {day.year}"


def english(day: date) -> str:
    """A day in English: 1 January 2022."""
    return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"
