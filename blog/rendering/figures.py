"""A picture alone in its paragraph is a figure; its title is the caption."""

from __future__ import annotations

from markdown_it.token import Token

from blog.rendering.tokens import closing, inline, opening, text
from blog.rendering.typography import typeset


def frame_figures(tokens: list[Token]) -> list[Token]:
    """Make figures of the paragraphs that hold one picture and nothing else."""
    framed: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type == "paragraph_close" and not token.hidden:
            paragraph, content = tokens[index - 2 : index]
            children = content.children or []
            if [child.type for child in children] == ["image"]:
                paragraph.type, paragraph.tag = "figure_open", "figure"
                framed += caption(children[0])
                token.type, token.tag = "figure_close", "figure"
        framed.append(token)
    return framed


def caption(image: Token) -> list[Token]:
    """The picture's title below it, when it has one."""
    title = typeset(str(image.attrs.pop("title", "")))
    if not title:
        return []
    return [
        opening("figcaption", block=True),
        inline([text(title)]),
        closing("figcaption", block=True),
    ]
