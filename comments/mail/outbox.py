"""The outbox: a mail is marked before it goes, tried again when refused, and never sent twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from comments.mail.letters import compose
from comments.mail.server import RefusedError
from comments.models import Comment, EmailAddress, Mail

# An approval or a refusal that is undone at once mails nobody.
REPLY_AFTER = DECISION_AFTER = timedelta(minutes=2)
REPLIES_APART = timedelta(hours=1)
# What comes in together is one mail to a moderator.
QUEUE_AFTER = timedelta(minutes=10)
QUEUE_APART = timedelta(hours=1)
# After the first refusal, the second, and so on; after one more there is no further attempt.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]
# Handing over a mail never takes as long as this: who was at it is gone.
LOST_AFTER = timedelta(minutes=10)

Purpose = Mail.Purpose
Status = Mail.Status
HANDED_OVER = (Status.SENDING, Status.SENT, Status.UNKNOWN)
# An editor has to choose what becomes of these.
NEEDS_A_LOOK = (Status.UNKNOWN, Status.FAILED)


def due_at(mail: Mail) -> datetime:
    """The earliest moment at which a new mail may go."""
    if mail.purpose == Purpose.REPLY:
        notified_at = EmailAddress.objects.values_list("notified_at", flat=True)
        return apart(
            mail.made_at + REPLY_AFTER, notified_at.filter(mails=mail).first(), REPLIES_APART
        )
    if mail.purpose == Purpose.QUEUE:
        earlier = Mail.objects.filter(
            purpose=Purpose.QUEUE, user=mail.user_id, status__in=HANDED_OVER
        )
        last = earlier.aggregate(last=Max("status_at"))["last"]
        return apart(mail.made_at + QUEUE_AFTER, last, QUEUE_APART)
    if mail.purpose == Purpose.DECISION:
        return mail.made_at + DECISION_AFTER
    return mail.made_at


def apart(earliest: datetime, last: datetime | None, distance: timedelta) -> datetime:
    """A moment that also keeps its distance from the last time, if there was one."""
    return max(earliest, last + distance) if last else earliest


@transaction.atomic
def take(mail_pk: int) -> EmailMessage | None:
    """Mark a waiting mail as being sent, and make its words; it goes when there is nothing to say.

    The address is held first, so that a reply that is approved now sees the mail wait, or gone.
    """
    addresses = EmailAddress.objects.select_for_update(no_key=True, of=("self",))
    addresses.filter(mails=mail_pk).first()
    rows = Mail.objects.select_for_update(no_key=True, of=("self",))
    mail = (
        rows.select_related("email", "user", "comment__post")
        .filter(pk=mail_pk, status=Status.WAITING)
        .first()
    )
    if mail is None:
        return None
    mail.status = Status.SENDING
    mail.status_at = mail.taken_at = timezone.now()
    message = compose(mail)
    if message is None:
        mail.delete()
    else:
        mail.save(update_fields=["status", "status_at", "taken_at"])
    return message


def settle(mail_pk: int, status: Mail.Status, answer: str = "") -> None:
    """Keep what became of a mail that was handed over, also when it was given up meanwhile."""
    rows = Mail.objects.filter(pk=mail_pk, status__in=[Status.SENDING, Status.UNKNOWN])
    rows.update(status=status, status_at=timezone.now(), answer=answer)


@transaction.atomic
def put_off(mail_pk: int, refusal: RefusedError) -> timedelta | None:
    """Let a refused mail wait again, and for how long; None when it is not tried any more."""
    rows = Mail.objects.select_for_update(no_key=True)
    mail = rows.filter(pk=mail_pk, status__in=[Status.WAITING, Status.SENDING]).first()
    if mail is None:
        return None
    mail.attempts += 1
    mail.answer = str(refusal)
    if refusal.for_good or mail.attempts > len(PAUSES):
        set_status(mail, Status.FAILED)
        return None
    return PAUSES[mail.attempts - 1] if wait_again(mail) else None


@transaction.atomic
def start_over(mail_pk: int) -> Mail | None:
    """Let a mail wait anew that did not go, or perhaps did; None where there is nothing to do."""
    rows = Mail.objects.select_for_update(no_key=True)
    mail = rows.filter(pk=mail_pk, status__in=NEEDS_A_LOOK).first()
    if mail is None:
        return None
    mail.attempts = 0
    return mail if wait_again(mail) else None


def wait_again(mail: Mail) -> bool:
    """Let a mail wait that was taken before; not where another waits that will say the same."""
    if mail.purpose == Purpose.REPLY and mail.taken_at:
        told = Comment.objects.filter(parent__email=mail.email_id, announced_at=mail.taken_at)
        told.update(announced_at=None)
    try:
        with transaction.atomic():
            set_status(mail, Status.WAITING)
    except IntegrityError:
        mail.delete()
        return False
    return True


def set_status(mail: Mail, status: Mail.Status) -> None:
    """Give a mail another status, from now on."""
    mail.status = status
    mail.status_at = timezone.now()
    mail.save(update_fields=["status", "status_at", "attempts", "answer"])


def give_up_lost() -> None:
    """Keep mails that a crash cut short from being sent again: they may have gone."""
    now = timezone.now()
    lost = Mail.objects.filter(status=Status.SENDING, status_at__lt=now - LOST_AFTER)
    lost.update(status=Status.UNKNOWN, status_at=now)
