"""Days in words, as people write them."""

import re
from datetime import date

_DUTCH = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = {"mrt": "maart", "okt": "oktober", "sept": "september"}
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+(?:Z|[-+][0-9:]+)?)?", re.ASCII)
_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})[-/. ](?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4})"),
    re.compile(r"(?P<day>[0-9]{1,2})[ -](?P<month>[A-Za-z]+)[.]?[ -](?P<year>[0-9]{4})"),
)


def dutch(day: date) -> str:
    """A day as Dutch people write it: 1 januari 2022."""
    return f"{day.day} {_DUTCH[day.month - 1]} {day.year}"


def told(text: str) -> str:
    """A day or a moment of ISO 8601 in Dutch, as its day; empty when the text is neither."""
    found = _MOMENT.fullmatch(text)
    try:
        return dutch(date.fromisoformat(found[1])) if found else ""
    except ValueError:
        return ""


def period(text: str) -> str:
    """Two days of ISO 8601 with a slash between them, in Dutch; empty when the text is not that."""
    first, slash, last = text.partition("/")
    days = told(first), told(last)
    return f"{days[0]} tot en met {days[1]}" if slash and all(days) else ""


def english(day: date) -> str:
    """A day in English: 1 January 2022."""
    return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"


def is_one(text: str) -> bool:
    """Whether the calendar has this day, as `2026-02-28`."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def read(text: str) -> date | None:
    """The day of a text: 3 februari 2021, 3 feb. 2021, 3-2-2021, 2021-02-03; else nothing.

    The day comes before the month, as Dutch people write it; a year has four digits.
    """
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    return _day(found) if found else None


def within(text: str) -> date | None:
    """The one day that a text has among other words, as in `vrijdag 5 maart 2021`; else nothing."""
    alone = [re.compile(rf"(?<![0-9]){form.pattern}(?![0-9])") for form in _FORMS]
    found = {_day(match) for form in alone for match in form.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _day(found: re.Match[str]) -> date | None:
    """The day that a form has; nothing when the calendar does not have it."""
    month = int(found["month"]) if found["month"].isdecimal() else _month(found["month"]) or 0
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """The number of a month by its name, or by three letters or more of it."""
    lower = word.casefold()
    named = [(_SHORT.get(lower) or lower, months) for months in (_DUTCH, _ENGLISH)]
    for start, months in named:
        found = [n for n, name in enumerate(months, 1) if name.casefold().startswith(start)]
        if len(start) >= 3 and len(found) == 1:
            return found[0]
    return None
