"""What readers look for: every word that they type stands in what they find."""

from __future__ import annotations

import re

from blog.models import Post
from blog.querysets import PostQuerySet

MOST_CHARACTERS = 100
MOST_WORDS = 8
# Quotation marks part words too: a phone types ’ where a text may have '.
WORD = re.compile(r"[^\s\"'‘’“”„]+")


def typed_query(query: str) -> str:
    """What was typed, on one line, without control characters and not longer than we look for."""
    printable = "".join(sign if sign.isprintable() else " " for sign in query[:MOST_CHARACTERS])
    return " ".join(printable.split())


def look_for(query: str) -> PostQuerySet:
    """The public posts and pages that contain every word; none for a query without words."""
    words = WORD.findall(query)[:MOST_WORDS]
    found = PostQuerySet(Post).published()
    return found.containing(words) if words else found.none()
