"""A page as its reader meets it: the text that shows, and the forms that can be sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

import html5lib

# What Django's test client answers: a response that remembers its templates and context, and for
# which the types have no public name.
Answer: TypeAlias = Any

NOT_SHOWN = {"head", "script", "style", "template", "title", "desc"}
RUNNING = {
    "a",
    "abbr",
    "b",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "s",
    "small",
    "span",
    "strong",
    "sup",
    "time",
}
TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " ", "\u202f": " "})


def parse(html: bytes | str, *, strict: bool = False) -> Element:
    """The tree of a page, as a browser builds it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=strict)
    # A page says its charset in a header; html5lib would guess.
    hint = {"transport_encoding": "utf-8"} if isinstance(html, bytes) else {}
    root: Element = parser.parse(html, **hint)
    return root


def classes(element: Element) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())


def all_with_class(root: Element, name: str) -> list[Element]:
    """Every element of this class, in the order of the page."""
    return [element for element in root.iter() if name in classes(element)]


def with_class(root: Element, name: str) -> Element:
    """The only element of this class."""
    found = all_with_class(root, name)
    assert len(found) == 1, f"{len(found)} elements of class {name}"
    return found[0]


def with_id(root: Element, name: str) -> Element:
    """The only element with this id."""
    found = [element for element in root.iter() if element.get("id") == name]
    assert len(found) == 1, f"{len(found)} elements with id {name}"
    return found[0]


def visible_text(element: Element) -> str:
    """The words that a reader sees, with plain quotes and single spaces."""
    return " ".join("".join(pieces(element)).translate(TYPOGRAPHY).split())


def pieces(element: Element) -> Iterator[str]:
    """The visible text, piece by piece; blocks stand apart."""
    if element.tag in NOT_SHOWN or "visually-hidden" in classes(element):
        return
    apart = "" if element.tag in RUNNING else " "
    yield apart + (element.text or "")
    for child in element:
        yield from pieces(child)
        yield child.tail or ""
    yield apart


def form_values(form: Element) -> dict[str, Any]:
    """What a browser would send of this form as it stands, apart from its buttons."""
    values: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.get("name")
        if not name or field.get("disabled") is not None:
            continue
        if sent := list(values_of(field)):
            values.setdefault(name, []).extend(sent)
    return values


def values_of(field: Element) -> Iterator[str]:
    """The values that one field adds to the form's data."""
    if field.tag == "textarea":
        yield re.sub(r"\r\n|\r|\n", "\r\n", field.text or "")
    elif field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and field.get("multiple") is None:
            chosen = options[:1]
        for option in chosen:
            yield option.get("value", option.text or "")
    elif field.tag == "input":
        kind = field.get("type", "text")
        if kind in {"submit", "button", "image", "file", "reset"}:
            return
        if kind in {"checkbox", "radio"} and field.get("checked") is None:
            return
        yield field.get("value", "on" if kind == "checkbox" else "")
