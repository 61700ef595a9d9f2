"""A blockquote that opens with a bold known label, "> **Wist je dat?** …", is a callout."""

from __future__ import annotations

from markdown_it.token import Token

from blog.rendering.identifiers import Identifiers
from blog.rendering.labels import CALLOUTS
from blog.rendering.tokens import closing, inline, opening, plain_text, text

BOLD_TEXT = ("strong_open", "text", "strong_close")


def label_callouts(tokens: list[Token], identifiers: Identifiers) -> list[Token]:
    """Make callouts of the quotes that say they are one, each named by its label."""
    labelled: list[Token] = []
    open_quotes: list[Token] = []
    for index, token in enumerate(tokens):
        labelled.append(token)
        if token.type == "blockquote_open":
            open_quotes.append(token)
            if callout := take_label(tokens[index + 1 : index + 4]):
                kind, label = callout
                labelled += open_callout(token, kind, label, identifiers.make(label))
        elif token.type == "blockquote_close":
            token.tag = open_quotes.pop().tag
    return labelled


def take_label(paragraph: list[Token]) -> tuple[str, str] | None:
    """Cut the label from the front of a paragraph; answer its kind and how it is written."""
    if paragraph[0].type != "paragraph_open":
        return None
    children = paragraph[1].children or []
    if tuple(child.type for child in children[:3]) != BOLD_TEXT:
        return None
    callout = CALLOUTS.get(plain_text(children[:3]).strip().lower())
    if callout:
        del children[:3]
        trim_start(children)
        paragraph[0].hidden = paragraph[2].hidden = not children
    return callout


def trim_start(children: list[Token]) -> None:
    """Take away what separated the label from the text: a colon, a stop, a space, a line end."""
    if children and children[0].type == "text":
        children[0].content = children[0].content.lstrip(" \u00a0:.")
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
