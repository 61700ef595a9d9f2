"""The owner of an address says that a comment is theirs, and what that lets through."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Moderation, SiteSettings
from comments.discussion import moderation_of
from comments.mail import correspondence, links
from comments.mail.letters import unannounced_replies
from comments.models import Comment, Decision, EmailAddress, Link
from comments.spam.verdict import SUSPICIOUS_AT
from comments.submission import approve_by_rule

Status = Comment.Status


@transaction.atomic
def confirm(link: Link) -> Comment:
    """Confirm an address for one comment; raises LinkError when the link does nothing.

    Where first comments wait, somebody whom a moderator let in before is let in by this.
    """
    comment, address = held(link)
    now = timezone.now()
    Link.objects.filter(pk=link.pk).update(used_at=now)
    comment.confirmed_at = now
    comment.save(update_fields=["confirmed_at"])
    address.confirmed_at = now
    # Of what its owner said, the latest counts.
    address.stopped_at = None
    address.save(update_fields=["confirmed_at", "stopped_at"])
    if is_trusted(comment):
        approve_by_rule(
            comment, reason=_("A moderator approved an earlier comment of this address.")
        )
    if another := without_link(address):
        correspondence.ask_to_confirm(another)
    if reply := unannounced_replies().filter(parent=comment).first():
        correspondence.tell_parent(reply)
    return comment


def without_link(address: EmailAddress) -> Comment | None:
    """Another comment with this address that no link was mailed for, as one a day goes out."""
    tied = Comment.objects.filter(email=address, confirmed_at=None, links=None)
    return tied.filter(status__in=[Status.PENDING, Status.APPROVED]).order_by("pk").first()


def held(link: Link) -> tuple[Comment, EmailAddress]:
    """The comment and the address of a link that works, held until the transaction ends."""
    if link.comment is None:
        raise links.LinkError(links.UNKNOWN)
    link.comment.post.locked()
    comment = Comment.objects.select_for_update(no_key=True).filter(pk=link.comment.pk).first()
    address = EmailAddress.objects.select_for_update(no_key=True).filter(pk=link.email_id).first()
    as_it_is = Link.objects.filter(pk=link.pk).first()
    if as_it_is:
        links.refuse_dead(as_it_is)
    if not (comment and address and as_it_is) or comment.email_id != address.pk:
        raise links.LinkError(links.WITHDRAWN)
    return comment, address


def is_trusted(comment: Comment) -> bool:
    """Whether a comment that waits may be shown because of an earlier one by the same person.

    Both have a confirmed address: who only types it in is not trusted.
    """
    fresh = comment.status == Status.PENDING and not comment.was_public
    if not fresh or comment.spam_score >= SUSPICIOUS_AT:
        return False
    if moderation_of(comment.post, SiteSettings.objects.current()) != Moderation.FIRST:
        return False
    by_moderator = Decision.objects.filter(
        status=Status.APPROVED, made_by__isnull=False, undone_at=None
    ).exclude(before={})  # taking something out of a comment is no approval
    earlier = Comment.objects.approved().filter(email=comment.email_id, confirmed_at__isnull=False)
    return earlier.exclude(pk=comment.pk).filter(decisions__in=by_moderator).exists()
