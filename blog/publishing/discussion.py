"""Whether visitors can comment on a post, and which comments wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from blog import clock
from blog.log import record
from blog.models import LogRecord, Post
from blog.publishing.permissions import require_permission

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def open_comments(post: Post, *, by: User, opened: bool, reason: str = "") -> None:
    """Let visitors comment on a post, or no longer; they read since when, and the reason.

    Raises PermissionDenied when this user may not publish.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    if opened:
        post.comments_closed_at = None
    elif post.comments_open:
        post.comments_closed_at = clock.now()
    post.comments_open = opened
    post.comments_closed_reason = "" if opened else reason
    post.save(update_fields=["comments_open", "comments_closed_at", "comments_closed_reason"])
    detail = gettext("opened") if opened else gettext("closed")
    record(LogRecord.Action.COMMENTS, post, by=by, detail=detail, reason=reason)


@transaction.atomic
def moderate_comments(post: Post, *, by: User, moderation: str) -> None:
    """Choose which comments on a post wait: a value of `Moderation`, or "" for the site's.

    Raises PermissionDenied when this user may not publish.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    post.comments_moderation = moderation
    post.save(update_fields=["comments_moderation"])
