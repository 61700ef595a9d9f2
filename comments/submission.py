"""What visitors do with their words: send, edit, withdraw, put back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Moderation, Post, SiteSettings
from comments.discussion import discussion, moderation_of
from comments.intake.doubles import mark_of, remember, sent_before
from comments.mail import correspondence
from comments.models import Comment, Decision, Report, Version, new_key
from comments.moderation import give_place
from comments.spam import Arrival, Verdict, examine, relearn
from comments.spam.verdict import SPAM_AT
from comments.wordings import digest, put_on_row

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# As long as this the writer can change what was sent.
EDIT_WITHIN = timedelta(minutes=15)

CLOSED = _("You can no longer comment on this post.")
PARENT_GONE = _("The comment that you answer is gone. You can post yours as a comment of its own.")
TOO_LATE = _("You could change your comment for 15 minutes, and they have passed.")
NOT_NOW = _("You cannot change this comment any more.")
NOT_SUSPICIOUS = _("Nothing about it is suspicious.")

Status = Comment.Status
BEFORE_DECISION = (Status.PENDING, Status.SPAM)


class RefusedError(Exception):
    """A comment cannot be taken or changed; the message tells the visitor why and what to do."""


@transaction.atomic
def submit(
    post: Post,
    *,
    name: str,
    text: str,
    arrival: Arrival,
    parent: Comment | None = None,
    email: str = "",
) -> Comment:
    """Keep a comment, as long as needed out of sight; the same one sent twice is kept once.

    A reply to a comment that was taken away in the meantime is kept too.
    Raises RefusedError when the post takes no comments now, or when readers never saw the parent.
    """
    # The lock makes two equal forms of the same instant queue up, on every database.
    post = post.locked()
    mark = mark_of(post, name=name, text=text, network=arrival.network, parent=parent)
    if double := sent_before(mark):
        return double
    site_settings = SiteSettings.objects.current()
    if not (discussion(post, site_settings).is_open and post.is_published):
        raise RefusedError(CLOSED)
    if parent:
        # Held, so that nobody clears it away while it gets a reply.
        parent = Comment.objects.select_for_update(no_key=True).filter(pk=parent.pk).first()
        if not (parent and parent.post_id == post.pk and parent.was_public):
            raise RefusedError(PARENT_GONE)

    verdict = examine(name=name, text=text, email=email, arrival=arrival)
    now = timezone.now()
    comment = Comment(
        key=new_key(),
        post=post,
        parent=parent,
        name=name,
        text=text,
        text_digest=digest(text),
        wants_replies=bool(email),
        created_at=now,
    )
    file_by(verdict, comment)
    comment.save()
    remember(comment, mark, network=arrival.network, form_number=arrival.form_number)
    if passes(verdict, post, site_settings):
        approve_by_rule(comment, reason=NOT_SUSPICIOUS)
    if email:
        correspondence.tie(comment, email)
    if comment.status != Status.SPAM:
        correspondence.ask_to_confirm(comment)
    if comment.waiting_since:
        correspondence.tell_moderators()
    return comment


def file_by(verdict: Verdict, comment: Comment) -> None:
    """Put an unsaved comment that nobody decided about yet where its verdict sends it."""
    comment.spam_score = verdict.score
    comment.spam_findings = [finding.as_json() for finding in verdict.findings]
    file_by_score(comment)


def file_by_score(comment: Comment) -> None:
    """Put a comment (not yet saved) in the spam folder, or before the moderators."""
    now = timezone.now()
    is_spam = comment.spam_score >= SPAM_AT
    comment.status = Status.SPAM if is_spam else Status.PENDING
    comment.decided_at = now if is_spam else None
    comment.waiting_since = None if is_spam else comment.waiting_since or now


def approve_by_rule(comment: Comment, *, reason: object) -> None:
    """Show a comment to readers without a moderator, because the site's rules say so."""
    before = comment.changeable_columns
    give_place(comment)
    comment.status = Status.APPROVED
    comment.waiting_since = None
    comment.decided_at = timezone.now()
    comment.save()
    Decision.objects.create(
        comment=comment,
        status=Status.APPROVED,
        version=comment.version,
        reason=str(reason),
        before=before,
    )
    correspondence.tell_parent(comment)


