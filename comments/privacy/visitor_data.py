"""What is kept of one visitor, found by the e-mail address that they confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.http import JsonResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext, ngettext

from blog.log import note
from blog.models import LogRecord
from comments.models import Comment, Decision, EmailAddress, Erasure
from comments.privacy import retention
from comments.privacy.erasure import erase_all
from comments.querysets import CommentQuerySet
from comments.spam import in_words

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


def find_address(email: str) -> EmailAddress | None:
    """The row of an address, however it is written, within its term."""
    address = EmailAddress.objects.filter(email=normal(email)).first()
    return address if address and retention.is_kept(address) else None


def comments_of(address: EmailAddress) -> CommentQuerySet:
    """Comments that the owner of the address confirmed; where one was typed proves nothing."""
    tied = Comment.objects.filter(email=address, confirmed_at__isnull=False)
    return retention.kept_comments(tied)


def unconfirmed_comments_of(address: EmailAddress) -> CommentQuerySet:
    """Comments with which the address was filled in, perhaps by somebody else."""
    return retention.kept_comments(Comment.objects.filter(email=address, confirmed_at=None))


@transaction.atomic
def erase(email: str, *, wish: Erasure.Wish, by: User | None = None) -> int:
    """Erase an address and the comments that its owner confirmed; how many comments.

    Comments that nobody confirmed lose the address, and stay: they may be another's.
    """
    # The comments are held before the address, as all do who hold both.
    tied = Comment.objects.filter(email__email=normal(email)).order_by("pk")
    list(tied.select_for_update(no_key=True, of=("self",)))
    address = EmailAddress.objects.select_for_update().filter(email=normal(email)).first()
    if address is None:
        return 0
    confirmed = Comment.objects.filter(email=address, confirmed_at__isnull=False)
    count = erase_all(confirmed, by=by)
    retention.untie(Comment.objects.filter(email=address))
    address.delete()
    Erasure.objects.create(wish=wish, made_by=by, comments=count)
    if by:
        size = ngettext("%(count)d comment", "%(count)d comments", count) % {"count": count}
        why = str(Erasure.Wish(wish).label)
        note(LogRecord.Action.REMOVED, kind="comment", subject="", title=size, by=by, detail=why)
    return count


def export(email: str) -> dict[str, Any]:
    """All that we keep of the owner of an address, as plain data; empty where that is nothing."""
    address = find_address(email)
    if address is None:
        return {}
    comments = comments_of(address).select_related("post")
    related = comments.prefetch_related(
        Prefetch("versions", retention.kept_wordings()),
        Prefetch("reports", retention.kept_reports()),
        Prefetch("decisions", Decision.objects.filter(undone_at=None)),
    )
    return {
        "email": address.email,
        "given_at": moment(address.created_at),
        "confirmed_at": moment(address.confirmed_at),
        "mails_stopped_at": moment(address.stopped_at),
        "unconfirmed_comments": unconfirmed_comments_of(address).count(),
        "comments": [exported(comment) for comment in related.order_by("created_at", "pk")],
        "mails": [
            {"purpose": mail.purpose, "status": mail.status, "since": moment(mail.status_at)}
            for mail in retention.kept_mails().filter(email=address).order_by("made_at", "pk")
        ],
    }


def as_download(data: dict[str, Any]) -> JsonResponse:
    """What was exported as a file, which a person can read too and no browser keeps."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    add_never_cache_headers(response)
    name = gettext("comments-and-data")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


def exported(comment: Comment) -> dict[str, Any]:
    """One comment with what became of it."""
    # What is not public, such as the title of a later draft, is nobody's business.
    post = comment.post if comment.post.is_readable else None
    return {
        "post": post and post.title,
        "address": post and settings.SITE_URL + address_on_site(comment),
        "name": comment.name,
        "text": comment.text,
        "sent_at": moment(comment.created_at),
        "status": comment.status,
        "since": moment(comment.decided_at),
        "waits": comment.waiting_since is not None,
        "redacted_at": moment(comment.redacted_at),
        "address_confirmed_at": moment(comment.confirmed_at),
        "mail_on_replies": comment.wants_replies,
        "spam_filter": in_words(comment.spam_findings),
        "other_wordings": [
            {"name": version.name, "text": version.text, "since": moment(version.set_aside_at)}
            for version in comment.versions.all()
        ],
        "decisions": [
            {"status": decision.status, "made_at": moment(decision.made_at)}
            for decision in comment.decisions.all()
        ],
        "reports": [
            {
                "ground": report.ground,
                "made_at": moment(report.made_at),
                "outcome": report.outcome,
                "reason": report.reason,
            }
            for report in comment.reports.all()
        ],
    }


def address_on_site(comment: Comment) -> str:
    """Where readers find a comment, or the post where they would."""
    place = comment if comment.is_public else comment.post
    return place.get_absolute_url()


def normal(email: str) -> str:
    """An address as it is kept."""
    return email.strip().lower()


def moment(value: datetime | None) -> str | None:
    """A moment as machines and people can read it."""
    return value.isoformat() if value else None
