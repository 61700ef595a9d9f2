"""Links and pictures: own content is looked up, strange addresses lose their link."""

from __future__ import annotations

import re

from markdown_it.token import Token

from blog.rendering.addresses import is_own_address, is_safe_address
from blog.rendering.result import Known
from blog.rendering.tokens import closing, inlines, opening, plain_text, text

REFERENCE = re.compile(r"(?:author|image|post):.+")


def resolve_links(tokens: list[Token], known: Known) -> tuple[str, ...]:
    """Lead links and pictures where they may lead; answer the references to own content."""
    references: dict[str, None] = {}
    for children in inlines(tokens):
        addresses = [address_of(token) for token in children]
        references.update(dict.fromkeys(filter(REFERENCE.fullmatch, addresses)))
        children[:] = resolve_inline(children, known)
    return tuple(references)


def resolve_inline(children: list[Token], known: Known) -> list[Token]:
    """The running text of one block, with the links and pictures that a reader gets."""
    resolved: list[Token] = []
    in_link = False  # One flag is enough: Markdown has no link inside a link.
    for token in children:
        if token.type == "link_open":
            address = resolve(address_of(token), known)
            token.attrs["href"] = address
            if in_link := is_safe_address(address):
                resolved.append(token)
        elif token.type == "link_close":
            if in_link:
                resolved.append(token)
            in_link = False
        elif token.type == "image":
            resolved.extend(resolve_image(token, known, in_link=in_link))
        else:
            resolved.append(token)
    return resolved


def resolve_image(image: Token, known: Known, *, in_link: bool) -> list[Token]:
    """The picture when it is our own; else a link to it, for no page loads from another host."""
    address = resolve(address_of(image), known)
    if is_own_address(address):
        image.attrs["src"] = address
        image.attrs["loading"] = "lazy"
        return [image]
    description = [text(plain_text(image.children or []) or address)]
    if in_link or not is_safe_address(address):
        return description
    return [opening("a", href=address), *description, closing("a")]


def address_of(token: Token) -> str:
    """Where a link or a picture points, as typed; nothing for any other token."""
    return str(token.attrs.get("href") or token.attrs.get("src") or "")


def resolve(address: str, known: Known) -> str:
    """The address that a reader gets; nothing when a reference leads to nothing public."""
    if REFERENCE.fullmatch(address):
        return known.public_url(address) or ""
    return address
