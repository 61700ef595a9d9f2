"""What a reader does who thinks that a comment should not stand there."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from comments.mail import correspondence
from comments.models import Comment, Report, new_key


class NotPublicError(Exception):
    """Readers cannot see the comment any more, so there is nothing to report."""


@transaction.atomic
def report(comment: Comment, *, ground: Report.Ground, explanation: str) -> Report:
    """Put a comment before the moderators; the same report while one waits is the same one.

    The comment stays where it is until they decide. Raises NotPublicError.
    """
    comment = comment.locked()
    if not comment.is_public:
        raise NotPublicError
    alike = Report.objects.filter(comment=comment, ground=ground, explanation=explanation)
    if same := alike.waiting().first():
        return same
    now = timezone.now()
    made = Report.objects.create(
        key=new_key(), comment=comment, ground=ground, explanation=explanation, made_at=now
    )
    if comment.waiting_since is None:
        comment.waiting_since = now
        comment.save(update_fields=["waiting_since"])
    correspondence.tell_moderators()
    return made
