"""Handing one mail to the mail server, and telling a refusal from silence."""

from __future__ import annotations

import re
import smtplib
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.text import Truncator


class RefusedError(Exception):
    """The mail was certainly not taken; the message is the answer, without addresses."""

    def __init__(self, answer: str, *, for_good: bool = False) -> None:
        super().__init__(answer)
        self.for_good = for_good


class UnclearError(Exception):
    """The mail was on its way when the mail server fell silent."""


class Connection(smtplib.SMTP):
    """Knows whether the text of a mail was on its way: from then on, silence may mean a yes."""

    text_on_its_way = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.text_on_its_way = True
        return super().data(msg)


class TlsConnection(Connection, smtplib.SMTP_SSL):
    """The same, under TLS from the first byte on."""


class SmtpBackend(EmailBackend):
    """Django's own, over a connection that knows how far a mail came."""

    @property
    def connection_class(self) -> type[Connection]:
        return TlsConnection if self.use_ssl else Connection

    @property
    def text_on_its_way(self) -> bool:
        """Whether the mail server may have the text of a mail."""
        return isinstance(self.connection, Connection) and self.connection.text_on_its_way


def hand_over(message: EmailMessage) -> None:
    """Give a mail to the mail server; raises RefusedError or UnclearError.

    What it raises has no cause: the original error may quote the address.
    """
    backend = get_connection()
    try:
        backend.open()
        backend.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, reply = next(iter(refusal.recipients.values()))
        raise RefusedError(readable(code, reply), for_good=code >= 500) from None
    except smtplib.SMTPResponseException as refusal:
        # A no to the text is final. The owner can still mend a wrong password or sender.
        final = isinstance(refusal, smtplib.SMTPDataError) and refusal.smtp_code >= 500
        raise RefusedError(
            readable(refusal.smtp_code, refusal.smtp_error), for_good=final
        ) from None
    except Exception as error:
        answer = readable(type(error).__name__, str(error))
        if isinstance(backend, SmtpBackend) and backend.text_on_its_way:
            raise UnclearError(answer) from None
        raise RefusedError(answer) from None
    finally:
        backend.close()


def readable(what: int | str, answer: bytes | str) -> str:
    """An answer as one short line without addresses."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    text = " ".join(re.sub(r"\S*@\S*", "…", f"{what} {text}").split())
    return Truncator(text.replace("\0", "")).chars(200)
