"""XML as feeds need it: well-formed whatever stands in a text, and the same bytes every time."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

Element = ElementTree.Element
# What XML 1.0 (section 2.2) has no place for, not even as a character reference.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, **attributes: str) -> Element:
    """The outermost element; its attributes as they are, `_` for `:` in `xmlns_x`."""
    return Element(name, {key.replace("_", ":"): cleaned(it) for key, it in attributes.items()})


def add(
    parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None
) -> Element:
    """A child with a text and attributes, in this order; the name with its prefix, if any."""
    given = {key: cleaned(value) for key, value in (attributes or {}).items()}
    child = ElementTree.SubElement(parent, name, given)
    if text:
        child.text = cleaned(text)
    return child


def written(whole: Element) -> bytes:
    """The document, in UTF-8."""
    ElementTree.indent(whole)
    text: str = ElementTree.tostring(whole, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def cleaned(text: str) -> str:
    """The text without the characters that XML cannot have."""
    return _IMPOSSIBLE.sub("", text)
