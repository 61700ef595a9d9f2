"""Mail on a decision, to the writer whose comment was reported."""

from __future__ import annotations

import pytest

from comments import moderation
from comments.mail import outbox as mailing
from comments.models import Mail
from tests.comments.correspondents import ADDRESS, create_confirmed_comment, report
from tests.comments.mail.mailbox import SITE, Mailbox, body, purposes
from tests.factories import create_comment, create_editor
from tests.instants import HOUR, Clock
from tests.mail_server import addresses_in
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_writer_is_told_why_a_reported_comment_was_taken_away(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    comment = create_confirmed_comment(text="Wat ik vond.")
    Mail.objects.all().delete()
    report(comment)

    moderation.reject(comment, by=create_editor(), version=1, reason="Dit kwetst anderen.")
    run_jobs()
    at_once = list(mailoutbox)
    clock.shift(mailing.DECISION_AFTER)
    run_jobs()

    assert at_once == []
    (message,) = mailoutbox
    assert message.to == [ADDRESS]
    assert "> Wat ik vond." in body(message)
    assert "Dit kwetst anderen." in body(message)
    assert SITE + comment.receipt_url in addresses_in(body(message))


def test_decision_that_is_undone_in_time_mails_nobody(mailoutbox: Mailbox, clock: Clock) -> None:
    comment, editor = create_confirmed_comment(), create_editor()
    Mail.objects.all().delete()
    report(comment)
    decision = moderation.reject(comment, by=editor, version=1)
    assert decision

    moderation.undo(decision, by=editor)
    clock.shift(HOUR)
    run_jobs()

    assert mailoutbox == []


def test_writer_with_an_unconfirmed_address_is_told_nothing() -> None:
    comment = create_comment(email=ADDRESS)
    report(comment)

    moderation.reject(comment, by=create_editor(), version=1)

    assert purposes() == ["confirm"]


def test_writer_is_not_told_what_moderators_write_to_each_other(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    comment, editor = create_confirmed_comment(), create_editor()
    Mail.objects.all().delete()
    report(comment)
    moderation.reject(comment, by=editor, version=1, reason="Dit kwetst anderen.")
    moderation.mark_spam(comment, by=editor, version=1, reason="Intern: een bekende.")

    clock.shift(mailing.DECISION_AFTER)
    run_jobs()

    assert "Dit kwetst anderen." in body(mailoutbox[0])
    assert "Intern" not in body(mailoutbox[0])
