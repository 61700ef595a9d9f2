"""The words of each mail, made from the rows as they are at the moment when it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import formataddr, make_msgid, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Count, F, Min
from django.template.loader import render_to_string
from django.utils.text import Truncator

from blog.models import SiteSettings
from comments.mail import links
from comments.models import Comment, EmailAddress, Link, Mail, Report
from comments.querysets import CommentQuerySet

EXCERPT_LENGTH = 300

Purpose = Mail.Purpose
Status = Comment.Status
Words = dict[str, Any]


def compose(mail: Mail) -> EmailMessage | None:
    """A mail with its words; None when there is nothing left to say.

    Replies that it tells about count as announced at the moment when the mail was taken.
    """
    words = words_for_visitor(mail, mail.email) if mail.email else queue_words(mail)
    if words is None:
        return None
    site_name = one_line(SiteSettings.objects.current().name)
    headers = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
    }
    if mail.email:
        stop_url = links.absolute("comments:stop", links.stop_link(mail.email).key)
        words["stop_url"] = stop_url
        # RFC 8058: a mail program can stop our mails by one click, without opening a page.
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text = render_to_string(f"comments/mail/{mail.purpose}.txt", words | {"site_name": site_name})
    subject, _break, body = text.strip().partition("\n")
    recipient = mail.email or mail.user
    return EmailMessage(
        subject=one_line(subject),
        body=body.strip() + "\n",
        from_email=sender(site_name),
        to=[recipient.email] if recipient else [],
        headers=headers,
    )


def sender(site_name: str) -> str:
    """Whom our mails come from: the site, unless MAIL_FROM brings a name of its own."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or site_name, address))


def words_for_visitor(mail: Mail, email: EmailAddress) -> Words | None:
    """What a mail to a visitor says; whoever stopped our mails gets what they ask for only."""
    if email.stopped_at and not is_asked_for(mail, email.stopped_at):
        return None
    return WORDS[Purpose(mail.purpose)](mail, email)


def is_asked_for(mail: Mail, stopped_at: datetime) -> bool:
    """Whether the owner of an address that stopped our mails wants this one."""
    wants_mail_again = mail.purpose == Purpose.CONFIRM and mail.made_at > stopped_at
    return wants_mail_again or mail.purpose == Purpose.DATA


def confirm_words(mail: Mail, email: EmailAddress) -> Words | None:
    """A link to confirm the address; not a word that a visitor typed."""
    comment = mail.comment
    gone = (Status.SPAM, Status.WITHDRAWN, Status.ERASED)
    if comment is None or comment.email_id != email.pk or comment.status in gone:
        return None
    link = links.live(Link.Purpose.CONFIRM, email).filter(comment=comment).last()
    if link is None:
        return None
    return {
        "post_title": one_line(comment.post.title),
        "confirm_url": links.absolute("comments:confirm", link.key),
        "days": links.CONFIRM_WITHIN.days,
        "wants_replies": comment.wants_replies,
        "again": email.stopped_at is not None,
    }


def reply_words(mail: Mail, email: EmailAddress) -> Words | None:
    """All that was answered and not yet told; a reply that somebody is changing comes next time."""
    replies = unannounced_replies().filter(parent__email=email).select_related("parent", "post")
    locked = replies.select_for_update(no_key=True, skip_locked=True, of=("self",))
    told = [reply for reply in locked.order_by("decided_at", "pk") if reply.post.is_readable]
    if not told:
        return None
    pks = [reply.pk for reply in told]
    Comment.objects.filter(pk__in=pks).update(announced_at=mail.taken_at)
    EmailAddress.objects.filter(pk=email.pk).update(notified_at=mail.taken_at)
    return {"count": len(told), "replies": [reply_in_mail(reply) for reply in told]}


def reply_in_mail(reply: Comment) -> Words:
    """One reply as a mail shows it."""
    parent = reply.parent
    return {
        "name": one_line(reply.name),
        "post_title": one_line(reply.post.title),
        "excerpt": quoted(reply.text),
        "url": settings.SITE_URL + reply.get_absolute_url(),
        "receipt_url": settings.SITE_URL + parent.receipt_url if parent else "",
    }


def unannounced_replies() -> CommentQuerySet:
    """Replies whose parent's writer asked for a mail, at an address confirmed for that comment."""
    asked = Comment.objects.approved().filter(
        announced_at=None,
        parent__status=Status.APPROVED,
        parent__wants_replies=True,
        parent__confirmed_at__isnull=False,
        parent__email__isnull=False,
        parent__email__stopped_at=None,
    )
    # An address that was only typed with the reply proves nothing.
    return asked.exclude(email=F("parent__email"), confirmed_at__isnull=False)


def decision_words(mail: Mail, email: EmailAddress) -> Words | None:
    """That readers no longer see a comment, why, and what its writer can do about that."""
    comment = mail.comment
    hidden = (Status.REJECTED, Status.SPAM)
    if comment is None or comment.status not in hidden or comment.confirmed_at is None:
        return None
    if comment.email_id != email.pk:
        return None
    # What was told to whoever reported; other reasons are for moderators.
    report = comment.reports.filter(outcome=Report.Outcome.HIDDEN).order_by("decided_at").last()
    return {
        "post_title": one_line(comment.post.title),
        "excerpt": quoted(comment.text),
        "reason": one_line(report.reason) if report else "",
        "receipt_url": settings.SITE_URL + comment.receipt_url,
    }


def data_words(mail: Mail, email: EmailAddress) -> Words | None:
    """A link to what we keep of somebody."""
    link = links.live(Link.Purpose.DATA, email).last()
    if link is None:
        return None
    return {"data_url": links.absolute("comments:data", link.key), "until": link.expires_at}


def queue_words(mail: Mail) -> Words | None:
    """How many comments wait for a moderator; not a word that a visitor typed."""
    user = mail.user
    if user is None or not (user.email and user.has_perm("comments.moderate_comment")):
        return None
    waiting = Comment.objects.waiting().aggregate(count=Count("pk"), oldest=Min("waiting_since"))
    if not waiting["count"]:
        return None
    return waiting | {"queue_url": links.absolute("admin:comments_comment_queue")}


WORDS: dict[Purpose, Callable[[Mail, EmailAddress], Words | None]] = {
    Purpose.CONFIRM: confirm_words,
    Purpose.REPLY: reply_words,
    Purpose.DECISION: decision_words,
    Purpose.DATA: data_words,
}


def one_line(text: str) -> str:
    """A text without breaks, fit for a header."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """The first words of a comment, marked line by line as another's."""
    lines = Truncator(text.strip()).chars(EXCERPT_LENGTH).splitlines()
    return "\n".join(f"> {line}".rstrip() for line in lines)
