"""What is wiped of a comment: everything but its place, so that replies to it keep their sense."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from blog.log import note
from blog.models import LogRecord, Post
from comments.models import (
    Comment,
    Decision,
    Erasure,
    Link,
    Mail,
    Report,
    Submission,
    Version,
)
from comments.querysets import CommentQuerySet
from comments.spam import unlearn

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What a row holds of its writer, as a row says that holds nothing.
NOTHING: dict[str, Any] = {
    "key": None,
    "name": "",
    "text": "",
    "text_digest": "",
    "html": "",
    "html_version": 0,
    "refused_version": 0,
    "redacted_at": None,
    "badge": Comment.Badge.NONE,
    "seed": 0,
    "email": None,
    "confirmed_at": None,
    "wants_replies": False,
    "spam_score": 0,
    "spam_findings": [],
    "learned_as": "",
}


@transaction.atomic
def erase(comment: Comment, *, wish: Erasure.Wish, by: User | None = None) -> None:
    """Erase one comment for good; done twice, the second time changes nothing."""
    if count := erase_all(Comment.objects.filter(pk=comment.pk), by=by):
        Erasure.objects.create(wish=wish, made_by=by, comments=count)
        if by:
            why = str(Erasure.Wish(wish).label)
            log(LogRecord.Action.REMOVED, comment, by=by, detail=why)


def log(action: LogRecord.Action, comment: Comment, *, by: User, detail: str = "") -> None:
    """Note what a moderator did to a comment, without a word of it."""
    title = comment.post.title
    note(action, kind="comment", subject=str(comment.pk), title=title, by=by, detail=detail)


@transaction.atomic
def erase_all(comments: CommentQuerySet, *, by: User | None = None) -> int:
    """Erase comments because somebody asked for it; how many there were.

    What others wrote about them goes as well, because it may quote them.
    """
    kept = comments.exclude(status=Comment.Status.ERASED).order_by("pk")
    rows = list(kept.select_for_update(no_key=True))
    pks = [comment.pk for comment in rows]
    wipe(pks, by=by)
    reports = Report.objects.filter(comment__in=pks)
    reports.waiting().update(outcome=Report.Outcome.GONE, decided_at=timezone.now())
    reports.update(explanation="", reason="")
    for comment in rows:
        # Words that a moderator called spam stay learned: a spammer cannot make us forget them.
        if comment.learned_as == Comment.LearnedAs.GENUINE:
            unlearn(comment.text, genuine=True)
    return len(rows)


def wipe(comments: Collection[int], *, by: User | None = None) -> None:
    """Leave nothing of these comments, by their keys, but a place in the thread.

    To be called in a transaction that holds their rows.
    """
    for model in (Version, Link, Mail, Submission):
        model._base_manager.filter(comment__in=comments).delete()
    Decision.objects.filter(comment__in=comments).update(reason="")
    wipe_from_log_of_admin(comments)
    now = timezone.now()
    Comment.objects.filter(pk__in=comments).update(
        **NOTHING,
        status=Comment.Status.ERASED,
        decided_at=now,
        waiting_since=None,
        newest_version=F("version"),
    )
    Decision.objects.bulk_create(
        Decision(comment_id=pk, status=Comment.Status.ERASED, made_by=by, made_at=now)
        for pk in comments
    )


def let_go_with(post: Post) -> None:
    """Make the comments on a post ready to be removed with it."""
    # Held in their order, as by everybody else who holds several.
    held = Comment.objects.filter(post=post).select_for_update().order_by("pk")
    wipe_from_log_of_admin(list(held.values_list("pk", flat=True)))


def wipe_from_log_of_admin(comments: Collection[int]) -> None:
    """Django's own log of the admin calls each comment by its name and first words."""
    kind = ContentType.objects.get_for_model(Comment)
    named = LogEntry.objects.filter(content_type=kind, object_id__in=map(str, comments))
    named.update(object_repr="", change_message="")