@transaction.atomic
def edit(comment: Comment, *, name: str, text: str, arrival: Arrival) -> Comment:
    """Change one's own comment, by the same checks as a new one.

    While readers see an earlier wording, the new one waits until a moderator has read it.
    Raises RefusedError when the time for it has passed, or when it was decided otherwise.
    """
    # The post first, as whoever gives a comment its place has to.
    comment.post.locked()
    comment = comment.locked()
    refuse_late_edit(comment)
    newest = comment.newest_wording
    if (name, text) == (newest.name, newest.text):
        return comment
    lesson = comment.lesson
    verdict = examine(name=name, text=text, arrival=arrival, comment_pk=comment.pk)
    wording = Version(comment=comment, number=comment.newest_version + 1, name=name, text=text)
    comment.newest_version = wording.number
    if comment.status in BEFORE_DECISION:
        put_on_row(comment, wording)
        file_by(verdict, comment)
    else:
        wording.save()
        comment.spam_score = verdict.score
        comment.spam_findings = [finding.as_json() for finding in verdict.findings]
        comment.waiting_since = comment.waiting_since or timezone.now()
    comment.save()
    # What was taken away from readers comes back by a moderator only.
    was_hidden = comment.was_public and not comment.is_public
    if (
        passes(verdict, comment.post, SiteSettings.objects.current())
        and not was_hidden
        and not comment.reports.waiting().exists()
    ):
        put_on_row(comment, wording)
        comment.learned_as = Comment.LearnedAs.NOTHING
        approve_by_rule(comment, reason=NOT_SUSPICIOUS)
    elif comment.waiting_since:
        correspondence.tell_moderators()
    relearn(lesson, comment.lesson)
    return comment


def passes(verdict: Verdict, post: Post, site_settings: SiteSettings) -> bool:
    """Whether readers see a comment on this post before a moderator does."""
    return moderation_of(post, site_settings) == Moderation.NONE and not verdict.is_suspicious


def refuse_late_edit(comment: Comment) -> None:
    """Raise RefusedError unless the writer can still change this comment."""
    in_writers_hands = comment.status in {Status.PENDING, Status.APPROVED}
    if not (in_writers_hands or comment.is_filed_by_filter) or comment.redacted_at:
        raise RefusedError(NOT_NOW)
    if timezone.now() >= comment.created_at + EDIT_WITHIN:
        raise RefusedError(TOO_LATE)


@transaction.atomic
def withdraw(comment: Comment, *, by: User | None = None) -> Comment:
    """Take a comment away from readers and moderators; its writer can put it back for a while."""
    comment = comment.locked()
    if comment.status in {Status.WITHDRAWN, Status.ERASED}:
        return comment
    before = comment.changeable_columns
    now = timezone.now()
    comment.status = Status.WITHDRAWN
    comment.waiting_since = None
    comment.decided_at = now
    comment.save()
    Decision.objects.create(
        comment=comment,
        status=comment.status,
        version=comment.newest_version,
        made_by=by,
        before=before,
    )
    comment.reports.waiting().update(outcome=Report.Outcome.GONE, decided_at=now)
    return comment


@transaction.atomic
def put_back(comment: Comment) -> Comment:
    """Send a withdrawn comment to the moderators again, or where it was if they had refused it."""
    comment = comment.locked()
    if comment.status != Status.WITHDRAWN:
        return comment
    lesson = comment.lesson
    withdrawal = comment.decisions.filter(status=Status.WITHDRAWN).last()
    before = withdrawal.before if withdrawal else {}
    if before.get("status") == Status.REJECTED or comment.learned_as == Comment.LearnedAs.SPAM:
        comment.restore_columns(before)
    else:
        put_on_row(comment, comment.offered_wording)
        file_by_score(comment)
        # It is judged anew.
        comment.learned_as = Comment.LearnedAs.NOTHING
    comment.save()
    Decision.objects.create(comment=comment, status=comment.status, version=comment.newest_version)
    if comment.waiting_since:
        correspondence.tell_moderators()
    relearn(lesson, comment.lesson)
    return comment
