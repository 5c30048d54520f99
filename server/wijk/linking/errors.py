"""What can go wrong with registers and services of others."""

from wijk.errors import WijkError


class RegisterError(WijkError):
    """A register of municipalities that cannot be used."""

    def __init__(self, source: object, problem: str, remedy: str = "") -> None:
        super().__init__(f"{source}: {problem}. {remedy}".strip())


class SourceError(WijkError):
    """A service or file of others gives nothing that can be used; `where` is its address."""

    def __init__(self, where: object, message: str) -> None:
        super().__init__(message)
        self.where = str(where)


class SourceUnavailable(SourceError):
    """Nothing useful answers, also after some time."""

    def __init__(self, where: object, tries: int, problem: str) -> None:
        times = "once" if tries == 1 else f"{tries} times"
        super().__init__(
            where, f"{where} was asked {times} without success ({problem}). Try again later."
        )


class SourceRefuses(SourceError):
    """A service does not want this request; `status` is that of HTTP."""

    def __init__(self, where: object, status: int, reason: str) -> None:
        said = f" with status {status}" if status else ""
        super().__init__(
            where,
            f"{where} refuses{said}: {reason or 'no reason given'}. "
            "Check the address and what was asked.",
        )
        self.status = status
        self.reason = reason


class SourceUnreadable(SourceError):
    """An answer or file that is not what it should be."""

    def __init__(self, where: object, problem: str, line: int | None = None) -> None:
        place = f", line {line}" if line else ""
        super().__init__(where, f"{where}{place}: {problem.rstrip('.')}.")
        self.line = line
