"""The private addresses in our mails; none does anything before its button is pressed."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, EmailAddress, Link, new_key
from comments.privacy import retention

CONFIRM_WITHIN = retention.LINK
# Behind it lies all that we keep of somebody, who asked for it a moment ago.
DATA_WITHIN = timedelta(days=1)

UNKNOWN = _("Perhaps a part of it got lost. Open the link from our mail once more.")
WITHDRAWN = _("Your comment has another e-mail address by now, or has been erased.")
USED = _("You have used this link before. You need not do anything.")
EXPIRED = _("It was valid for a limited time, which has passed.")


class LinkError(Exception):
    """A link that does nothing; the message tells the visitor why."""


class UsedError(LinkError):
    """A link that did what it does already."""


def find(purpose: Link.Purpose, key: str) -> Link:
    """The link with this key, if it does something; raises LinkError otherwise."""
    links = Link.objects.select_related("email", "comment__post")
    link = links.filter(purpose=purpose, key=key).first()
    if link is None:
        raise LinkError(UNKNOWN)
    refuse_dead(link)
    return link


def refuse_dead(link: Link) -> None:
    """Raise LinkError when a link was withdrawn, used, or has expired."""
    if link.withdrawn_at:
        raise LinkError(WITHDRAWN)
    if link.used_at:
        raise UsedError(USED)
    if link.expires_at and link.expires_at <= timezone.now():
        raise LinkError(EXPIRED)


def live(purpose: Link.Purpose, email: EmailAddress) -> QuerySet[Link]:
    """The links of an address that do something, the newest last."""
    unexpired = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    links = Link.objects.filter(unexpired, purpose=purpose, email=email)
    return links.filter(used_at=None, withdrawn_at=None).order_by("pk")


def make_confirm_link(comment: Comment, email: EmailAddress) -> Link:
    """A link that confirms an address for one comment."""
    return Link.objects.create(
        key=new_key(),
        purpose=Link.Purpose.CONFIRM,
        email=email,
        comment=comment,
        expires_at=timezone.now() + CONFIRM_WITHIN,
    )


def make_data_link(email: EmailAddress) -> Link:
    """A link to what we keep of the owner of an address."""
    return Link.objects.create(
        key=new_key(),
        purpose=Link.Purpose.DATA,
        email=email,
        expires_at=timezone.now() + DATA_WITHIN,
    )


def stop_link(email: EmailAddress) -> Link:
    """The one link of an address that stops our mails; it never expires."""
    stop = Link.Purpose.STOP
    return live(stop, email).first() or Link.objects.create(
        key=new_key(), purpose=stop, email=email
    )


def absolute(name: str, *args: str) -> str:
    """A page of this site as an address for mails."""
    return settings.SITE_URL + reverse(name, args=args)
