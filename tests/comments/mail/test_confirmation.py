"""Confirming an address: whom we ask, how often, and what the link in the mail does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments import confirmation, moderation
from comments.mail import correspondence, links
from comments.mail.links import LinkError
from comments.models import Comment, EmailAddress, Erasure, Link, Mail, SpamTerm
from comments.privacy.erasure import erase
from tests.comments.correspondents import ADDRESS, confirm_link, create_confirmed_comment
from tests.comments.mail.mailbox import SITE, Mailbox, body, purposes
from tests.factories import create_comment, create_editor, create_post
from tests.instants import DAY, HOUR, MINUTE, NOON, Clock, at_the_same_instant
from tests.mail_server import addresses_in
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_comment_with_an_address_is_asked_to_confirm_it(mailoutbox: Mailbox) -> None:
    comment = create_comment(status="pending", email=ADDRESS)

    run_jobs()

    (message,) = mailoutbox
    assert message.to == [ADDRESS]
    assert f"{SITE}/reacties/bevestigen/{confirm_link(comment).key}/" in addresses_in(body(message))
    assert comment.post.title in body(message)
    assert "Dan mailen we je als iemand antwoordt." in body(message)
    # With its space, a mail program knows where the words end.
    assert "\n-- \n" in body(message)


def test_mail_to_an_unconfirmed_address_holds_no_word_of_a_visitor(mailoutbox: Mailbox) -> None:
    create_comment(
        status="pending", name="Koopnu Goedkoop", text="Bezoek spamwinkel.example", email=ADDRESS
    )

    run_jobs()

    whole = mailoutbox[0].message().as_string() + mailoutbox[0].subject + body(mailoutbox[0])
    for word in ("Koopnu", "Goedkoop", "Bezoek", "spamwinkel"):
        assert word not in whole


def test_one_address_has_one_row_however_it_is_typed(client: Client) -> None:
    post = create_post()

    for number, email in enumerate((ADDRESS, "Hanneke.Bos@Voorbeeld.NL", f"  {ADDRESS.upper()} ")):
        form = {"naam": "Hanneke", "mailadres": email, "tekst": f"Reactie {number}."}
        client.post(f"/blog/{post.slug}/reageren/", form)

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


def test_mail_that_waited_until_its_link_expired_is_not_sent(
    mailoutbox: Mailbox, clock: Clock
) -> None:
    create_comment(status="pending", email=ADDRESS)

    clock.shift(links.CONFIRM_WITHIN)
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


def test_second_comment_of_a_day_is_asked_about_when_the_first_is_confirmed() -> None:
    post = create_post()
    first, second, third = (
        create_comment(post=post, status="pending", email=ADDRESS) for _each in range(3)
    )
    assert not second.links.exists()

    confirmation.confirm(confirm_link(first))

    assert second.links.exists()
    assert not third.links.exists()


def test_comment_that_the_filter_filed_keeps_its_address_and_asks_when_it_is_approved() -> None:
    comment = create_comment(status="pending")
    Comment.objects.filter(pk=comment.pk).update(
        status="spam", decided_at=timezone.now(), waiting_since=None
    )
    comment.refresh_from_db()
    correspondence.tie(comment, ADDRESS)

    moderation.approve(comment, by=create_editor(), version=1)

    assert comment.links.exists()
    assert purposes() == ["confirm"]


def test_spam_that_is_sent_with_an_address_mails_nobody(client: Client) -> None:
    create_editor(email="redacteur@example.org")
    SpamTerm.objects.create(kind="word", value="kamillethee", effect="spam")
    form = {"naam": "Jo", "mailadres": ADDRESS, "tekst": "Ik drink kamillethee."}

    client.post(f"/blog/{create_post().slug}/reageren/", form)

    comment = Comment.objects.get()
    assert comment.status == "spam"
    assert comment.email == EmailAddress.objects.get(email=ADDRESS)
    assert purposes() == []
