"""The wastebasket: out of readers' sight, and nothing lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from blog import clock
from blog.log import record
from blog.models import LogRecord, Post
from blog.publishing.permissions import require_permission
from blog.stored_renderings import follow_links

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def throw_away(post: Post, *, by: User) -> None:
    """Put a post in the wastebasket, with its comments; readers no longer see it."""
    post = post.locked()
    require_permission(by, "delete", post)
    if post.deleted_at:
        # The first moment stays: it says whether readers ever saw the post.
        return
    post.deleted_at = clock.now()
    post.save(update_fields=["deleted_at"])
    record(LogRecord.Action.THROWN_AWAY, post, by=by)
    transaction.on_commit(partial(follow_links, post.pk))


@transaction.atomic
def take_back(post: Post, *, by: User) -> None:
    """Take a post out of the wastebasket, as it was."""
    post = post.locked()
    require_permission(by, "delete", post)
    if post.deleted_at is None:
        return
    post.deleted_at = None
    post.save(update_fields=["deleted_at"])
    record(LogRecord.Action.TAKEN_BACK, post, by=by)
    transaction.on_commit(partial(follow_links, post.pk))
