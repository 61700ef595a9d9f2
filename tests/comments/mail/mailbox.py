"""The outbox, and what became of it in the mailboxes of visitors and moderators."""

from __future__ import annotations

from django.core.mail import EmailMessage

from comments.models import Mail

SITE = "https://www.example.org"

Mailbox = list[EmailMessage]


def purposes() -> list[str]:
    """What the mails in the outbox are about."""
    return list(Mail.objects.order_by("pk").values_list("purpose", flat=True))


def body(message: EmailMessage) -> str:
    """What a mail says."""
    return str(message.body)
