"""`[Dietary reference values]{lang=en}` is text in another language, for whoever hears it read."""

from __future__ import annotations

import re

from markdown_it.token import Token

from blog.rendering.tokens import closing, inlines, opening, text

# A language tag as BCP 47 has it, such as "en" or "zh-Hant-TW".
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
PIECE = re.compile(rf"[^\[\]]+|\[|\](?:\{{lang=({LANGUAGE.pattern})\}})?")


def mark_languages(tokens: list[Token]) -> None:
    """Put what is typed to be in another language in an element that says so."""
    for children in inlines(tokens):
        if any("]{lang=" in token.content for token in children):
            children[:] = mark_inline(children)


def mark_inline(children: list[Token]) -> list[Token]:
    """The running text of one block, with a bracket and its `]{lang=…}` as the two tags of a span.

    Both stand in the same element, and no span stands directly in another.
    """
    marked: list[Token] = []
    # For each element that is open, where the brackets stand that it opened and did not close.
    brackets: list[list[int]] = [[]]
    for token in children:
        if token.nesting == 1:
            brackets.append([])
        elif token.nesting == -1:
            brackets.pop()
        if token.type != "text":
            marked.append(token)
            continue
        for piece in PIECE.finditer(token.content):
            marked.append(text(piece[0]))
            if piece[0] == "[":
                brackets[-1].append(len(marked) - 1)
            elif piece[0].startswith("]") and brackets[-1]:
                start = brackets[-1].pop()
                if piece[1]:
                    marked[start] = opening("span", lang=piece[1])
                    marked[-1] = closing("span")
                    brackets[-1].clear()
    return marked
