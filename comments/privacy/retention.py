"""How long each thing is kept; past its term it counts as gone, and `clean_up` deletes it.

`docs/privacy.md` and the privacy statement of the example site name the same terms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from comments.models import (
    Attempt,
    Comment,
    DailyKey,
    EmailAddress,
    Link,
    Mail,
    Report,
    Submission,
    Version,
)
from comments.privacy.erasure import wipe, wipe_from_log_of_admin
from comments.querysets import CommentQuerySet

# A comment that was rejected, filed as spam or withdrawn, and the place of an erased one.
UNPLACED_COMMENT = timedelta(days=30)
# A wording that another replaced, or that a moderator did not want.
EARLIER_WORDING = timedelta(days=30)
# An address that nobody confirmed, after it was filled in or we asked last.
UNCONFIRMED_ADDRESS = timedelta(days=7)
# An address that no comment has any more, after we mailed it last: we do so once a day.
UNUSED_ADDRESS = timedelta(days=1)
# An address after its owner confirmed it last, for as long as a comment has it.
CONFIRMED_ADDRESS = timedelta(days=365)
# An address whose owner wants no mail from us: without it we could not know that.
STOPPED_ADDRESS = timedelta(days=365)
# A link that we mailed; one that stops mail works for as long as we know the address.
LINK = timedelta(days=7)
# The hash of a network, its key, and what is recognised by them: until midnight.
NETWORK_HASH = timedelta(days=1)
# A report after a moderator decided about it.
DECIDED_REPORT = timedelta(days=180)
# That a mail was sent, or could not be.
MAIL = timedelta(days=30)

# Rows that one transaction takes away, so that no visitor waits long for the lock.
BATCH = 500

Status = Comment.Status
UNPLACED = (Status.REJECTED, Status.SPAM, Status.WITHDRAWN)

Row = TypeVar("Row", bound=models.Model)


# --- What is still kept -------------------------------------------------------------------------


def kept_comments(comments: CommentQuerySet) -> CommentQuerySet:
    """Those among them that are neither erased nor past their term."""
    past = Q(status__in=UNPLACED, decided_at__lte=timezone.now() - UNPLACED_COMMENT)
    return comments.exclude(status=Status.ERASED).exclude(past)


def kept_address(comment: Comment) -> EmailAddress | None:
    """The address of a comment, within its term."""
    address = comment.email
    if address is None or unconfirmed_comments().filter(pk=comment.pk).exists():
        return None
    return address if is_kept(address) else None


def is_kept(address: EmailAddress) -> bool:
    """Whether an address is within one of its terms."""
    return not forgotten_addresses().filter(pk=address.pk).exists()


def kept_reports() -> models.QuerySet[Report]:
    """Reports that wait, or were decided within their term."""
    return Report.objects.exclude(decided_at__lte=timezone.now() - DECIDED_REPORT)


def kept_mails() -> models.QuerySet[Mail]:
    """Mails that wait or went within their term."""
    return Mail.objects.filter(status_at__gt=timezone.now() - MAIL)


def kept_wordings() -> models.QuerySet[Version]:
    """Wordings beside the one in a comment's row that are within their term."""
    return Version.objects.exclude(replaced_long_ago()).exclude(refused_long_ago())


def replaced_long_ago() -> Q:
    """A wording that made room for another, by an edit or by an editor."""
    since = timezone.now() - EARLIER_WORDING
    return Q(number__lte=F("comment__version"), set_aside_at__lte=since)


def refused_long_ago() -> Q:
    """An edit that a moderator did not want."""
    return Q(
        number__gt=F("comment__version"),
        comment__waiting_since=None,
        comment__decided_at__lte=timezone.now() - EARLIER_WORDING,
    )


# --- What goes ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """How many of each kind were past their term."""

    comments: int
    places: int
    wordings: int
    addresses: int
    unconfirmed: int
    links: int
    reports: int
    mails: int
    hashes: int


def clean_up() -> Counts:
    """Take away whatever is past its term; what is within it is left alone."""
    now = timezone.now()
    reports = in_batches(Report.objects.filter(decided_at__lte=now - DECIDED_REPORT), delete)
    comments, places = clean_up_comments(now)
    return Counts(
        comments=comments,
        places=places,
        wordings=clean_up_wordings(),
        unconfirmed=in_batches(unconfirmed_comments(), take_address_off),
        addresses=clean_up_addresses(),
        links=in_batches(Link.objects.filter(expires_at__lte=now), delete),
        reports=reports,
        mails=in_batches(Mail.objects.filter(status_at__lte=now - MAIL), delete),
        hashes=clean_up_hashes(),
    )


