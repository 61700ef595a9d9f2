"""Which wording of a comment stands in its row."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from comments.formatting import VERSION, format_comment
from comments.models import Comment, Version


def put_on_row(comment: Comment, wording: Version) -> None:
    """Put a wording on the row (not yet saved); the one that stood there is kept beside it."""
    if wording.number == comment.version:
        return
    Version.objects.update_or_create(
        comment=comment,
        number=comment.version,
        defaults={"name": comment.name, "text": comment.text, "set_aside_at": timezone.now()},
    )
    comment.name = wording.name
    comment.text = wording.text
    comment.version = wording.number
    comment.text_digest = digest(wording.text)
    comment.html, comment.html_version = "", 0


def store_html(comment: Comment) -> None:
    """Keep the text of the row as HTML (not yet saved), so that a thread need not make it."""
    comment.html, comment.html_version = format_comment(comment.text), VERSION


def digest(text: str) -> str:
    """The same for texts that differ in case and spaces only."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()
