"""How a visitor's words become a comment."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from comments.models import Comment, Submission, new_key
from comments.networks import fingerprint

# A form that arrives again within this time is the same comment: a second click, a reload.
DOUBLE_WITHIN = timedelta(minutes=10)

CLOSED = _("You can no longer comment on this post.")
PARENT_GONE = _("The comment that you answer is gone. You can post yours as a comment of its own.")


class RefusedError(Exception):
    """A comment cannot be taken; the message tells the visitor why and what to do."""


@transaction.atomic
def submit(post: Post, *, name: str, text: str, network: str, parent: Comment | None) -> Comment:
    """Keep a comment until an editor has read it; the same one sent twice is kept once.

    Raises RefusedError when the post takes no comments now, or when the parent is no longer public.
    """
    # The lock makes two equal forms of the same instant queue up, on every database.
    post = Post.objects.select_for_update().get(pk=post.pk)
    parent_uid = str(parent.uid) if parent else ""
    mark = fingerprint(network, str(post.uid), parent_uid, name, text)
    earlier = Submission.objects.select_related("comment").filter(fingerprint=mark).first()
    if earlier and earlier.made_at > timezone.now() - DOUBLE_WITHIN:
        return earlier.comment
    if not (post.comments_open and post.is_published):
        raise RefusedError(CLOSED)
    if parent and not Comment.objects.approved().filter(pk=parent.pk, post=post).exists():
        raise RefusedError(PARENT_GONE)
    comment = Comment.objects.create(key=new_key(), post=post, parent=parent, name=name, text=text)
    Submission.objects.update_or_create(
        fingerprint=mark, defaults={"comment": comment, "made_at": timezone.now()}
    )
    return comment
