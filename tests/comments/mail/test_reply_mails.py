"""Mail on replies: who gets it, when, how often, and what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from blog.models import Moderation, SiteSettings
from blog.publishing import unpublish
from comments import confirmation, moderation
from comments.mail import correspondence
from comments.mail import outbox as mailing
from comments.models import Comment, Mail
from tests.comments.correspondents import ADDRESS, confirm_link, create_comment_with_mail_on_replies
from tests.comments.mail.mailbox import SITE, Mailbox, body, purposes
from tests.factories import create_author, create_comment, create_editor, set_moderation
from tests.instants import HOUR, MINUTE, NOON, Clock, at_the_same_instant
from tests.mail_server import addresses_in
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db

Arrange = Callable[[], Comment]


def test_reply_is_mailed_after_a_short_pause(mailoutbox: Mailbox, clock: Clock) -> None:
    parent = create_comment_with_mail_on_replies(text="Wat ik vroeg.")
    reply = create_comment(parent=parent, name="Bas", text="Eerste regel.\n\nTweede regel.")

    run_jobs()
    at_once = list(mailoutbox)
    clock.shift(mailing.REPLY_AFTER)
    run_jobs()

    assert at_once == []
    (message,) = mailoutbox
    assert message.to == [ADDRESS]
    assert "Bas" in body(message)
    assert "> Eerste regel.\n>\n> Tweede regel." in body(message)
    assert parent.post.title in body(message)
    assert SITE + reply.get_absolute_url() in addresses_in(body(message))
    assert SITE + parent.receipt_url in addresses_in(body(message))
    reply.refresh_from_db()
    assert reply.announced_at == NOON + mailing.REPLY_AFTER


def test_long_reply_is_cut(mailoutbox: Mailbox, clock: Clock) -> None:
    parent = create_comment_with_mail_on_replies()
    create_comment(parent=parent, text="woord " * 300)

    clock.shift(HOUR)
    run_jobs()

    (quoted,) = [line for line in body(mailoutbox[0]).splitlines() if line.startswith("> ")]
    assert len(quoted) == len("> ") + 300


def test_nothing_that_was_typed_gets_into_the_head_of_a_mail(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    parent = create_comment_with_mail_on_replies()
    create_comment(parent=parent, name="Bas\nBcc: allen@example.org\r\nX: y", text="Dag.\nTo: z")
    SiteSettings.objects.update_or_create(
        pk=SiteSettings.ONLY, defaults={"name": 'Rust, "punt"\nBcc: allen@example.org'}
    )

    clock.shift(HOUR)
    run_jobs()

    message = mailoutbox[0].message()
    assert message["Bcc"] is None
    assert message["X"] is None
    assert mailoutbox[0].recipients() == [ADDRESS]
    assert "\n" not in mailoutbox[0].subject


def test_reply_that_waits_or_is_rejected_mails_nobody(clock: Clock) -> None:
    parent = create_comment_with_mail_on_replies()

    create_comment(parent=parent, status="pending")
    create_comment(parent=parent, status="rejected")
    create_comment(parent=parent, status="spam")

    assert purposes() == []


def test_approval_that_is_undone_in_time_mails_nobody(mailoutbox: Mailbox, clock: Clock) -> None:
    parent = create_comment_with_mail_on_replies()
    reply, editor = create_comment(parent=parent, status="pending"), create_editor()
    decision = moderation.approve(reply, by=editor, version=1)
    assert decision

    moderation.undo(decision, by=editor)
    clock.shift(HOUR)
    run_jobs()

    assert mailoutbox == []
    assert not Mail.objects.exists()


def test_replies_are_mailed_once_an_hour_and_each_once(mailoutbox: Mailbox, clock: Clock) -> None:
    parent = create_comment_with_mail_on_replies()
    mailed_at: list[int] = []

    for minute in range(3 * 60):
        clock.move_to(NOON + minute * MINUTE)
        if minute % 10 == 0:
            create_comment(parent=parent, text=f"Antwoord {minute}.")
        run_jobs()
        if len(mailoutbox) > len(mailed_at):
            mailed_at.append(minute)

    assert mailed_at == [2, 62, 122]
    told = [text for message in mailoutbox for text in body(message).splitlines() if "> A" in text]
    assert told == [f"> Antwoord {minute}." for minute in range(0, 130, 10)]


def test_replies_to_all_comments_of_one_address_are_one_mail(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    first = create_comment_with_mail_on_replies()
    second = create_comment_with_mail_on_replies()
    create_comment(parent=first, text="Op de eerste.")
    create_comment(parent=second, text="Op de tweede.")

    clock.shift(HOUR)
    run_jobs()

    (message,) = mailoutbox
    assert "Op de eerste." in body(message)
    assert "Op de tweede." in body(message)


def unconfirmed() -> Comment:
    comment = create_comment(email=ADDRESS)
    correspondence.request_replies(comment)
    return comment


def who_changed_their_mind() -> Comment:
    comment = create_comment_with_mail_on_replies()
    correspondence.stop_replies(comment)
    return comment


def whose_comment_was_taken_away() -> Comment:
    comment = create_comment_with_mail_on_replies()
    moderation.reject(comment, by=create_editor(), version=1)
    return comment


def without_an_address() -> Comment:
    comment = create_comment()
    correspondence.request_replies(comment)
    return comment


@pytest.mark.parametrize(
    "writer",
    [
        unconfirmed,
        who_changed_their_mind,
        whose_comment_was_taken_away,
        without_an_address,
    ],
)
def test_writer_gets_no_mail_about_replies(writer: Arrange) -> None:
    parent = writer()

    create_comment(parent=parent)

    assert "reply" not in purposes()


def test_own_reply_is_no_news() -> None:
    parent = create_comment_with_mail_on_replies()
    reply = create_comment(parent=parent, status="pending", email=ADDRESS)
    confirmation.confirm(confirm_link(reply))

    moderation.approve(reply, by=create_editor(), version=1)

    assert "reply" not in purposes()


def test_reply_under_the_address_of_the_writer_that_nobody_confirmed_is_news() -> None:
    parent = create_comment_with_mail_on_replies()

    create_comment(parent=parent, email=ADDRESS)

    assert "reply" in purposes()


def test_replies_from_before_the_wish_are_no_news(mailoutbox: Mailbox, clock: Clock) -> None:
    parent = create_comment()
    create_comment(parent=parent, text="Stond er al.")
    correspondence.request_replies(parent, ADDRESS)
    confirmation.confirm(confirm_link(parent))
    Mail.objects.all().delete()
    create_comment(parent=parent, text="Kwam erbij.")

    clock.shift(HOUR)
    run_jobs()

    assert "Kwam erbij." in body(mailoutbox[0])
    assert "Stond er al." not in body(mailoutbox[0])


def test_replies_from_between_the_wish_and_the_confirmation_are_news(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    parent = create_comment()
    assert not correspondence.request_replies(parent, ADDRESS)
    create_comment(parent=parent, text="Kwam ertussen.")

    confirmation.confirm(confirm_link(parent))
    Mail.objects.filter(purpose="confirm").delete()
    clock.shift(HOUR)
    run_jobs()

    (message,) = mailoutbox
    assert "Kwam ertussen." in body(message)


def test_answer_of_an_editor_is_mailed() -> None:
    parent, editor = create_comment_with_mail_on_replies(), create_editor()
    create_author(user=editor)

    moderation.answer(parent, by=editor, text="Dank voor je vraag.")

    assert purposes() == ["reply"]


def test_reply_that_the_rules_let_through_is_mailed() -> None:
    parent = create_comment_with_mail_on_replies()
    set_moderation(Moderation.NONE)

    create_comment(parent=parent, status="pending")

    assert purposes() == ["reply"]


def test_reply_on_a_post_that_went_offline_waits_for_the_next_mail(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    parent = create_comment_with_mail_on_replies()
    reply = create_comment(parent=parent)
    unpublish(parent.post, by=create_editor())

    clock.shift(HOUR)
    run_jobs()

    assert mailoutbox == []
    assert Comment.objects.get(pk=reply.pk).announced_at is None


@pytest.mark.django_db(transaction=True)
def test_two_replies_approved_at_once_are_one_mail() -> None:
    first, second = create_comment_with_mail_on_replies(), create_comment_with_mail_on_replies()
    replies = [create_comment(parent=first, status="pending"),
               create_comment(parent=second, status="pending")]  # fmt: skip
    editor = create_editor()

    at_the_same_instant(
        *(lambda reply=reply: moderation.approve(reply, by=editor, version=1) for reply in replies)
    )

    assert Comment.objects.approved().count() == 4
    assert Mail.objects.filter(purpose="reply").count() == 1
