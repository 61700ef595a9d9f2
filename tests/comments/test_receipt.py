"""The receipt: what became of a comment, for whoever holds its key."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from blog import publishing
from blog.models import Post
from tests.factories import create_comment, create_editor, newest
from tests.pages import parse, visible_text

pytestmark = pytest.mark.django_db


def test_receipt_shows_the_words_while_they_wait(client: Client) -> None:
    comment = create_comment(status="pending", name="Joke", text="Eerste.\n\nTweede.")

    page = parse(client.get(comment.receipt_url).content, strict=True)

    text = visible_text(page)
    for words in ("Joke", "Eerste. Tweede.", comment.post.title.replace("’", "'")):
        assert words in text


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "spam"])
def test_receipt_is_private(client: Client, status: str) -> None:
    response = client.get(create_comment(status=status).receipt_url)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies
    (robots,) = [m for m in parse(response.content).iter("meta") if m.get("name") == "robots"]
    assert robots.get("content") == "noindex"


def test_receipt_of_an_approved_comment_leads_to_its_place(client: Client) -> None:
    comment = create_comment(status="approved")

    page = parse(client.get(comment.receipt_url).content)

    assert comment.get_absolute_url() in [link.get("href") for link in page.iter("a")]


@pytest.mark.parametrize("status", ["pending", "rejected", "spam"])
def test_receipt_of_a_hidden_comment_leads_to_no_place(client: Client, status: str) -> None:
    comment = create_comment(status=status)

    page = parse(client.get(comment.receipt_url).content)

    assert comment.get_absolute_url() not in [link.get("href") for link in page.iter("a")]


def test_spam_and_rejected_look_alike(client: Client) -> None:
    def page(status: str) -> str:
        comment = create_comment(status=status, text="Koop nu.")
        return visible_text(parse(client.get(comment.receipt_url).content)).replace(
            comment.post.title, ""
        )

    assert page("spam") == page("rejected")


def test_receipt_outlives_its_post(client: Client) -> None:
    comment = create_comment()
    publishing.throw_away(comment.post, by=create_editor())

    assert client.get(comment.receipt_url).status_code == 200


def test_receipt_gives_nothing_of_a_later_draft_away(client: Client) -> None:
    comment = create_comment()
    planned_draft(comment.post, title="Geheim plan", slug="")

    response = client.get(comment.receipt_url)

    assert response.status_code == 200
    assert "Geheim plan" not in response.content.decode()


def planned_draft(post: Post, **changes: Any) -> None:
    """Take a post offline of which a draft with these changes was saved."""
    editor = create_editor()
    content = replace(newest(post).content, **changes)
    publishing.save_draft(post, content, by=editor, base=newest(post))
    publishing.unpublish(post, by=editor)


@pytest.mark.parametrize("key", ["x", "None", "%00", "a" * 22, "%F0%9F%8C%99", "a" * 500])
def test_receipt_that_does_not_exist_is_not_found(client: Client, key: str) -> None:
    create_comment()

    assert client.get(f"/reacties/{key}/").status_code == 404


def test_key_has_128_bits_and_is_new_each_time() -> None:
    keys = {create_comment().key for _comment in range(3)}

    assert len(keys) == 3
    assert all(key and len(key) == 22 for key in keys)


def test_receipt_takes_nothing() -> None:
    comment = create_comment()

    response = Client(enforce_csrf_checks=True).post(comment.receipt_url)

    assert response.status_code == 405
