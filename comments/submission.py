"""What visitors do with their words: send, edit, withdraw, put back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Moderation, Post, SiteSettings
from comments.discussion import discussion, moderation_of
from comments.intake.doubles import mark_of, remember, sent_before
from comments.mail import correspondence
from comments.models import Comment, Decision, Report, Version, new_key
from comments.moderation import give_place
from comments.spam import Arrival, Verdict, examine
from comments.spam.verdict import SPAM_AT
from comments.wordings import digest, put_on_row

# As long as this the writer can change what was sent.
EDIT_WITHIN = timedelta(minutes=15)

CLOSED = _("You can no longer comment on this post.")
PARENT_GONE = _("The comment that you answer is gone. You can post yours as a comment of its own.")
TOO_LATE = _("You could change your comment for 15 minutes, and they have passed.")
NOT_NOW = _("You cannot change this comment any more.")

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
    if moderation_of(post, site_settings) == Moderation.NONE and not verdict.is_suspicious:
        approve_by_rule(comment, reason=_("Nothing about it is suspicious."))
    if comment.status != Status.SPAM:
        if email:
            correspondence.ask_to_confirm(comment, email)
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
    site_settings = SiteSettings.objects.current()
    by_rule = moderation_of(comment.post, site_settings) == Moderation.NONE
    if by_rule and not verdict.is_suspicious and not comment.reports.waiting().exists():
        put_on_row(comment, wording)
        approve_by_rule(comment, reason=_("Nothing about it is suspicious."))
    elif comment.waiting_since:
        correspondence.tell_moderators()
    return comment


def refuse_late_edit(comment: Comment) -> None:
    """Raise RefusedError unless the writer can still change this comment."""
    # Spam that taught the filter was judged by a moderator; the filter's own may yet be edited.
    judged = comment.status == Status.SPAM and comment.learned_as
    if comment.status not in {*BEFORE_DECISION, Status.APPROVED} or comment.redacted_at or judged:
        raise RefusedError(NOT_NOW)
    if timezone.now() >= comment.created_at + EDIT_WITHIN:
        raise RefusedError(TOO_LATE)


def can_edit(comment: Comment) -> bool:
    """Whether the writer can still change this comment."""
    try:
        refuse_late_edit(comment)
    except RefusedError:
        return False
    return True


@transaction.atomic
def withdraw(comment: Comment) -> Comment:
    """Take one's own comment away from readers and moderators; it can be put back for a while."""
    comment = comment.locked()
    if comment.status in {Status.WITHDRAWN, Status.ERASED}:
        return comment
    now = timezone.now()
    comment.status = Status.WITHDRAWN
    comment.waiting_since = None
    comment.decided_at = now
    comment.save()
    Decision.objects.create(comment=comment, status=comment.status, version=comment.newest_version)
    comment.reports.waiting().update(outcome=Report.Outcome.GONE, decided_at=now)
    return comment


@transaction.atomic
def put_back(comment: Comment) -> Comment:
    """Send a withdrawn comment to the moderators again, or to the spam folder if it was there."""
    comment = comment.locked()
    if comment.status != Status.WITHDRAWN:
        return comment
    file_by_score(comment)
    comment.save()
    Decision.objects.create(comment=comment, status=comment.status, version=comment.newest_version)
    if comment.waiting_since:
        correspondence.tell_moderators()
    return comment
