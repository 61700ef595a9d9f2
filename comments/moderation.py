"""What moderators decide about comments; each step is recorded with who, what they saw, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from authors.models import Author
from blog.models import LogRecord
from comments.mail import correspondence
from comments.models import Comment, Decision, Report, Version
from comments.privacy import retention
from comments.privacy.erasure import log
from comments.spam import relearn
from comments.wordings import digest, put_on_row, store_html

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

Status = Comment.Status
LESSONS = {Status.APPROVED: Comment.LearnedAs.GENUINE, Status.SPAM: Comment.LearnedAs.SPAM}


class ChangedError(Exception):
    """The comment is no longer what the moderator saw; nothing was decided."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(str(comment.pk))
        self.comment = comment


def approve(comment: Comment, *, by: User, version: int, reason: str = "") -> Decision | None:
    """Show the wording that was seen to readers; open reports end with the comment staying."""
    return record(comment, Status.APPROVED, by=by, version=version, reason=reason)


def reject(comment: Comment, *, by: User, version: int, reason: str = "") -> Decision | None:
    """Keep a comment from readers, or take it away from them.

    Of a comment that readers see and its writer edited, only the edit is rejected.
    """
    return record(comment, Status.REJECTED, by=by, version=version, reason=reason)


def mark_spam(comment: Comment, *, by: User, version: int, reason: str = "") -> Decision | None:
    """Keep a comment from readers because it is spam."""
    return record(comment, Status.SPAM, by=by, version=version, reason=reason)


@transaction.atomic
def record(
    comment: Comment, status: Comment.Status, *, by: User, version: int, reason: str
) -> Decision | None:
    """Record a decision; None where it changes nothing.

    Raises PermissionDenied when this user may not moderate, and ChangedError when `version` is no
    longer the newest or the writer took the comment away.
    """
    require_moderator(by)
    comment = held(comment)
    if comment.newest_version != version:
        raise ChangedError(comment)
    if comment.status == status and not (comment.waiting_since or comment.is_filed_by_filter):
        return None
    before, lesson = comment.changeable_columns, comment.lesson
    now = timezone.now()
    reports = comment.reports.waiting()
    if status == Status.REJECTED and comment.has_waiting_edit and not reports.exists():
        comment.refused_version = comment.newest_version
    else:
        put_on_row(comment, comment.offered_wording)
        comment.status = status
        comment.learned_as = LESSONS.get(status, "")
    if status == Status.APPROVED:
        give_place(comment)
    comment.decided_at = now
    comment.waiting_since = None
    comment.save()
    decision = Decision.objects.create(
        comment=comment,
        status=status,
        version=version,
        made_by=by,
        reason=reason,
        made_at=now,
        before=before,
    )
    if status == Status.APPROVED:
        correspondence.ask_for_the_first_time(comment)
        correspondence.tell_parent(comment)
    elif reports.exists():
        correspondence.tell_writer(comment)
    outcome = Report.Outcome.KEPT if status == Status.APPROVED else Report.Outcome.HIDDEN
    reports.update(outcome=outcome, reason=reason, decided_at=now)
    relearn(lesson, comment.lesson)
    return decision


@transaction.atomic
def undo(decision: Decision, *, by: User) -> Comment:
    """Bring a comment back to where it stood before a decision.

    Raises PermissionDenied when this user may not moderate, and ChangedError when something
    happened to the comment since, such as another report.
    """
    require_moderator(by)
    comment = held(decision.comment)
    newest = comment.decisions.filter(undone_at=None).last()
    changed = newest != decision or comment.newest_version != decision.version
    reported = comment.reports.filter(made_at__gt=decision.made_at).exists()
    if changed or reported or not (decision.made_by_id and decision.before):
        raise ChangedError(comment)
    lesson = comment.lesson
    put_on_row(comment, comment.wording(decision.before["version"]))
    comment.restore_columns(decision.before)
    if comment.status == Status.APPROVED:
        store_html(comment)
    comment.save()
    comment.reports.filter(decided_at=decision.made_at).update(
        outcome=Report.Outcome.WAITING, reason="", decided_at=None
    )
    decision.undone_at = timezone.now()
    decision.save(update_fields=["undone_at"])
    relearn(lesson, comment.lesson)
    return comment


