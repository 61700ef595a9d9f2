"""A form that arrives twice, by a second click or a reload, is one comment."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from blog.models import Post
from comments.intake.networks import fingerprint, hash_of
from comments.models import Comment, Submission

DOUBLE_WITHIN = timedelta(minutes=10)


def mark_of(post: Post, *, name: str, text: str, network: str, parent: Comment | None) -> str:
    """The same for the same words in the same place from the same network."""
    parent_uid = str(parent.uid) if parent else ""
    return fingerprint(network, str(post.uid), parent_uid, name, text)


def sent_before(mark: str) -> Comment | None:
    """The comment that came in with this mark a moment ago."""
    earlier = Submission.objects.select_related("comment__post").filter(fingerprint=mark).first()
    if earlier and earlier.made_at > timezone.now() - DOUBLE_WITHIN:
        return earlier.comment
    return None


def remember(comment: Comment, mark: str, *, network: str, form_number: str | None) -> None:
    """Know this sending again, its network, and the number of its form, at its first use."""
    Submission.objects.filter(fingerprint=mark).delete()
    if Submission.objects.filter(form_number=form_number).exists():
        form_number = None
    Submission.objects.create(
        comment=comment,
        fingerprint=mark,
        network=hash_of(network),
        form_number=form_number,
        made_at=comment.created_at,
    )
