"""A blockquote that opens with a bold known label, "> **Wist je dat?** …", is a callout."""

from __future__ import annotations

from markdown_it.token import Token

from blog.rendering.identifiers import Identifiers
from blog.rendering.labels import CALLOUTS
from blog.rendering.tokens import closing, inline, opening, plain_text, text


def label_callouts(tokens: list[Token], identifiers: Identifiers) -> list[Token]:
    """Make callouts of the quotes that say they are one, each named by its label."""
    result: list[Token] = []
    open_quotes: list[Token] = []
    remaining = iter(enumerate(tokens))
    for index, token in remaining:
        result.append(token)
        if token.type == "blockquote_close":
            token.tag = open_quotes.pop().tag
        elif token.type == "blockquote_open":
            open_quotes.append(token)
            first_paragraph = tokens[index + 1 : index + 4]
            if callout := take_label(first_paragraph):
                kind, label = callout
                result += open_callout(token, kind, label, identifiers.make(label))
                if not first_paragraph[1].children:
                    for _ in first_paragraph:
                        next(remaining)
    return result


def take_label(paragraph: list[Token]) -> tuple[str, str] | None:
    """Cut the label from the front of a paragraph; answer its kind and how it is written."""
    if paragraph[0].type != "paragraph_open":
        return None
    children = paragraph[1].children or []
    if [child.type for child in children[:3]] != [
        "strong_open",
        "text",
        "strong_close",
    ]:
        return None
    callout = CALLOUTS.get(plain_text(children[:3]).strip().lower())
    if callout:
        del children[:3]
        trim_start(children)
    return callout


def trim_start(children: list[Token]) -> None:
    """Take away what separated the label from the text: a colon, a space or a line end."""
    if children and children[0].type == "text":
        children[0].content = children[0].content.lstrip(" \u00a0:")
    while children and (children[0].type == "softbreak" or is_empty_text(children[0])):
        del children[0]


def is_empty_text(token: Token) -> bool:
    return token.type == "text" and not token.content


def open_callout(quote: Token, kind: str, label: str, identifier: str) -> list[Token]:
    """Turn the quote's opening tag into the callout's; answer the label that follows it."""
    quote.tag = "aside"
    quote.attrs = {
        "class": f"callout callout-{kind}",
        "role": "note",
        "aria-labelledby": identifier,
    }
    paragraph = opening("p", block=True, class_="callout-label", id=identifier)
    return [paragraph, inline([text(label)]), closing("p", block=True)]
