"""Writes down what editors do, in the transaction in which they do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blog.models import LogRecord, Post

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def record(
    action: LogRecord.Action,
    post: Post,
    *,
    by: User | None,
    detail: str = "",
    reason: str = "",
) -> None:
    """Note what somebody did to a post; `by` is nobody where time did it."""
    LogRecord.objects.create(
        action=action,
        by=by,
        by_name=str(by or ""),
        kind=post.kind,
        subject=str(post.uid),
        title=post.title,
        detail=detail,
        reason=reason,
    )
