"""Who links to what is about to go, on the pages of the admin that ask once more."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from authors.models import Author
from blog.admin.pages import address_of
from blog.incoming_links import IncomingLinks, incoming_links
from blog.models import Post

register = template.Library()


@register.simple_tag
def links_to(target: Post | Author | Iterable[Post | Author]) -> IncomingLinks:
    """The live posts that link to a post, an author, or to one of several."""
    return incoming_links([target] if isinstance(target, Post | Author) else target)


@register.simple_tag
def form_address(kind: str, pk: int) -> str:
    """Where a post or plain page is edited."""
    return address_of("change", Post(kind=kind, pk=pk))
