"""The outbox, and what became of it in the mailboxes of visitors and moderators."""

from __future__ import annotations

from django.core.mail import EmailMessage

from comments.models import Mail
from tests.comments.correspondents import ADDRESS
from tests.factories import create_comment

SITE = "https://www.example.org"

Mailbox = list[EmailMessage]


def put_mail_in_outbox() -> Mail:
    """A mail that can go at once."""
    create_comment(status="pending", email=ADDRESS)
    return Mail.objects.get()


def purposes() -> list[str]:
    """What the mails in the outbox are about."""
    return list(Mail.objects.order_by("pk").values_list("purpose", flat=True))


def body(message: EmailMessage) -> str:
    """What a mail says."""
    return str(message.body)
