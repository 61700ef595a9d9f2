"""Mail to the moderators: one at a time, while something waits."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from pytest_django import DjangoAssertNumQueries

from comments.mail import correspondence
from comments.mail import outbox as mailing
from comments.models import Comment, Mail
from tests.comments.mail.mailbox import SITE, Mailbox, body, purposes
from tests.factories import create_comment, create_post, create_superuser, create_user
from tests.instants import HOUR, Clock, at_the_same_instant
from tests.mail_server import addresses_in
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


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
