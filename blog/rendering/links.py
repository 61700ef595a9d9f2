"""Links and pictures: own content is looked up, strange addresses lose their link."""

from __future__ import annotations

import re

from markdown_it.token import Token

from blog.rendering.addresses import is_own_address, is_safe_address
from blog.rendering.result import Known
from blog.rendering.tokens import closing, inlines, opening, plain_text, text

# A slug may be as long as the column that keeps it; the rest of the address is the fragment.
REFERENCE = re.compile(r"((?:author|image|post):[\w-]{1,100})(?:#(.*))?", re.ASCII)
PLAIN_ADDRESS = re.compile(r"/blog/([\w-]{1,100})/(?:#(.*))?", re.ASCII)


def name_references(tokens: list[Token]) -> tuple[str, ...]:
    """What the text links to or shows of the site's own content: "post:slug" and the like."""
    addresses = (address_of(token) for children in inlines(tokens) for token in children)
    names = (reference(address) for address in addresses)
    return tuple(dict.fromkeys(name for name, _fragment in filter(None, names)))


def reference(address: str) -> tuple[str, str] | None:
    """The name of the own content that an address means, and the fragment behind it."""
    if named := REFERENCE.fullmatch(address):
        return named[1], named[2] or ""
    if plain := PLAIN_ADDRESS.fullmatch(address):
        return f"post:{plain[1]}", plain[2] or ""
    return None


def resolve_links(tokens: list[Token], known: Known) -> None:
    """Lead links and pictures where they may lead."""
    for children in inlines(tokens):
        children[:] = resolve_inline(children, known)


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
    """The address that a reader gets; nothing when a reference leads to nothing public.

    A plain address that the caller does not know stays as it was typed.
    """
    named = reference(address)
    if not named:
        return address
    name, fragment = named
    target = known.targets.get(name)
    if not target:
        return address if address.startswith("/") else ""
    if not target.public:
        return ""
    return f"{target.url}#{fragment}" if fragment else target.url
