"""What OAI-PMH says of a request that cannot be answered (section 3.6)."""

from wijk.errors import WijkError


class ProtocolError(WijkError):
    """A request that the protocol does not allow; `code` is one of its eight codes."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