def clean_up_comments(now: datetime) -> tuple[int, int]:
    """Comments that went as a whole, and those of which a place is left."""
    past = Comment.objects.filter(
        status__in=[*UNPLACED, Status.ERASED], decided_at__lte=now - UNPLACED_COMMENT
    )
    answered = Exists(Comment.objects.filter(parent=OuterRef("pk")))
    reported = Exists(Report.objects.filter(comment=OuterRef("pk")))
    # A reply first, and then perhaps what it answered: each batch looks again.
    deleted = in_batches(past.exclude(answered | reported), delete_comments)
    return deleted, in_batches(past.exclude(status=Status.ERASED), wipe_comments)


def clean_up_wordings() -> int:
    """Wordings that were replaced, and edits that a moderator did not want."""
    replaced = in_batches(Version.objects.filter(replaced_long_ago()), delete)
    return replaced + in_batches(Version.objects.filter(refused_long_ago()), delete_refused)


def unconfirmed_comments() -> CommentQuerySet:
    """Comments with an address that nobody confirmed for them in time."""
    since = timezone.now() - UNCONFIRMED_ADDRESS
    tied = Comment.objects.filter(email__isnull=False, confirmed_at=None, created_at__lte=since)
    asked_long_ago = tied.filter(Q(email__asked_at=None) | Q(email__asked_at__lte=since))
    links = Link.objects.filter(purpose=Link.Purpose.CONFIRM, comment=OuterRef("pk"))
    return asked_long_ago.exclude(Exists(links.filter(expires_at__gt=timezone.now())))


def forgotten_addresses() -> models.QuerySet[EmailAddress]:
    """Addresses past all their terms."""
    now = timezone.now()
    since = now - UNCONFIRMED_ADDRESS
    used = Exists(Comment.objects.filter(email=OuterRef("pk")))
    unused_since = now - UNUSED_ADDRESS
    return (
        EmailAddress.objects.exclude(created_at__gt=unused_since)
        .exclude(asked_at__gt=unused_since)
        .exclude(data_asked_at__gt=unused_since)
        .exclude(used, Q(created_at__gt=since) | Q(asked_at__gt=since))
        .exclude(used, confirmed_at__gt=now - CONFIRMED_ADDRESS)
        .exclude(stopped_at__gt=now - STOPPED_ADDRESS)
    )


def clean_up_addresses() -> int:
    """Addresses past their terms; first their comments let go of them.

    In two steps, because whoever holds both a comment and its address took the comment first.
    """
    in_batches(Comment.objects.filter(email__in=forgotten_addresses()), take_address_off)
    unused = forgotten_addresses().exclude(Exists(Comment.objects.filter(email=OuterRef("pk"))))
    return in_batches(unused, delete)


def clean_up_hashes() -> int:
    """What was made under the keys of earlier days, and those keys."""
    last_day = timezone.localdate() - NETWORK_HASH
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        in_batches(Submission.objects.filter(made_at__lt=midnight), delete)
        + in_batches(Attempt.objects.filter(window__lt=midnight), delete)
        + in_batches(DailyKey.objects.filter(day__lte=last_day), delete)
    )


# --- How it goes --------------------------------------------------------------------------------


def in_batches(rows: models.QuerySet[Row], act: Callable[[models.QuerySet[Row]], int]) -> int:
    """Do something to rows that takes them out of this set, a few at a time; how many there were.

    Whoever holds a row is waited for, and then the row is looked at again.
    """
    done = 0
    while True:
        with transaction.atomic():
            locked = rows.select_for_update(of=("self",)).only("pk").order_by("pk")
            pks = [row.pk for row in locked[:BATCH]]
            if not pks:
                return done
            done += act(rows.filter(pk__in=pks))


def delete(rows: models.QuerySet[Row]) -> int:
    """Delete rows and what belongs to them; how many of this kind."""
    _all, by_kind = rows.delete()
    return by_kind.get(rows.model._meta.label, 0)


def delete_comments(comments: models.QuerySet[Comment]) -> int:
    """Delete comments on which nothing hangs."""
    wipe_from_log_of_admin(list(comments.values_list("pk", flat=True)))
    return delete(comments)


def wipe_comments(comments: models.QuerySet[Comment]) -> int:
    """Leave the place of comments only, because replies or reports hang on it."""
    pks = list(comments.values_list("pk", flat=True))
    wipe(pks)
    return len(pks)


def delete_refused(wordings: models.QuerySet[Version]) -> int:
    """Delete edits that were not wanted; their comments are as new as what readers see."""
    pks = list(wordings.values_list("comment", flat=True))
    deleted = delete(wordings)
    Comment.objects.filter(pk__in=pks).update(newest_version=F("version"), refused_version=0)
    return deleted


def take_address_off(comments: models.QuerySet[Comment]) -> int:
    """Forget which address was filled in with comments."""
    pks = list(comments.values_list("pk", flat=True))
    untie(Comment.objects.filter(pk__in=pks))
    return len(pks)


def untie(comments: models.QuerySet[Comment]) -> None:
    """Let comments have no address."""
    comments.update(email=None, confirmed_at=None, wants_replies=False)
