"""A writer offers a text, and an editor publishes it or gives it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from blog import clock
from blog.log import named, record
from blog.models import LogRecord, Post, Review, Revision
from blog.publishing.drafts import StaleRevisionError
from blog.publishing.obstacles import IN_WASTEBASKET, NotReadyError
from blog.publishing.permissions import require_change, require_permission

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Outcome = Review.Outcome


@transaction.atomic
def offer(revision: Revision, *, by: User, message: str = "") -> Review:
    """Ask the editors to publish the newest draft; it takes the place of what was offered before.

    Raises StaleRevisionError when this is no longer the newest draft, NotReadyError when there is
    nothing to publish, and PermissionDenied when this user may not change the post.
    """
    post = revision.post.locked()
    require_change(by, post)
    if post.newest_revision and post.newest_revision != revision:
        raise StaleRevisionError(post.newest_revision)
    if post.deleted_at:
        raise NotReadyError(None, IN_WASTEBASKET)
    if post.live_revision and not post.has_newer_changes:
        raise NotReadyError(None, _("There is nothing newer to publish."))
    earlier = open_review(post)
    if earlier and (earlier.revision, earlier.message) == (revision, message):
        return earlier
    if earlier:
        decide(earlier, Outcome.WITHDRAWN, by=by)
    record(LogRecord.Action.OFFERED, post, by=by, detail=named(revision), reason=message)
    return Review.objects.create(
        post=post, revision=revision, offered_by=by, offered_at=clock.now(), message=message
    )


@transaction.atomic
def withdraw_offer(review: Review, *, by: User) -> bool:
    """Take an offer back, as long as it waits; whether it still did.

    Raises PermissionDenied when this user may not change the post.
    """
    post = review.post.locked()
    require_change(by, post)
    if review != open_review(post):
        return False
    decide(review, Outcome.WITHDRAWN, by=by)
    return True


@transaction.atomic
def return_to_writer(review: Review, *, by: User, remark: str) -> bool:
    """Give an offered text back with what has to be done, as long as it waits; whether it did.

    Raises PermissionDenied when this user may not publish.
    """
    post = review.post.locked()
    require_permission(by, "publish", post)
    if review != open_review(post):
        return False
    detail = named(review.revision)
    record(LogRecord.Action.RETURNED, post, by=by, detail=detail, reason=remark)
    decide(review, Outcome.RETURNED, by=by, remark=remark)
    return True


def settle(post: Post, revision: Revision, *, by: User | None) -> None:
    """End the review of a post of which this revision, the offered one or a newer, goes live."""
    review = open_review(post)
    if review and review.revision.number <= revision.number:
        decide(review, Outcome.PUBLISHED, by=by)


def open_review(post: Post) -> Review | None:
    """What waits for an editor, if anything does."""
    return post.reviews.select_related("revision").filter(outcome=Outcome.OPEN).first()


def decide(review: Review, outcome: Outcome, *, by: User | None, remark: str = "") -> None:
    """Close a review of a post whose row is locked."""
    review.outcome, review.remark = outcome, remark
    review.decided_by, review.decided_at = by, clock.now()
    review.save(update_fields=["outcome", "remark", "decided_by", "decided_at"])
