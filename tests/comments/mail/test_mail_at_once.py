"""Mails, the links in them and the addresses that they go to, when two want them at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from blog.models import Moderation, Post
from comments import confirmation, moderation, submission
from comments.mail import correspondence, links, outbox
from comments.mail.server import RefusedError
from comments.models import Comment, EmailAddress, Erasure, Link, Mail
from comments.privacy import retention, visitor_data
from comments.spam import Arrival
from tests.comments.correspondents import (
    ADDRESS,
    confirm_link,
    create_comment_with_mail_on_replies,
    create_confirmed_comment,
)
from tests.comments.together import Together, how, in_every_order, one_first, other_first
from tests.factories import create_comment, create_editor, create_post, fresh, set_moderation

pytestmark = pytest.mark.django_db(transaction=True)

ARRIVAL = Arrival(network="198.51.100.0/24")
SEEN = "Deze woorden las de redacteur."
UNSEEN = "Deze woorden las nog niemand."


# --- Links that were mailed -----------------------------------------------------------------------


@in_every_order
def test_link_that_is_followed_twice_works_once(together: Together) -> None:
    comment = create_comment(email=f"joke.{create_post().pk}@example.org", status="pending")
    link = confirm_link(comment)

    outcomes = together(*(lambda: confirmation.confirm(link) for _each in range(2)))

    assert sorted(how(outcome) for outcome in outcomes) == ["UsedError", "done"], outcomes
    assert [str(error) for error in outcomes if how(error) == "UsedError"] == [str(links.USED)]
    assert fresh(comment).confirmed_at


@in_every_order
def test_address_that_is_confirmed_while_it_is_erased_is_gone(together: Together) -> None:
    email = f"joke.{create_post().pk}@example.org"
    comment = create_comment(email=email, status="pending")
    link = confirm_link(comment)

    erased, confirmed = together(
        lambda: visitor_data.erase(email, wish=Erasure.Wish.ADDRESS),
        lambda: confirmation.confirm(link),
    )

    assert how(erased) == "done", erased
    assert how(confirmed) in {"done", "LinkError"}, confirmed
    assert not EmailAddress.objects.filter(email=email).exists()
    assert fresh(comment).email is None
    assert fresh(comment).status == ("erased" if how(confirmed) == "done" else "pending")


def trusted_comment(post: Post, email: str) -> Comment:
    """A comment that is let in once its address is confirmed, as an earlier one was."""
    set_moderation(Moderation.FIRST)
    create_confirmed_comment(email=email)
    return create_comment(post=post, email=email, status="pending")


@in_every_order
def test_comments_that_are_let_in_together_get_places_of_their_own(together: Together) -> None:
    post = create_post()
    comments = [trusted_comment(post, f"joke.{post.pk}.{number}@example.org") for number in (1, 2)]
    confirmed = [confirm_link(comment) for comment in comments]

    outcomes = together(*(lambda link=link: confirmation.confirm(link) for link in confirmed))

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    assert sorted(fresh(comment).position or 0 for comment in comments) == [1, 2]


@in_every_order
def test_comment_that_is_withdrawn_is_not_let_in(together: Together) -> None:
    post = create_post()
    comment = trusted_comment(post, f"joke.{post.pk}@example.org")
    link = confirm_link(comment)

    withdrawn, confirmed = together(
        lambda: submission.withdraw(comment), lambda: confirmation.confirm(link)
    )

    assert (how(withdrawn), how(confirmed)) == ("done", "done"), (withdrawn, confirmed)
    assert fresh(comment).status == "withdrawn"


@in_every_order
def test_address_that_a_comment_gets_while_it_is_erased_is_new_or_gone(together: Together) -> None:
    comment = create_comment()
    email = f"joke.{comment.pk}@example.org"
    create_comment(email=email)

    erased, asked = together(
        lambda: visitor_data.erase(email, wish=Erasure.Wish.ADDRESS),
        lambda: correspondence.request_replies(comment, email),
    )

    assert (how(erased), how(asked)) == ("done", "done"), (erased, asked)
    assert fresh(comment).email == EmailAddress.objects.filter(email=email).first()


@in_every_order
def test_address_of_comments_that_are_approved_together_is_asked_once(together: Together) -> None:
    editor = create_editor()
    comments = [create_comment(status="pending") for _each in range(2)]
    for comment in comments:
        correspondence.tie(comment, f"joke.{comments[0].pk}@example.org")

    outcomes = together(
        *(
            lambda comment=comment: moderation.approve(comment, by=editor, version=1)
            for comment in comments
        )
    )

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    assert Link.objects.filter(comment__in=comments).count() == 1


@in_every_order
def test_link_to_ones_data_that_is_asked_for_twice_is_mailed_once(together: Together) -> None:
    email = f"joke.{create_post().pk}@example.org"
    create_confirmed_comment(email=email)

    outcomes = together(*(lambda: correspondence.send_data_link(email) for _each in range(2)))

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    assert Link.objects.filter(purpose="data", email__email=email).count() == 1


@in_every_order
def test_reply_that_is_approved_while_mail_is_asked_for_is_no_news_or_mailed(
    together: Together,
) -> None:
    editor = create_editor()
    parent = create_confirmed_comment(email=f"joke.{create_post().pk}@example.org")
    correspondence.stop_replies(parent)
    reply = create_comment(parent=parent, status="pending")

    asked, approved = together(
        lambda: correspondence.request_replies(parent),
        lambda: moderation.approve(reply, by=editor, version=1),
    )

    assert (how(asked), how(approved)) == ("done", "done"), (asked, approved)
    is_no_news = fresh(reply).announced_at is not None
    assert Mail.objects.filter(purpose="reply", email=parent.email).exists() != is_no_news


@in_every_order
def test_comment_that_comes_while_a_mail_counts_the_queue_is_told(together: Together) -> None:
    moderator = create_editor(email="redacteur@example.org")
    post = create_comment(status="pending").post
    mail = Mail.objects.get(purpose="queue", user=moderator)

    taken, sent = together(
        lambda: outbox.take(mail.pk), lambda: create_comment(post=post, status="pending")
    )

    assert (how(taken), how(sent)) == ("done", "done"), (taken, sent)
    is_counted = taken.subject.startswith(f"{Comment.objects.waiting().count()} ")
    assert is_counted or Mail.objects.filter(user=moderator, status="waiting").exists()


@in_every_order
def test_address_is_erased_while_a_reply_to_its_comment_is_approved(together: Together) -> None:
    editor, parent = create_editor(), create_comment_with_mail_on_replies()
    reply = create_comment(parent=parent, status="pending", text=parent.text)

    erased, approved = together(
        lambda: visitor_data.erase(ADDRESS, wish=Erasure.Wish.ADDRESS),
        lambda: moderation.approve(reply, by=editor, version=1),
    )

    assert (how(erased), how(approved)) == ("done", "done"), (erased, approved)


@in_every_order
def test_address_is_erased_while_a_reply_to_its_comment_is_edited(together: Together) -> None:
    set_moderation(Moderation.ALL)
    parent = create_comment_with_mail_on_replies()
    reply = create_comment(parent=parent)
    set_moderation(Moderation.NONE)

    erased, edited = together(
        lambda: visitor_data.erase(ADDRESS, wish=Erasure.Wish.ADDRESS),
        lambda: submission.edit(reply, name="Joke", text=UNSEEN, arrival=ARRIVAL),
    )

    assert (how(erased), how(edited)) == ("done", "done"), (erased, edited)
    assert fresh(reply).text == UNSEEN


@in_every_order
def test_clean_up_meets_a_wish_for_mail(together: Together) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=400)):
        post = create_post()
        address = f"joke.{post.pk}@example.org"
        comment = create_confirmed_comment(post=post, email=address)

    cleaned, asked = together(
        retention.clean_up, lambda: correspondence.request_replies(comment, address)
    )

    assert (how(cleaned), how(asked)) == ("done", "done"), (cleaned, asked)


# --- Mail that is just going ----------------------------------------------------------------------


@in_every_order
def test_mail_that_is_taken_twice_goes_once(together: Together) -> None:
    moderator = create_editor(email="redacteur@example.org")
    create_comment(status="pending")
    mail = Mail.objects.get(purpose="queue", user=moderator)

    outcomes = together(*(lambda: outbox.take(mail.pk) for _each in range(2)))

    assert [how(outcome) for outcome in outcomes] == ["done", "done"], outcomes
    assert len([message for message in outcomes if message]) == 1


def reply_with_mail() -> tuple[Comment, Mail]:
    """A reply, and the mail that is going to tell of it."""
    email = f"joke.{create_post().pk}@example.org"
    reply = create_comment(parent=create_comment_with_mail_on_replies(email=email))
    return reply, Mail.objects.get(purpose="reply", email__email=email)


@in_every_order
def test_reply_whose_edit_is_approved_while_its_mail_goes_is_told(together: Together) -> None:
    editor = create_editor()
    reply, mail = reply_with_mail()
    submission.edit(reply, name="Joke", text=SEEN, arrival=ARRIVAL)

    taken, approved = together(
        lambda: outbox.take(mail.pk), lambda: moderation.approve(reply, by=editor, version=2)
    )

    assert (how(taken), how(approved)) == ("done", "done"), (taken, approved)
    waits = Mail.objects.filter(purpose="reply", email=mail.email, status="waiting").exists()
    assert waits != bool(fresh(reply).announced_at)


@in_every_order
def test_reply_that_is_rejected_while_its_mail_goes_is_not_told_afterwards(
    together: Together,
) -> None:
    editor = create_editor()
    reply, mail = reply_with_mail()

    rejected, taken = together(
        lambda: moderation.reject(reply, by=editor, version=1), lambda: outbox.take(mail.pk)
    )

    assert (how(rejected), how(taken)) == ("done", "done"), (rejected, taken)
    if together is one_first:
        assert taken is None
    if together is other_first:
        assert taken


AGAIN: dict[str, Callable[[Mail], object]] = {
    "sending": lambda mail: outbox.put_off(mail.pk, RefusedError("451")),
    "failed": lambda mail: outbox.start_over(mail.pk),
}


@pytest.mark.parametrize("status", AGAIN)
@in_every_order
def test_mail_whose_address_is_erased_does_not_wait_again(together: Together, status: str) -> None:
    email = f"joke.{create_post().pk}@example.org"
    mail = create_comment(email=email, status="pending").mails.get()
    Mail.objects.filter(pk=mail.pk).update(status=status)

    again, erased = together(
        lambda: AGAIN[status](mail), lambda: visitor_data.erase(email, wish=Erasure.Wish.ADDRESS)
    )

    assert (how(again), how(erased)) == ("done", "done"), (again, erased)
    assert not Mail.objects.filter(pk=mail.pk).exists()
