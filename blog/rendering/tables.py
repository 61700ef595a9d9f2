"""Tables scroll in a box of their own, which the keyboard can reach."""

from __future__ import annotations

from markdown_it.token import Token

from blog.rendering import labels
from blog.rendering.tokens import closing, opening


def frame_tables(tokens: list[Token]) -> list[Token]:
    """Put every table in its box, and its alignment in classes instead of styles."""
    framed: list[Token] = []
    count = 0
    for token in tokens:
        if token.type == "table_open":
            count += 1
            framed.append(open_frame(count))
        if token.type in ("th_open", "td_open"):
            align_by_class(token)
        framed.append(token)
        if token.type == "table_close":
            framed.append(closing("section", block=True))
    return framed


def open_frame(number: int) -> Token:
    """The box around a table; from the second on its name has a number, to tell them apart."""
    name = labels.TABLE if number == 1 else f"{labels.TABLE} {number}"
    return opening(
        "section",
        block=True,
        class_="table-scroll",
        tabindex="0",
        aria_label=name,
    )


def align_by_class(cell: Token) -> None:
    """The page allows no style attributes; left is how a cell stands anyway."""
    alignment = str(cell.attrs.pop("style", "")).removeprefix("text-align:")
    if alignment in ("center", "right"):
        cell.attrs["class"] = f"align-{alignment}"
