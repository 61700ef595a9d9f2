"""Making and reading markdown-it's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

# A stand-in for what is no text (code, a picture) where neighbours of text are looked at.
OBJECT = "\ufffc"


def opening(tag: str, *, block: bool = False, **attributes: str) -> Token:
    """An opening tag; `class_` and `aria_label` are written the way Python allows."""
    attrs: dict[str, str | int | float] = {
        name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()
    }
    return Token(f"{tag}_open", tag, 1, attrs=attrs, block=block)


def closing(tag: str, *, block: bool = False) -> Token:
    """The closing tag that belongs to `opening`."""
    return Token(f"{tag}_close", tag, -1, block=block)


def text(content: str) -> Token:
    """A piece of running text, escaped when it is written out."""
    return Token("text", "", 0, content=content)


def html(content: str) -> Token:
    """A piece of our own HTML; nothing typed becomes this token, for raw HTML is switched off."""
    return Token("html_inline", "", 0, content=content)


def inline(children: list[Token]) -> Token:
    """The running text of one block."""
    return Token("inline", "", 0, children=children)


def inlines(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The running text of every block, as a list that may be changed in place."""
    for token in tokens:
        if token.type == "inline" and token.children is not None:
            yield token.children


def plain_text(children: Sequence[Token]) -> str:
    """The words of some running text, without marks, pictures and citations."""
    pieces = []
    for token in children:
        if token.type in ("text", "code_inline"):
            pieces.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
    return "".join(pieces)


def count_words(tokens: Iterable[Token]) -> int:
    """How many words there are to read; a loose dash or dot is no word."""
    words = (word for children in inlines(tokens) for word in plain_text(children).split())
    return sum(any(character.isalnum() for character in word) for word in words)
