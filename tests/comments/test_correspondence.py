"""Who gets a mail, when, and what it says; and what the links in it do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from blog.models import Moderation, Post, SiteSettings
from blog.publishing import unpublish
from comments import confirmation, moderation, submission
from comments.mail import correspondence, links
from comments.mail import outbox as mailing
from comments.mail.links import LinkError
from comments.models import Comment, EmailAddress, Erasure, Link, Mail, Report
from comments.privacy.erasure import erase
from tests.factories import (
    create_author,
    create_comment,
    create_editor,
    create_post,
    create_superuser,
    create_user,
)
from tests.instants import at_the_same_instant
from tests.mail_server import addresses_in
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
SITE = "https://www.example.org"
ADDRESS = "joke@example.org"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

Clock = time_machine.Traveller
Mailbox = list[EmailMessage]


@pytest.fixture(autouse=True)
def site_url(settings: Settings) -> None:
    """The site at a public address."""
    settings.SITE_URL = SITE


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Time stands still at noon, until a test moves it."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def confirm_link(comment: Comment) -> Link:
    """The link that was mailed to confirm the address of a comment."""
    return Link.objects.get(purpose="confirm", comment=comment, withdrawn_at=None)


def create_confirmed_comment(**fields: Any) -> Comment:
    """A comment whose writer followed the link that we mailed."""
    comment = create_comment(**{"email": ADDRESS, **fields})
    return confirmation.confirm(confirm_link(comment))


def create_comment_with_mail_on_replies(**fields: Any) -> Comment:
    """A comment by somebody who wants to know about replies; what was mailed before is gone."""
    comment = create_confirmed_comment(**fields)
    assert correspondence.request_replies(comment)
    Mail.objects.all().delete()
    comment.refresh_from_db()
    return comment


def purposes() -> list[str]:
    """What the mails in the outbox are about."""
    return list(Mail.objects.order_by("pk").values_list("purpose", flat=True))


def set_moderation(moderation: Moderation) -> None:
    """What the whole site does with comments."""
    SiteSettings.objects.update_or_create(pk=SiteSettings.ONLY, defaults={"moderation": moderation})


def body(message: EmailMessage) -> str:
    """What a mail says."""
    return str(message.body)


# --- Confirming an address ------------------------------------------------------------------------


def test_comment_with_an_address_is_asked_to_confirm_it(mailoutbox: Mailbox) -> None:
    comment = create_comment(status="pending", email=ADDRESS)

    run_jobs()

    (message,) = mailoutbox
    assert message.to == [ADDRESS]
    assert f"{SITE}/reacties/bevestigen/{confirm_link(comment).key}/" in addresses_in(body(message))
    assert comment.post.title in body(message)


def test_mail_to_an_unconfirmed_address_holds_no_word_of_a_visitor(mailoutbox: Mailbox) -> None:
    create_comment(
        status="pending", name="Koopnu Goedkoop", text="Bezoek spamwinkel.example", email=ADDRESS
    )

    run_jobs()

    whole = mailoutbox[0].message().as_string() + mailoutbox[0].subject + body(mailoutbox[0])
    for word in ("Koopnu", "Goedkoop", "Bezoek", "spamwinkel"):
        assert word not in whole


def test_one_address_has_one_row_however_it_is_written() -> None:
    post = create_post()

    for email in (ADDRESS, "Joke@Example.ORG", f"  {ADDRESS.upper()} "):
        create_comment(post=post, status="pending", email=email)

    assert EmailAddress.objects.get().email == ADDRESS
    assert EmailAddress.objects.get().comments.count() == 3


def test_address_is_asked_once_a_day(clock: Clock) -> None:
    post = create_post()

    create_comment(post=post, status="pending", email=ADDRESS)
    clock.shift(DAY - MINUTE)
    second = create_comment(post=post, status="pending", email=ADDRESS)
    within_a_day = Mail.objects.count()
    clock.shift(2 * MINUTE)
    create_comment(post=post, status="pending", email=ADDRESS)

    assert within_a_day == 1
    assert purposes() == ["confirm", "confirm"]
    assert second.email
    assert not second.links.exists()


def test_address_that_answered_may_be_asked_again_the_same_day(clock: Clock) -> None:
    create_confirmed_comment(status="pending")

    create_comment(status="pending", email=ADDRESS)

    assert purposes() == ["confirm", "confirm"]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "spam", "waiting_since": None, "decided_at": NOON},
        {"status": "withdrawn", "waiting_since": None, "decided_at": NOON},
        {"email": None},
    ],
    ids=repr,
)
def test_mail_that_has_nothing_left_to_ask_is_not_sent(
    change: dict[str, Any], mailoutbox: Mailbox
) -> None:
    comment = create_comment(status="pending", email=ADDRESS)
    Comment.objects.filter(pk=comment.pk).update(**change)

    run_jobs()

    assert mailoutbox == []
    assert not Mail.objects.exists()


def test_button_of_the_link_confirms_the_address_for_its_comment(clock: Clock) -> None:
    comment = create_comment(status="pending", email=ADDRESS)
    other = create_comment(status="pending", email=ADDRESS)
    clock.shift(HOUR)

    confirmed = confirmation.confirm(confirm_link(comment))

    assert confirmed == comment
    assert confirmed.confirmed_at == EmailAddress.objects.get().confirmed_at == NOON + HOUR
    assert Comment.objects.get(pk=other.pk).confirmed_at is None


def test_pressing_the_button_again_changes_nothing(clock: Clock) -> None:
    comment = create_comment(status="pending", email=ADDRESS)
    link = confirm_link(comment)
    confirmation.confirm(link)
    clock.shift(HOUR)

    with pytest.raises(LinkError, match=str(links.USED)):
        confirmation.confirm(link)

    assert Comment.objects.get().confirmed_at == NOON


def test_link_expires_after_a_week(clock: Clock) -> None:
    link = confirm_link(create_comment(status="pending", email=ADDRESS))
    clock.shift(7 * DAY)

    with pytest.raises(LinkError, match=str(links.EXPIRED)):
        confirmation.confirm(link)

    assert Comment.objects.get().confirmed_at is None


def test_link_that_was_withdrawn_does_nothing() -> None:
    link = confirm_link(create_comment(status="pending", email=ADDRESS))
    Link.objects.update(withdrawn_at=timezone.now())

    with pytest.raises(LinkError, match=str(links.WITHDRAWN)):
        confirmation.confirm(link)

    assert Comment.objects.get().confirmed_at is None


def test_link_to_a_comment_that_was_erased_does_nothing() -> None:
    comment = create_comment(status="pending", email=ADDRESS)
    link = confirm_link(comment)
    erase(comment, wish=Erasure.Wish.WRITER)

    with pytest.raises(LinkError):
        confirmation.confirm(link)

    assert Comment.objects.get().confirmed_at is None


def test_link_of_an_address_that_its_comment_no_longer_has_does_nothing() -> None:
    link = confirm_link(create_comment(status="pending", email=ADDRESS))
    Comment.objects.update(email=None)

    with pytest.raises(LinkError):
        confirmation.confirm(link)

    assert Comment.objects.get().confirmed_at is None


def test_another_address_has_to_be_confirmed_anew_and_the_first_link_is_dead() -> None:
    comment = create_comment(email=ADDRESS)
    first = confirm_link(comment)

    correspondence.request_replies(comment, "ander@example.org")

    with pytest.raises(LinkError, match=str(links.WITHDRAWN)):
        links.find(Link.Purpose.CONFIRM, first.key)
    with pytest.raises(LinkError):
        confirmation.confirm(first)
    comment.refresh_from_db()
    assert comment.email
    assert (comment.email.email, comment.confirmed_at) == ("ander@example.org", None)


def test_confirmed_address_does_not_confirm_the_next_one() -> None:
    comment = create_confirmed_comment()

    at_once = correspondence.request_replies(comment, "ander@example.org")

    assert not at_once
    assert Comment.objects.get().confirmed_at is None


@pytest.mark.parametrize("purpose", list(Link.Purpose))
def test_key_with_a_changed_character_leads_nowhere(purpose: Link.Purpose) -> None:
    key = confirm_link(create_comment(status="pending", email=ADDRESS)).key
    changed = ("b" if key[0] == "a" else "a") + key[1:]

    with pytest.raises(LinkError, match=str(links.UNKNOWN)):
        links.find(purpose, changed)


def test_key_of_one_kind_of_link_opens_no_other() -> None:
    key = confirm_link(create_comment(status="pending", email=ADDRESS)).key

    assert links.find(Link.Purpose.CONFIRM, key).key == key
    for purpose in (Link.Purpose.STOP, Link.Purpose.DATA):
        with pytest.raises(LinkError):
            links.find(purpose, key)


@pytest.mark.django_db(transaction=True)
def test_button_pressed_twice_at_once_confirms_once() -> None:
    link = confirm_link(create_comment(status="pending", email=ADDRESS))

    outcomes = at_the_same_instant(
        lambda: confirmation.confirm(link), lambda: confirmation.confirm(link)
    )

    assert isinstance(outcomes[0], Comment)
    assert isinstance(outcomes[1], LinkError)


# --- Trust ----------------------------------------------------------------------------------------


def test_second_comment_of_a_trusted_writer_is_shown_when_the_address_is_confirmed() -> None:
    set_moderation(Moderation.FIRST)
    create_confirmed_comment()
    second = create_comment(status="pending", email=ADDRESS)
    before = Comment.objects.get(pk=second.pk).status

    confirmation.confirm(confirm_link(second))

    second.refresh_from_db()
    assert (before, second.status) == ("pending", "approved")
    decision = second.decisions.get()
    assert (decision.status, decision.made_by) == ("approved", None)
    assert decision.reason


Arrange = Callable[[], Comment]


def second_where_all_wait() -> Comment:
    set_moderation(Moderation.ALL)
    create_confirmed_comment()
    return create_comment(status="pending", email=ADDRESS)


def second_that_is_suspicious() -> Comment:
    create_confirmed_comment()
    comment = create_comment(status="pending", email=ADDRESS)
    Comment.objects.filter(pk=comment.pk).update(spam_score=1.5)
    return comment


def second_after_one_that_was_not_confirmed() -> Comment:
    create_comment(email=ADDRESS)
    EmailAddress.objects.update(asked_at=None)
    return create_comment(status="pending", email=ADDRESS)


def second_after_one_that_was_rejected() -> Comment:
    first = create_confirmed_comment()
    moderation.reject(first, by=create_editor(), version=1)
    return create_comment(status="pending", email=ADDRESS)


def second_after_one_that_no_moderator_saw() -> Comment:
    post = create_post()
    Post.objects.filter(pk=post.pk).update(comments_moderation=Moderation.NONE)
    create_confirmed_comment(post=post, status="pending")
    return create_comment(status="pending", email=ADDRESS)


def second_after_an_approval_that_was_undone() -> Comment:
    first = create_confirmed_comment(status="pending")
    editor = create_editor()
    decision = moderation.approve(first, by=editor, version=1)
    assert decision
    moderation.undo(decision, by=editor)
    return create_comment(status="pending", email=ADDRESS)


def first_at_another_address() -> Comment:
    create_confirmed_comment()
    return create_comment(status="pending", email="ander@example.org")


def first_that_was_taken_away_before() -> Comment:
    create_confirmed_comment()
    comment = create_comment(email=ADDRESS)
    return submission.put_back(submission.withdraw(comment))


@pytest.mark.parametrize(
    "arrange",
    [
        second_where_all_wait,
        second_that_is_suspicious,
        second_after_one_that_was_not_confirmed,
        second_after_one_that_was_rejected,
        second_after_one_that_no_moderator_saw,
        second_after_an_approval_that_was_undone,
        first_at_another_address,
        first_that_was_taken_away_before,
    ],
)
def test_comment_waits_for_a_moderator_all_the_same(arrange: Arrange) -> None:
    set_moderation(Moderation.FIRST)
    comment = arrange()

    confirmation.confirm(confirm_link(comment))

    assert Comment.objects.get(pk=comment.pk).status == "pending"


def test_typing_the_address_of_a_trusted_writer_gives_no_trust() -> None:
    set_moderation(Moderation.FIRST)
    create_confirmed_comment()

    create_comment(status="pending", email=ADDRESS)

    assert Comment.objects.latest("pk").status == "pending"


# --- Stopping -------------------------------------------------------------------------------------


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


def test_confirming_after_having_stopped_is_the_latest_word() -> None:
    comment = create_comment(email=ADDRESS)
    correspondence.stop(links.stop_link(EmailAddress.objects.get()))

    confirmation.confirm(confirm_link(comment))

    assert EmailAddress.objects.get().stopped_at is None


# --- Replies --------------------------------------------------------------------------------------


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


# --- Decisions ------------------------------------------------------------------------------------


def report(comment: Comment) -> None:
    """Have a reader report a comment."""
    Report.objects.create(key=f"k{comment.pk}", comment=comment, ground="insult")


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


# --- The queue ------------------------------------------------------------------------------------


def create_moderator(email: str = "redacteur@example.org", **fields: Any) -> Any:
    """Somebody who may moderate, and can be mailed."""
    return create_user(may=["moderate_comment"], email=email, **fields)


def test_everybody_who_may_moderate_gets_one_mail(mailoutbox: Mailbox, clock: Clock) -> None:
    create_moderator("zelf@example.org")
    create_superuser(email="baas@example.org")
    group = Group.objects.create(name="Redactie")
    group.permissions.add(Permission.objects.get(codename="moderate_comment"))
    create_user(email="groep@example.org").groups.add(group)
    create_moderator("weg@example.org", is_active=False)
    create_moderator("")
    create_user(email="schrijver@example.org")

    for _number in range(3):
        create_comment(status="pending", name="Koopnu", text="Bezoek spamwinkel.example")
    clock.shift(mailing.QUEUE_AFTER)
    run_jobs()

    told = sorted(address for message in mailoutbox for address in message.to)
    assert told == ["baas@example.org", "groep@example.org", "zelf@example.org"]
    for message in mailoutbox:
        assert "3" in message.subject
        assert "2\xa0maart\xa02026 om 12.00\xa0uur" in body(message)
        assert f"{SITE}/admin/comments/comment/wachtrij/" in addresses_in(body(message))
        assert "Koopnu" not in body(message)
        assert "spamwinkel" not in body(message)
        assert "List-Unsubscribe" not in message.extra_headers


def test_queue_that_is_empty_by_then_mails_nobody(mailoutbox: Mailbox, clock: Clock) -> None:
    create_moderator()
    create_comment()

    clock.shift(HOUR)
    run_jobs()

    assert mailoutbox == []
    assert not Mail.objects.exists()


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}], ids=repr)
def test_moderator_who_cannot_be_mailed_any_more_is_not(
    change: dict[str, Any], mailoutbox: Mailbox, clock: Clock
) -> None:
    user = create_moderator()
    create_comment(status="pending")
    type(user).objects.update(**change)

    clock.shift(HOUR)
    run_jobs()

    assert mailoutbox == []


@pytest.mark.parametrize("moderators", [1, 20])
def test_telling_moderators_what_they_will_hear_anyway_takes_two_queries(
    moderators: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(moderators):
        create_moderator(f"redacteur{number}@example.org")
    create_comment(status="pending")

    # And two for the transaction.
    with django_assert_num_queries(4):
        correspondence.tell_moderators()


@pytest.mark.django_db(transaction=True)
def test_two_comments_at_once_are_one_mail_to_a_moderator() -> None:
    create_moderator()
    posts = [create_post(), create_post()]

    at_the_same_instant(
        *(lambda post=post: create_comment(post=post, status="pending") for post in posts)
    )

    assert Comment.objects.count() == 2
    assert purposes() == ["queue"]


# --- One's own data -------------------------------------------------------------------------------


def test_owner_of_a_known_address_gets_a_link_for_a_day(mailoutbox: Mailbox, clock: Clock) -> None:
    create_confirmed_comment()
    Mail.objects.all().delete()

    correspondence.send_data_link(" Joke@Example.org ")
    run_jobs()

    link = Link.objects.get(purpose="data")
    assert f"{SITE}/reacties/gegevens/{link.key}/" in addresses_in(body(mailoutbox[0]))
    assert "3\xa0maart\xa02026 om 12.00\xa0uur" in body(mailoutbox[0])
    assert links.find(Link.Purpose.DATA, link.key) == link
    clock.shift(DAY)
    with pytest.raises(LinkError, match=str(links.EXPIRED)):
        links.find(Link.Purpose.DATA, link.key)


def test_link_to_ones_data_is_mailed_once_a_day(clock: Clock) -> None:
    create_confirmed_comment()
    Mail.objects.all().delete()

    correspondence.send_data_link(ADDRESS)
    clock.shift(DAY - MINUTE)
    correspondence.send_data_link(ADDRESS)
    within_a_day = purposes()
    clock.shift(MINUTE)
    correspondence.send_data_link(ADDRESS)

    assert within_a_day == ["data"]
    assert Link.objects.filter(purpose="data").count() == 2


def test_unknown_address_leaves_nothing() -> None:
    correspondence.send_data_link("onbekend@example.org")

    assert not EmailAddress.objects.exists()
    assert not Mail.objects.exists()


def test_address_without_comments_gets_no_link() -> None:
    EmailAddress.objects.create(email=ADDRESS)

    correspondence.send_data_link(ADDRESS)

    assert not Mail.objects.exists()


@pytest.mark.parametrize("email", [ADDRESS, "onbekend@example.org"])
def test_time_does_not_tell_whether_an_address_is_known(email: str) -> None:
    create_confirmed_comment()
    begun = time.monotonic()

    correspondence.send_data_link(email)

    assert time.monotonic() - begun >= correspondence.SECONDS_TO_LOOK_UP
