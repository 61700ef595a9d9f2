"""Replies: a comment that answers another, also one that is being taken away."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from comments import moderation, submission
from comments.models import Comment, Erasure
from comments.privacy import erasure
from tests.comments.forms import reply_form_of, send, shown
from tests.factories import create_comment, create_editor, create_post
from tests.pages import parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def test_reply_form_names_and_quotes_whom_it_answers(client: Client) -> None:
    parent = create_comment(name="Pieter", text="Waar staat de bron?")

    response = client.get(reply_form_of(parent))

    text = visible_text(parse(response.content))
    assert "Pieter" in text
    assert "Waar staat de bron?" in text
    assert shown(response)["op"] == [str(parent.uid)]


def test_reply_hangs_on_the_comment_it_answers(client: Client) -> None:
    parent = create_comment()

    send(client, parent.post, op=str(parent.uid))

    assert Comment.objects.get(status="pending").parent == parent


def test_reply_with_a_mistake_still_knows_whom_it_answers(client: Client) -> None:
    parent = create_comment()

    response = send(client, parent.post, op=str(parent.uid), naam="")

    assert shown(response)["op"] == [str(parent.uid)]


@pytest.mark.parametrize("status", ["pending", "rejected", "spam"])
def test_hidden_comment_cannot_be_answered_or_read(client: Client, status: str) -> None:
    parent = create_comment(status=status, text="Niet voor iedereen.")

    page = client.get(reply_form_of(parent))
    response = send(client, parent.post, op=str(parent.uid), tekst="Mijn antwoord.")

    assert "Niet voor iedereen." not in page.content.decode()
    assert "is er niet meer" not in visible_text(parse(page.content))
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Niet voor iedereen." not in response.content.decode()
    assert shown(response)["tekst"] == ["Mijn antwoord."]
    assert Comment.objects.count() == 1


def remove(comment: Comment, how: str) -> None:
    """Take a comment away that readers have seen."""
    match how:
        case "withdrawn":
            submission.withdraw(comment)
        case "erased":
            erasure.erase(comment, wish=Erasure.Wish.WRITER)
        case _:
            decide = moderation.mark_spam if how == "spam" else moderation.reject
            decide(comment, by=create_editor(), version=1)


REMOVALS = ("withdrawn", "erased", "spam", "rejected")


@pytest.mark.parametrize("how", REMOVALS)
def test_form_for_a_reply_to_what_was_removed_offers_a_comment_of_its_own(
    client: Client, how: str
) -> None:
    parent = create_comment(name="Pieter", text="Niet meer voor iedereen.")
    remove(parent, how)

    response = client.get(reply_form_of(parent))

    assert "is er niet meer" in visible_text(parse(response.content))
    assert "Pieter" not in response.content.decode()
    assert "Niet meer voor iedereen." not in response.content.decode()
    assert "op" not in shown(response)


@pytest.mark.parametrize("how", REMOVALS)
def test_reply_to_what_was_removed_meanwhile_is_kept_in_its_place(client: Client, how: str) -> None:
    parent = create_comment()
    remove(parent, how)

    response = send(client, parent.post, op=str(parent.uid))

    assert response.status_code == 302
    assert Comment.objects.get(name="Joke", status="pending").parent == parent


@pytest.mark.parametrize("how", REMOVALS)
def test_mistake_in_a_reply_to_what_was_removed_keeps_its_place_and_shows_nothing(
    client: Client, how: str
) -> None:
    parent = create_comment(name="Pieter", text="Niet meer voor iedereen.")
    remove(parent, how)

    response = send(client, parent.post, op=str(parent.uid), naam="")

    assert shown(response)["op"] == [str(parent.uid)]
    assert "Pieter" not in response.content.decode()
    assert "Niet meer voor iedereen." not in response.content.decode()


@pytest.mark.parametrize("op", ["c0000000-0000-4000-8000-000000000099", "x", "\x00", ""])
def test_form_for_a_reply_to_nothing_is_the_plain_form(client: Client, op: str) -> None:
    post = create_post()

    response = client.get(f"/blog/{post.slug}/reageren/", {"op": op})

    assert response.status_code == HTTPStatus.OK
    assert "op" not in shown(response)
    assert "is er niet meer" not in visible_text(parse(response.content))


def test_quote_of_the_parent_is_formatted_as_in_the_thread(client: Client) -> None:
    parent = create_comment(text="Eerst *dit*.\n\n- een\n- twee")

    quote = with_class(parse(client.get(reply_form_of(parent)).content), "quoted")

    assert [visible_text(emphasis) for emphasis in quote.iter("em")] == ["dit"]
    assert len(list(quote.iter("li"))) == 2


def test_comment_of_another_post_cannot_be_answered(client: Client) -> None:
    elsewhere, post = create_comment(name="Pieter"), create_post()

    page = client.get(f"/blog/{post.slug}/reageren/", {"op": str(elsewhere.uid)})
    response = send(client, post, op=str(elsewhere.uid), tekst="Mijn antwoord.")

    assert "Pieter" not in page.content.decode()
    assert response.status_code == HTTPStatus.CONFLICT
    assert shown(response)["tekst"] == ["Mijn antwoord."]


@pytest.mark.parametrize(
    "op", ["c0000000-0000-4000-8000-000000000099", "x", "1", "' OR 1=1", "\x00"]
)
def test_answer_to_nothing_keeps_its_text(client: Client, op: str) -> None:
    response = send(client, create_post(), op=op, tekst="Mijn antwoord.")

    assert response.status_code == HTTPStatus.CONFLICT
    assert shown(response)["tekst"] == ["Mijn antwoord."]
    assert Comment.objects.count() == 0


def test_refused_answer_can_be_sent_as_a_comment_of_its_own(client: Client) -> None:
    post = create_post()
    response = send(client, post, op="x", tekst="Mijn antwoord.")

    values = {name: value[0] for name, value in shown(response).items()}
    again = client.post(f"/blog/{post.slug}/reageren/", values)

    assert again.status_code == 302
    assert Comment.objects.get().parent is None


def test_reply_to_what_went_for_good_meanwhile_can_be_sent_as_a_comment_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*args: object, **kwargs: object) -> None:
        raise submission.RefusedError(submission.PARENT_GONE)

    monkeypatch.setattr("comments.views.submission.submit", too_late)
    parent = create_comment()

    response = send(client, parent.post, op=str(parent.uid), tekst="Mijn antwoord.")

    assert response.status_code == HTTPStatus.CONFLICT
    assert shown(response)["tekst"] == ["Mijn antwoord."]
    assert "op" not in shown(response)
