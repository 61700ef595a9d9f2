"""A real mail server on this machine, which takes mails, refuses them, or hangs up."""

from __future__ import annotations

import asyncio
import email.policy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from enum import Enum, auto
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from pytest_django import Settings

from tests.running_site import free_port

HOST = "127.0.0.1"


class Manner(Enum):
    """How a mail server behaves that does not answer, or not yet."""

    HANGS_UP = auto()
    SAYS_NOTHING = auto()
    TAKES_ITS_TIME = auto()


TAKES_IT = "250 OK"
Answer = str | Manner


@dataclass
class MailServer:
    """A mail server: what it will say next, and which mails it took."""

    port: int
    to_sender: Answer = TAKES_IT
    to_recipient: Answer = TAKES_IT
    to_text: Answer = TAKES_IT
    to_goodbye: Answer = "221 Bye"
    takes_password: bool = True
    taken: list[EmailMessage] = field(default_factory=list)
    # Those whose text arrived, whatever was said to it.
    arrived: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        """What SMTP_URL is to be."""
        return f"smtp://{HOST}:{self.port}"

    # The names that aiosmtpd asks for.

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self.say(server, self.to_sender)
        if answer == TAKES_IT:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self.say(server, self.to_recipient)
        if answer == TAKES_IT:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        answer = await self.say(server, self.to_text)
        if answer == TAKES_IT:
            self.taken.append(message)
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return await self.say(server, self.to_goodbye)

    def authenticate(self, *_what: Any) -> AuthResult:
        return AuthResult(success=self.takes_password, handled=False)

    async def say(self, server: SMTP, answer: Answer) -> str:
        """An answer for the client, unless it gets none."""
        if answer == Manner.SAYS_NOTHING:
            await asyncio.sleep(3600)
        if answer == Manner.HANGS_UP:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            raise asyncio.CancelledError
        if answer == Manner.TAKES_ITS_TIME:
            await asyncio.sleep(2)
            return TAKES_IT
        return str(answer)


@contextmanager
def running_mail_server(**manner: Any) -> Iterator[MailServer]:
    """A mail server that listens until the block is left."""
    server = MailServer(port=free_port(), **manner)
    controller = Controller(
        server,
        hostname=HOST,
        port=server.port,
        authenticator=server.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def use(server: MailServer, settings: Settings) -> None:
    """Have this process send its mail there."""
    settings.EMAIL_BACKEND = "comments.mail.server.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = HOST, server.port
    settings.EMAIL_TIMEOUT = 1


def text_of(message: EmailMessage) -> str:
    """What a mail says."""
    content = message.get_content()
    assert isinstance(content, str)
    return content


def addresses_in(text: str) -> list[str]:
    """Every web address in a mail, in its order."""
    return re.findall(r"https?://\S+", text)
