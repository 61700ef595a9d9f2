"""The same form sent twice is one comment; other words, or another place, make another."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from blog import publishing
from blog.models import Moderation, SiteSettings
from comments import moderation
from comments.models import Comment
from tests.comments.forms import send
from tests.factories import create_comment, create_editor, create_post
from tests.instants import NOON, at_the_same_instant

pytestmark = pytest.mark.django_db


def test_double_click_is_one_comment_with_one_receipt(client: Client) -> None:
    post = create_post()

    first, second = send(client, post), send(client, post)

    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_double_click_is_one_comment_also_when_the_post_closed_in_between(client: Client) -> None:
    post = create_post()
    first = send(client, post, naam="Joke", tekst="Fijn artikel.")
    publishing.open_comments(post, by=create_editor(), opened=False)

    second = send(client, post, naam="Joke", tekst="Fijn artikel.")

    assert second["Location"] == first["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_double_click_of_the_same_instant_is_one_comment() -> None:
    post = create_post()

    answers = at_the_same_instant(*[lambda: send(Client(), post)["Location"]] * 4)

    assert answers == [Comment.objects.get().receipt_url] * 4


@pytest.mark.parametrize(
    ("field", "value"), [("naam", "Pieter"), ("tekst", "Iets anders.")], ids=["name", "text"]
)
def test_other_words_are_another_comment(client: Client, field: str, value: str) -> None:
    post = create_post()
    send(client, post)

    send(client, post, **{field: value})

    assert Comment.objects.count() == 2


def test_same_words_below_another_post_are_another_comment(client: Client) -> None:
    send(client, create_post())
    send(client, create_post())

    assert Comment.objects.count() == 2


def test_same_words_to_another_comment_are_another_comment(client: Client) -> None:
    parent = create_comment()
    send(client, parent.post)

    send(client, parent.post, op=str(parent.uid))

    assert Comment.objects.filter(status="pending").count() == 2


def test_same_words_from_another_network_are_another_comment(client: Client) -> None:
    post = create_post()
    send(client, post, REMOTE_ADDR="192.0.2.1")

    send(client, post, REMOTE_ADDR="198.51.100.1")

    assert Comment.objects.count() == 2


def test_same_words_from_a_neighbour_are_the_same_comment(client: Client) -> None:
    post = create_post()
    send(client, post, REMOTE_ADDR="192.0.2.1")

    send(client, post, REMOTE_ADDR="192.0.2.254")

    assert Comment.objects.count() == 1


def test_same_words_after_ten_minutes_are_another_comment(client: Client) -> None:
    post = create_post(published_at=NOON - timedelta(days=1))

    for minutes, expected in ((0, 1), (9, 1), (11, 2), (12, 2)):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            send(client, post)
        assert Comment.objects.count() == expected


def test_double_of_an_approved_comment_leads_to_its_place_never_to_its_receipt(
    client: Client,
) -> None:
    post = create_post()
    send(client, post)
    moderation.approve(Comment.objects.get(), by=create_editor(), version=1)

    response = send(client, post)

    comment = Comment.objects.get()
    assert response["Location"] == comment.get_absolute_url()
    assert str(comment.key) not in response["Location"]


def test_comment_that_is_public_at_once_leads_its_writer_to_the_receipt(client: Client) -> None:
    SiteSettings.objects.create(moderation=Moderation.NONE)

    response = send(client, create_post(), headers={"sec-fetch-site": "same-origin"})

    comment = Comment.objects.get()
    assert comment.is_public
    assert response["Location"] == comment.receipt_url


def test_words_that_readers_saw_give_nobody_the_receipt_also_when_they_are_gone(
    client: Client,
) -> None:
    post = create_post()
    receipt = send(client, post, naam="Joke", tekst="Fijn artikel.")["Location"]
    comment = Comment.objects.get()
    moderation.approve(comment, by=create_editor(), version=1)
    client.post(f"{receipt}intrekken/")

    response = send(Client(), post, naam="Joke", tekst="Fijn artikel.")

    comment.refresh_from_db()
    assert comment.status == "withdrawn"
    assert response["Location"] == comment.get_absolute_url()
