"""When a visitor or a moderator gets a mail; the mail itself goes later, as a job."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from comments.mail import jobs, links
from comments.mail.letters import unannounced_replies
from comments.models import Comment, EmailAddress, Link, Mail

# Until its owner answers, an address is asked to confirm once in this time; and for a link to
# their data, whoever fills in an address can have one mailed once in this time.
ASKED_APART = timedelta(days=1)
# More than it takes to put a mail in the outbox.
SECONDS_TO_LOOK_UP = 0.1

Purpose = Mail.Purpose
Status = Comment.Status


def put_in_outbox(purpose: Mail.Purpose, **about: Any) -> None:
    """Have a mail sent, unless one waits already that will say the same."""
    mail, created = Mail.objects.get_or_create(purpose=purpose, status=Mail.Status.WAITING, **about)
    if created:
        jobs.schedule(mail)


# --- Whose address it is ------------------------------------------------------------------------


@transaction.atomic
def tie(comment: Comment, email: str) -> None:
    """Let a comment have an address, which its owner has yet to confirm."""
    # Held: whoever erases the address now has to wait, or we make it anew.
    rows = EmailAddress.objects.select_for_update(no_key=True)
    address, _created = rows.get_or_create(email=email)
    if comment.email_id != address.pk:
        Link.objects.filter(comment=comment).update(withdrawn_at=timezone.now())
        comment.mails.filter(purpose=Purpose.CONFIRM, status=Mail.Status.WAITING).delete()
        comment.email = address
        comment.confirmed_at = None
        comment.save(update_fields=["email", "confirmed_at"])


@transaction.atomic
def ask_to_confirm(comment: Comment) -> None:
    """Mail the address of a comment, if it has one, a link that confirms it; at most once a day."""
    rows = EmailAddress.objects.select_for_update(no_key=True, of=("self",))
    address = rows.filter(comments=comment).first()
    if address is None or was_asked(address):
        return
    # A stopped address is asked only if it is known to be of this comment's writer.
    if bool(comment.confirmed_at) != bool(address.stopped_at):
        return
    links.make_confirm_link(comment, address)
    put_in_outbox(Purpose.CONFIRM, email=address, comment=comment)
    address.asked_at = timezone.now()
    address.save(update_fields=["asked_at"])


def ask_for_the_first_time(comment: Comment) -> None:
    """The same, unless its address got a link for this comment before."""
    if (
        comment.confirmed_at is None
        and not comment.links.filter(purpose=Link.Purpose.CONFIRM).exists()
    ):
        ask_to_confirm(comment)


def was_asked(address: EmailAddress) -> bool:
    """Whether we asked an address less than a day ago, and its owner did not answer since."""
    asked_at, confirmed_at = address.asked_at, address.confirmed_at
    answered = asked_at and confirmed_at and confirmed_at >= asked_at
    return is_recent(asked_at) and not answered


def is_recent(moment: datetime | None) -> bool:
    """Whether something happened less than a day ago."""
    return moment is not None and moment > timezone.now() - ASKED_APART


def stop(link: Link) -> None:
    """Send no more mail to an address but what its owner asks for; done twice, nothing changes."""
    addresses = EmailAddress.objects.filter(pk=link.email_id, stopped_at=None)
    addresses.update(stopped_at=timezone.now())


def send_data_link(email: str) -> None:
    """Mail whoever has this address a link to what we keep of them, at most once a day.

    Nothing tells whether we know the address: not an answer, and not the time it takes.
    """
    begun = time.monotonic()
    put_data_link_in_outbox(email)
    time.sleep(max(0, begun + SECONDS_TO_LOOK_UP - time.monotonic()))


@transaction.atomic
def put_data_link_in_outbox(email: str) -> None:
    """Mail an address a link, if some comment has it."""
    address = EmailAddress.objects.select_for_update(no_key=True).filter(email=email).first()
    if address is None or is_recent(address.data_asked_at) or not address.comments.exists():
        return
    links.make_data_link(address)
    put_in_outbox(Purpose.DATA, email=address)
    address.data_asked_at = timezone.now()
    address.save(update_fields=["data_asked_at"])


# --- Replies ------------------------------------------------------------------------------------


@transaction.atomic
def request_replies(comment: Comment, email: str = "") -> bool:
    """Have the writer of a comment mailed about replies; whether that is so from now on.

    Without an address that is confirmed for this comment, one is asked to confirm it first.
    """
    comment.post.locked()
    comment = comment.locked()
    if comment.status == Status.ERASED:
        return False
    if not comment.wants_replies:
        # What stands there already is no news.
        earlier = Comment.objects.approved().filter(parent=comment, announced_at=None)
        earlier.update(announced_at=timezone.now())
        comment.wants_replies = True
        comment.save(update_fields=["wants_replies"])
    if email:
        tie(comment, email)
    ask_to_confirm(comment)
    return comment.confirmed_at is not None and not (comment.email and comment.email.stopped_at)


def stop_replies(comment: Comment) -> None:
    """Have the writer of this comment mailed about replies no more."""
    Comment.objects.filter(pk=comment.pk).update(wants_replies=False)


@transaction.atomic
def tell_parent(reply: Comment) -> None:
    """Mail whoever wrote the comment that this one answers, if they asked for that."""
    announced = unannounced_replies().filter(pk=reply.pk)
    owner = EmailAddress.objects.filter(comments__in=announced.values("parent"))
    # Held: a mail about replies that is just being written is waited for.
    address = owner.select_for_update(no_key=True, of=("self",)).first()
    if address:
        put_in_outbox(Purpose.REPLY, email=address)


# --- Decisions, and the queue -------------------------------------------------------------------


def tell_writer(comment: Comment) -> None:
    """Mail the writer why a reported comment was taken away, if the address is confirmed.

    The reason is read from the decision when the mail goes: by then it may have been undone.
    """
    if comment.email_id and comment.confirmed_at:
        put_in_outbox(Purpose.DECISION, email=comment.email, comment=comment)


@transaction.atomic
def tell_moderators() -> None:
    """Mail the moderators that comments wait; what comes in within an hour is one mail."""
    waiting = Mail.objects.filter(purpose=Purpose.QUEUE, status=Mail.Status.WAITING)
    # Held: a mail that is just counting what waits is waited for.
    held_mails = waiting.select_for_update(no_key=True).order_by("pk")
    told = list(held_mails.values_list("user", flat=True))
    moderators = get_user_model()._default_manager.with_perm("comments.moderate_comment")
    for user in moderators.exclude(email="").exclude(pk__in=told).order_by("pk"):
        put_in_outbox(Purpose.QUEUE, user=user)
