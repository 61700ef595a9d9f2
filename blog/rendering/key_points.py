"""`## In het kort` with a list, as the first section of a text, goes above the body."""

from __future__ import annotations

from markdown_it.token import Token

from blog.rendering import labels
from blog.rendering.identifiers import Identifiers
from blog.rendering.tokens import closing, opening, plain_text, text

OPEN, CLOSE = "key_points_open", "key_points_close"
LISTS = ("bullet_list_open", "ordered_list_open")


def frame_key_points(tokens: list[Token], identifiers: Identifiers) -> list[Token]:
    """Put the key points, heading and list, in a section of their own where they stand."""
    start = next((i for i, token in enumerate(tokens) if is_heading(token)), len(tokens))
    if not are_key_points(tokens[start : start + 4]):
        return tokens
    heading, title = tokens[start : start + 2]
    end = next(i for i in range(start + 4, len(tokens)) if tokens[i].level == 0) + 1
    identifier = identifiers.make(labels.KEY_POINTS)
    heading.attrs["id"] = identifier
    heading.level = 1  # Inside the section, so it makes no section of the text.
    title.children = [text(labels.KEY_POINTS)]
    frame_open = opening("section", block=True, class_="key-points", aria_labelledby=identifier)
    frame_close = closing("section", block=True)
    # Types of their own: a table in the list has a section around it too.
    frame_open.type, frame_close.type = OPEN, CLOSE
    return [*tokens[:start], frame_open, *tokens[start:end], frame_close, *tokens[end:]]


def is_heading(token: Token) -> bool:
    return token.type == "heading_open" and token.level == 0


def are_key_points(block: list[Token]) -> bool:
    """Whether this is the heading, in plain words and however it is written, and then a list."""
    if len(block) < 4 or block[0].tag != "h2" or block[3].type not in LISTS:
        return False
    children = block[1].children or []
    title = plain_text(children).rstrip(": ").lower()
    return [child.type for child in children] == ["text"] and title == labels.KEY_POINTS.lower()


def split_key_points(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The section with the key points, if there is one, and all the rest."""
    types = [token.type for token in tokens]
    if OPEN not in types:
        return [], tokens
    start, end = types.index(OPEN), types.index(CLOSE) + 1
    return tokens[start:end], tokens[:start] + tokens[end:]
