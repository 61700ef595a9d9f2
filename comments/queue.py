"""The moderators' queue: what waits, and deciding about just what was seen of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Q

from comments import moderation
from comments.models import Comment, Decision, Submission, Version
from comments.moderation import ChangedError
from comments.querysets import CommentQuerySet
from comments.submission import withdraw

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CARDS_A_PAGE = 20

Status = Comment.Status
DECIDE: dict[str, Callable[..., Decision | None]] = {
    "approve": moderation.approve,
    "reject": moderation.reject,
    "spam": moderation.mark_spam,
}
RESULT = {"approve": Status.APPROVED, "reject": Status.REJECTED, "spam": Status.SPAM}

SEEN = re.compile(r"(\d{1,9})\.([a-z]{1,9})\.(\d{1,9})\.([01])", re.ASCII)


class Seen(NamedTuple):
    """What a moderator saw of a comment; to decide about anything else would be to decide blind."""

    version: int
    status: str
    reports: int
    waits: bool

    def __str__(self) -> str:
        return f"{self.version}.{self.status}.{self.reports}.{self.waits:d}"

    @classmethod
    def of(cls, comment: Comment, *, reports: int) -> Seen:
        """What there is to see of a comment now, with so many reports that wait."""
        waits = comment.waiting_since is not None
        return cls(comment.newest_version, comment.status, reports, waits)

    @classmethod
    def read(cls, value: str) -> Seen | None:
        """What a form carried along; None where that says nothing."""
        found = SEEN.fullmatch(value)
        return found and cls(int(found[1]), found[2], int(found[3]), found[4] == "1")


# --- What waits ---------------------------------------------------------------------------------


def waiting(*, source: int | None = None) -> CommentQuerySet:
    """What waits for a moderator; of one source: what came from the network of that comment."""
    comments = Comment.objects.waiting()
    if source is None:
        return comments
    network = Submission.objects.filter(comment=source).values("network")
    return comments.filter(submission__network__in=network)


def after(comments: CommentQuerySet, comment: Comment) -> CommentQuerySet:
    """What waits less long than a comment that waited."""
    return comments.filter(
        Q(waiting_since__gt=comment.waiting_since)
        | Q(waiting_since=comment.waiting_since, pk__gt=comment.pk)
    )


# --- Deciding -----------------------------------------------------------------------------------


@transaction.atomic
def decide(
    comment: Comment, choice: str, *, by: User, seen: Seen | None, reason: str = ""
) -> Decision | None:
    """Decide about a comment as it was seen; to press twice is to decide once.

    Raises PermissionDenied when this user may not moderate, and ChangedError when there is
    something about the comment that was not seen.
    """
    moderation.require_moderator(by)
    comment = moderation.held(comment)
    if seen != Seen.of(comment, reports=comment.reports.waiting().count()):
        latest = comment.decisions.filter(undone_at=None).last()
        if seen and latest and is_by_pressing_twice(latest, choice, by=by, seen=seen):
            return latest
        raise ChangedError(comment)
    return DECIDE[choice](comment, by=by, version=seen.version, reason=reason)


def is_by_pressing_twice(decision: Decision, choice: str, *, by: User, seen: Seen) -> bool:
    """Whether the same moderator decided the same about the same wording."""
    made = (decision.made_by_id, decision.version, decision.status)
    return made == (by.pk, seen.version, RESULT[choice])


@transaction.atomic
def answer(
    comment: Comment, *, by: User, seen: Seen | None, text: str, reason: str = ""
) -> list[Decision]:
    """Answer a comment as an editor, and approve it first where readers cannot see it as it is.

    Raises what `decide` raises, and PermissionDenied for an account that is no author's.
    """
    # Held, so that a second click finds the answer of the first.
    comment = moderation.held(comment)
    decisions = []
    if not comment.is_public or comment.waiting_since:
        decisions.append(decide(comment, "approve", by=by, seen=seen, reason=reason))
    said = comment.replies.approved().filter(text=text, decisions__made_by=by).first()
    reply = said or moderation.answer(comment, by=by, text=text)
    return [*filter(None, [*decisions, reply.decisions.filter(status=Status.APPROVED).first()])]


@transaction.atomic
def undo(decision: Decision, *, by: User) -> Comment:
    """Undo a decision, or take one's answer away.

    Raises PermissionDenied, and ChangedError when the comment cannot go back to where it stood.
    """
    moderation.require_moderator(by)
    comment = moderation.held(decision.comment)
    if decision.before:
        try:
            return moderation.undo(decision, by=by)
        except Version.DoesNotExist:
            # The wording that stood there is past its term.
            raise ChangedError(comment) from None
    if not (is_answer(decision) and comment.is_public):
        raise ChangedError(comment)
    comment = withdraw(comment, by=by)
    decision.undone_at = comment.decided_at
    decision.save(update_fields=["undone_at"])
    return comment


def is_answer(decision: Decision) -> bool:
    """Whether this was no decision about a visitor's words, but an editor's own comment."""
    return bool(decision.comment.badge) and decision.version == 1 and not decision.before
