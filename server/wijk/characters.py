"""Which characters a text may have where it goes."""

import re

# What XML 1.0 (section 2.2) has no place for, not even as a character reference.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# C0, DEL and C1; what turns the direction of writing (UAX 9); and what is no character at all.
_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

# The ends of lines of other programs: Word has a vertical tab within a paragraph.
_LINE_ENDS = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
# What has no width, what turns the direction of writing (UAX 9), and tags (UTS 51).
_HIDDEN = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


def entered(text: str) -> str:
    """A text as people see it when they type or paste it: every end of a line is one character.

    What nobody sees of it is left out: `queries/checks/control-character.rq` has no place for it.
    """
    return _HIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def legal(text: str, instead: str = "") -> str:
    """The text without the characters that XML 1.0 cannot have, or with another instead."""
    return _NOT_IN_XML.sub(instead, text)


def visible(text: str) -> str:
    """The text on one line, as it may go to a terminal.

    What a terminal obeys rather than shows (control characters, those that turn the direction of
    writing) and what is no character is written as in Turtle: `\\u202E`.
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04X}", text)
