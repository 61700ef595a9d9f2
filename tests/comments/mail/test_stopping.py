"""Stopping our mails by one click, and what still comes after it."""

from __future__ import annotations

import pytest

from comments import confirmation, moderation
from comments.mail import correspondence, links
from comments.models import Comment, EmailAddress, Link, Mail, Report
from tests.comments.correspondents import (
    ADDRESS,
    confirm_link,
    create_comment_with_mail_on_replies,
    create_confirmed_comment,
    report,
)
from tests.comments.mail.mailbox import SITE, Mailbox, body, purposes
from tests.factories import create_comment, create_editor
from tests.instants import DAY, HOUR, NOON, Clock
from tests.mail_server import addresses_in
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_every_mail_to_a_visitor_can_stop_the_next_by_one_click(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    parent = create_confirmed_comment()
    correspondence.request_replies(parent)
    create_comment(parent=parent)
    Report.objects.create(key="k", comment=parent, ground="other")
    clock.shift(HOUR)
    run_jobs()
    moderation.reject(parent, by=create_editor(), version=1)
    correspondence.send_data_link(ADDRESS)
    clock.shift(HOUR)
    run_jobs()

    link = Link.objects.get(purpose="stop")
    url = f"{SITE}/reacties/stoppen/{link.key}/"
    assert sorted(Mail.objects.values_list("purpose", flat=True)) == [
        *("data", "decision", "reply"),
    ]
    assert len(mailoutbox) == 3
    for message in mailoutbox:
        assert message.extra_headers["List-Unsubscribe"] == f"<{url}>"
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert url in addresses_in(body(message))


def test_stopping_twice_changes_nothing(clock: Clock) -> None:
    create_comment(email=ADDRESS)
    link = links.stop_link(EmailAddress.objects.get())

    correspondence.stop(link)
    clock.shift(HOUR)
    correspondence.stop(link)

    assert EmailAddress.objects.get().stopped_at == NOON


def test_link_that_stops_never_expires(clock: Clock) -> None:
    create_comment(email=ADDRESS)
    key = links.stop_link(EmailAddress.objects.get()).key

    clock.shift(1000 * DAY)

    assert links.find(Link.Purpose.STOP, key).key == key


def test_whoever_stopped_gets_no_mail_that_waited_and_no_new_one(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    parent = create_comment_with_mail_on_replies()
    create_comment(parent=parent)
    create_comment(status="pending", email=ADDRESS)
    report(parent)
    moderation.reject(parent, by=create_editor(), version=1)
    waited = sorted(purposes())
    correspondence.stop(links.stop_link(EmailAddress.objects.get()))

    clock.shift(DAY)
    run_jobs()
    create_comment(parent=parent)
    create_comment(status="pending", email=ADDRESS)

    assert waited == ["confirm", "decision", "reply"]
    assert mailoutbox == []
    assert purposes() == []


def test_whoever_stopped_still_gets_the_link_that_they_ask_for(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    create_confirmed_comment()
    Mail.objects.all().delete()
    correspondence.stop(links.stop_link(EmailAddress.objects.get()))

    correspondence.send_data_link(ADDRESS)
    run_jobs()

    assert len(mailoutbox) == 1


def stopped_comment() -> Comment:
    """A comment whose writer confirmed the address, and then stopped all our mails."""
    comment = create_confirmed_comment()
    Mail.objects.all().delete()
    correspondence.stop(links.stop_link(EmailAddress.objects.get()))
    return Comment.objects.select_related("email").get(pk=comment.pk)


def test_whoever_stopped_can_ask_for_mail_again_on_the_page_of_their_comment(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    comment = stopped_comment()
    clock.shift(HOUR)

    promised = correspondence.request_replies(comment)
    run_jobs()

    (message,) = mailoutbox
    link = Link.objects.filter(purpose="confirm").latest("pk")
    assert not promised
    assert f"{SITE}/reacties/bevestigen/{link.key}/" in addresses_in(body(message))
    assert "Je had onze mails naar dit adres gestopt." in body(message)
    assert EmailAddress.objects.get().stopped_at
    confirmation.confirm(link)
    assert EmailAddress.objects.get().stopped_at is None


def test_whoever_stopped_is_asked_once_a_day_whether_they_want_mail_again(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    comment = stopped_comment()
    clock.shift(HOUR)

    for _time in range(3):
        correspondence.request_replies(comment)
        run_jobs()
        clock.shift(HOUR)
    first_day = len(mailoutbox)
    clock.shift(DAY)
    correspondence.request_replies(comment)
    run_jobs()

    assert (first_day, len(mailoutbox)) == (1, 2)


def test_approval_is_no_wish_for_mail_of_whoever_stopped(mailoutbox: Mailbox, clock: Clock) -> None:
    comment = stopped_comment()
    clock.shift(2 * DAY)
    # It is past its term.
    Link.objects.filter(purpose="confirm").delete()
    Comment.objects.update(status="pending", waiting_since=NOON)

    moderation.approve(Comment.objects.get(pk=comment.pk), by=create_editor(), version=1)
    run_jobs()

    assert mailoutbox == []


def test_form_that_names_a_stopped_address_mails_nobody(mailoutbox: Mailbox, clock: Clock) -> None:
    stopped_comment()
    clock.shift(2 * DAY)

    other = create_comment(status="pending", email=ADDRESS)
    correspondence.request_replies(other)
    correspondence.request_replies(create_comment(status="pending"), ADDRESS)
    run_jobs()

    assert mailoutbox == []


def test_confirming_after_having_stopped_is_the_latest_word() -> None:
    comment = create_comment(email=ADDRESS)
    correspondence.stop(links.stop_link(EmailAddress.objects.get()))

    confirmation.confirm(confirm_link(comment))

    assert EmailAddress.objects.get().stopped_at is None
