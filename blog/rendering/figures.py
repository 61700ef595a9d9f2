"""A picture alone in its paragraph is a figure; its title is the caption."""

from __future__ import annotations

from markdown_it.token import Token

from blog.rendering.tokens import closing, inline, opening, text
from blog.rendering.typography import typeset


def frame_figures(tokens: list[Token]) -> list[Token]:
    """Make figures of the paragraphs that hold one picture and nothing else."""
    framed: list[Token] = []
    remaining = iter(enumerate(tokens))
    for index, token in remaining:
        if (
            token.type == "paragraph_open"
            and not token.hidden
            and holds_one_picture(tokens[index + 1])
        ):
            framed += figure(tokens[index + 1])
            next(remaining), next(remaining)
        else:
            framed.append(token)
    return framed


def holds_one_picture(content: Token) -> bool:
    return [child.type for child in content.children or []] == ["image"]


def figure(content: Token) -> list[Token]:
    """The picture in a figure of its own, with a caption when it has a title."""
    [image] = content.children or []
    caption = typeset(str(image.attrs.pop("title", "")))
    figcaption = [
        opening("figcaption", block=True),
        inline([text(caption)]),
        closing("figcaption", block=True),
    ]
    return [
        opening("figure", block=True),
        content,
        *(figcaption if caption else []),
        closing("figure", block=True),
    ]
