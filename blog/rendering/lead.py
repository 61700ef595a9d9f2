"""The lead: the paragraph that a text opens with, which the page shows above everything else."""

from __future__ import annotations

from markdown_it.token import Token


def split_lead(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The running text of the lead and all that follows it.

    A picture may come before the lead. Anything else means that the text has none: taking a
    paragraph from below a list or a callout would tear it from what it belongs to.
    """
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting == 1 and token.tag not in ("figure", "figcaption"):
            if token.type == "paragraph_open":
                return [tokens[index + 1]], tokens[:index] + tokens[index + 3 :]
            break
        if token.type in ("hr", "fence", "code_block"):
            break
    return [], tokens
