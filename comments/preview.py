"""A comment as it will look, before a moderator has read it."""

from __future__ import annotations

from django.utils.safestring import SafeString

from comments.formatting import format_comment, without_links


def preview(text: str) -> SafeString:
    """The text as HTML in which links are words: nobody has seen yet where they lead."""
    return without_links(format_comment(text))