@transaction.atomic
def answer(parent: Comment, *, by: User, text: str) -> Comment:
    """Reply to a comment as an editor: readers see it at once, with a badge.

    Raises PermissionDenied when this user may not moderate or has no name as an author, and
    ChangedError when readers cannot see the comment that is answered.
    """
    require_moderator(by)
    author = Author.objects.filter(user=by).first()
    if author is None:
        raise PermissionDenied
    post = parent.post.locked()
    parent = parent.locked()
    if not parent.is_public:
        raise ChangedError(parent)
    writes_post = post.bylines.filter(author=author).exists()
    now = timezone.now()
    comment = Comment(
        post=post,
        parent=parent,
        name=author.name,
        text=text,
        text_digest=digest(text),
        badge=Comment.Badge.AUTHOR if writes_post else Comment.Badge.EDITOR,
        status=Status.APPROVED,
        created_at=now,
        decided_at=now,
    )
    give_place(comment)
    comment.save()
    Decision.objects.create(comment=comment, status=comment.status, made_by=by, made_at=now)
    correspondence.tell_parent(comment)
    return comment


@transaction.atomic
def redact(
    comment: Comment, *, by: User, version: int, name: str, text: str, reason: str = ""
) -> Comment:
    """Take something out of a comment; readers see that editors did, the original is kept a while.

    Raises PermissionDenied and ChangedError as a decision does.
    """
    require_moderator(by)
    comment = held(comment)
    if comment.newest_version != version:
        raise ChangedError(comment)
    offered = comment.offered_wording
    if (name, text) == (offered.name, offered.text):
        return comment
    lesson = comment.lesson
    comment.newest_version += 1
    put_on_row(
        comment, Version(comment=comment, number=comment.newest_version, name=name, text=text)
    )
    # They may quote what was taken out.
    comment.spam_findings = []
    comment.redacted_at = timezone.now()
    if comment.status == Status.APPROVED:
        store_html(comment)
        if not comment.reports.waiting().exists():
            # The wording that waited is the one that was adapted.
            comment.waiting_since = None
    comment.save()
    Decision.objects.create(
        comment=comment,
        status=comment.status,
        version=comment.version,
        made_by=by,
        reason=reason,
    )
    log(LogRecord.Action.CHANGED, comment, by=by)
    relearn(lesson, comment.lesson)
    return comment


def held(comment: Comment) -> Comment:
    """The comment as it is now, with its post, until the transaction ends.

    Raises ChangedError when its writer took it away, or its term has passed.
    """
    comment.post.locked()
    comment = comment.locked()
    of_writer = comment.status in {Status.WITHDRAWN, Status.ERASED}
    kept = retention.kept_comments(Comment.objects.filter(pk=comment.pk))
    if of_writer or not kept.exists():
        raise ChangedError(comment)
    return comment


def give_place(comment: Comment) -> None:
    """Make a comment (not yet saved) ready for its thread; whoever calls holds the post's lock."""
    if comment.position is None:
        parent = comment.parent
        comment.position = parent.position if parent else next_position(comment.post_id)
    store_html(comment)


def next_position(post_pk: int) -> int:
    """Behind all comments on a post that answer none."""
    roots = Comment.objects.filter(post=post_pk, parent=None)
    return (roots.aggregate(last=Max("position"))["last"] or 0) + 1


def require_moderator(user: User) -> None:
    """Raise PermissionDenied unless this user may decide about comments."""
    if not may_moderate(user):
        raise PermissionDenied


def may_moderate(user: User | AnonymousUser) -> bool:
    """Whether this user may decide about comments."""
    return user.has_perm("comments.moderate_comment")
