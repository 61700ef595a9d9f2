"""Offering a draft in the admin, giving it back, and what both sides read of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from blog import publishing
from blog.models import Post, Review
from tests.blog.admin.desk import buttons, change_address, form_of, message_after, send
from tests.factories import create_draft, create_user, edited, newest
from tests.pages import Answer, form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    """Somebody who may write drafts of their own, and no more."""
    return create_user(username="Joost", may=["add_post", "change_own_post", "view_post"])


@pytest.fixture
def writers_desk(writer: User) -> Client:
    """A browser in which the writer is logged in."""
    desk = Client()
    desk.force_login(writer)
    return desk


@pytest.fixture
def draft(writer: User) -> Post:
    """A draft that the writer began."""
    return create_draft(by=writer, title="Slapen als een roos")


def page_about(post: Post, word: str) -> str:
    """One of the pages about a post."""
    return f"/admin/blog/post/{post.pk}/{word}/"


def answer_form(desk: Client, address: str, **typed: Any) -> Answer:
    """Open a page, fill in its form and send it."""
    form = with_class(parse(desk.get(address).content), "confirm-action")
    response: Answer = desk.post(address, form_values(form) | typed)
    return response


def text_of(desk: Client, address: str) -> str:
    """What a page says about the review."""
    return visible_text(with_class(parse(desk.get(address, follow=True).content), "review-state"))


def test_writer_saves_offers_and_reads_that_it_waits(writers_desk: Client, draft: Post) -> None:
    names = buttons(form_of(writers_desk.get(change_address(draft), follow=True)))
    assert "_offer" in names
    assert "_publish" not in names

    saved = send(writers_desk, change_address(draft), button="_offer", body="Klaar.")
    response = answer_form(writers_desk, saved["Location"], message="Graag deze week.")

    assert "Aangeboden" in message_after(writers_desk, response)
    assert Review.objects.get().revision == newest(draft)
    said = text_of(writers_desk, change_address(draft))
    assert "Joost" in said
    assert "Graag deze week." in said


def test_editor_returns_with_a_remark_that_the_writer_reads(
    desk: Client, editor: User, writers_desk: Client, draft: Post, writer: User
) -> None:
    publishing.offer(newest(draft), by=writer)

    assert answer_form(desk, page_about(draft, "terugsturen"), remark=" ").status_code == 200
    answer_form(desk, page_about(draft, "terugsturen"), remark="Noem een bron.")

    said = text_of(writers_desk, change_address(draft))
    assert "Noem een bron." in said
    assert editor.username in said


def test_editor_who_saw_another_text_does_not_return_this_one(
    desk: Client, draft: Post, writer: User
) -> None:
    publishing.offer(newest(draft), by=writer)
    address = page_about(draft, "terugsturen")
    seen = form_values(with_class(parse(desk.get(address).content), "confirm-action"))
    publishing.save_draft(draft, edited(draft, body="Met bron."), by=writer, base=newest(draft))
    publishing.offer(newest(draft), by=writer)

    response = desk.post(address, seen | {"remark": "Noem een bron."})

    form = with_class(parse(response.content), "confirm-action")
    assert form_values(form)["remark"] == ["Noem een bron."]
    assert Review.objects.waiting().exists()


def test_remark_on_what_waits_no_longer_comes_back(desk: Client, draft: Post, writer: User) -> None:
    review = publishing.offer(newest(draft), by=writer)
    publishing.withdraw_offer(review, by=writer)

    remark = "Noem een bron.\r\n" * 130  # fits when a line end counts as one character
    page = desk.post(page_about(draft, "terugsturen"), {"review": review.pk, "remark": remark})

    assert page.content.decode().count("Noem een bron.") == 130
    assert "Hiervan wacht niets" in page.content.decode()
    assert list(page.context["form"].errors) == ["__all__"]
    assert desk.get(page_about(draft, "terugsturen")).status_code == 302


def test_draft_that_somebody_changed_meanwhile_is_looked_at_first(
    writers_desk: Client, draft: Post, writer: User
) -> None:
    address = page_about(draft, "aanbieden")
    seen = form_values(with_class(parse(writers_desk.get(address).content), "confirm-action"))
    publishing.save_draft(draft, edited(draft, body="Anders."), by=writer, base=newest(draft))

    response = writers_desk.post(address, seen | {"message": "Graag."})
    assert not Review.objects.exists()
    form = with_class(parse(response.content), "confirm-action")
    writers_desk.post(address, form_values(form))

    review = Review.objects.get()
    assert (review.revision, review.message) == (newest(draft), "Graag.")


def test_offer_can_be_withdrawn(writers_desk: Client, draft: Post, writer: User) -> None:
    publishing.offer(newest(draft), by=writer)

    for _click in range(2):
        writers_desk.post(page_about(draft, "aanbieden"), {"_withdraw": "1"})

    assert list(Review.objects.values_list("outcome", flat=True)) == ["withdrawn"]


def test_pages_cannot_be_forged(writers_desk: Client, draft: Post, writer: User) -> None:
    review = publishing.offer(newest(draft), by=writer)
    others = create_draft(title="Van een ander")
    typed = {"revision": "1", "message": "x", "review": str(review.pk), "remark": "x"}

    answers = [
        writers_desk.post(page_about(draft, "terugsturen"), typed),
        writers_desk.get(page_about(draft, "terugsturen")),
        writers_desk.post(page_about(others, "aanbieden"), typed),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert list(Review.objects.standing()) == [review]


@pytest.mark.parametrize("word", ["aanbieden", "terugsturen"])
def test_numbers_of_something_else_are_no_error_of_ours(
    desk: Client, draft: Post, writer: User, word: str
) -> None:
    publishing.offer(newest(draft), by=writer)

    for number in ("", "x", "99999", "9" * 30):
        typed = {"revision": number, "review": number, "remark": "x"}
        assert desk.post(page_about(draft, word), typed).status_code in {200, 302, 404}
