"""What editors decide about comments; each step is recorded with who and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from comments.models import Comment, Decision

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def approve(comment: Comment, *, by: User, reason: str = "") -> Comment:
    """Show a comment to readers."""
    return _decide(comment, Comment.Status.APPROVED, by=by, reason=reason)


def reject(comment: Comment, *, by: User, reason: str = "") -> Comment:
    """Keep a comment from readers, or take it away from them."""
    return _decide(comment, Comment.Status.REJECTED, by=by, reason=reason)


def mark_spam(comment: Comment, *, by: User, reason: str = "") -> Comment:
    """Keep a comment from readers because it is spam."""
    return _decide(comment, Comment.Status.SPAM, by=by, reason=reason)


@transaction.atomic
def _decide(comment: Comment, status: Comment.Status, *, by: User, reason: str) -> Comment:
    """Record a decision; deciding the same again changes nothing.

    Raises PermissionDenied when this user may not moderate.
    """
    if not by.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.status == status:
        return comment
    comment.status = status
    if status == Comment.Status.APPROVED:
        comment.approved_at = timezone.now()
    comment.save(update_fields=["status", "approved_at"])
    Decision.objects.create(comment=comment, status=status, made_by=by, reason=reason)
    return comment
