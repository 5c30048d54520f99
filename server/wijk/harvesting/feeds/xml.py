"""XML as feeds need it: well-formed whatever stands in a text, and the same bytes every time."""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from wijk.characters import legal

Element = ElementTree.Element
_HERE = "items"  # where the items come, and in no document


def element(name: str, **attributes: str) -> Element:
    """The outermost element; its attributes as they are, `_` for `:` in `xmlns_x`."""
    return Element(name, {key.replace("_", ":"): legal(it) for key, it in attributes.items()})


def child(name: str) -> Element:
    """An element that is to come among the items of a document."""
    return Element(name)


def add(
    parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None
) -> Element:
    """A child with a text and attributes, in this order; the name with its prefix, if any."""
    given = {key: legal(value) for key, value in (attributes or {}).items()}
    child = ElementTree.SubElement(parent, name, given)
    if text:
        child.text = legal(text)
    return child


def written(whole: Element, parent: Element, items: Iterable[Element]) -> bytes:
    """The document in UTF-8, with these items at the end of one of its elements.

    Each is written as it comes: ten thousand of them need not be in memory together.
    """
    depth = 0 if parent is whole else 1
    ElementTree.SubElement(parent, _HERE)
    ElementTree.indent(whole)
    before, _, after = _text(whole).partition(f"<{_HERE} />")
    between = "\n" + "  " * (depth + 1)
    pieces = [f'<?xml version="1.0" encoding="utf-8"?>\n{before.rstrip()}'.encode()]
    for item in items:
        ElementTree.indent(item, level=depth + 1)
        pieces.append(f"{between}{_text(item)}".encode())
    return b"".join((*pieces, f"{after}\n".encode()))


def _text(element: Element) -> str:
    text: str = ElementTree.tostring(element, encoding="unicode")
    return text
