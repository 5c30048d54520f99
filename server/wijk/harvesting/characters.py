"""Which characters a text may have where it goes."""

import re

# What XML 1.0 (section 2.2) has no place for, not even as a character reference.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 cannot have."""
    return _NOT_IN_XML.sub("", text)
