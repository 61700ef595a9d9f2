"""Offering a text for review, and what becomes of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from blog import publishing
from blog.models import LogRecord, Post, Review
from blog.publishing import NotReadyError, StaleRevisionError
from tests.factories import (
    create_draft,
    create_editor,
    create_post,
    create_user,
    edited,
    fresh,
    in_days,
    newest,
)

pytestmark = pytest.mark.django_db

Outcome = Review.Outcome


@pytest.fixture
def writer() -> User:
    """Somebody who may write drafts of their own, and no more."""
    return create_user(username="Joost", may=["add_post", "change_own_post", "view_post"])


@pytest.fixture
def draft(writer: User) -> Post:
    """A draft that the writer began."""
    return create_draft(by=writer)


def outcomes(post: Post) -> list[str]:
    """What became of every offer of a post, in their order."""
    return list(post.reviews.order_by("pk").values_list("outcome", flat=True))


def test_offered_text_waits_until_it_is_published(draft: Post, writer: User) -> None:
    editor = create_editor()

    review = publishing.offer(newest(draft), by=writer, message="Klopt de dosering?")
    assert list(Review.objects.waiting()) == [review]
    publishing.publish(newest(draft), by=editor)

    review.refresh_from_db()
    assert (review.outcome, review.decided_by) == (Outcome.PUBLISHED, editor)
    assert not Review.objects.standing().exists()


def test_second_click_offers_once(draft: Post, writer: User) -> None:
    for _click in range(2):
        publishing.offer(newest(draft), by=writer, message="Graag plaatsen.")

    assert outcomes(draft) == [Outcome.OPEN]
    assert LogRecord.objects.filter(action=LogRecord.Action.OFFERED).count() == 1


def test_newer_draft_takes_the_place_of_the_one_that_waited(draft: Post, writer: User) -> None:
    publishing.offer(newest(draft), by=writer)
    publishing.save_draft(draft, edited(draft, title="Beter"), by=writer, base=newest(draft))

    publishing.offer(newest(draft), by=writer)

    assert outcomes(draft) == [Outcome.WITHDRAWN, Outcome.OPEN]
    assert Review.objects.waiting().get().revision == newest(draft)


@pytest.mark.parametrize(("published", "left"), [("older", Outcome.OPEN), ("newer", "published")])
def test_review_ends_with_the_offered_revision_or_a_newer_one(
    draft: Post, writer: User, published: str, left: str
) -> None:
    editor, first = create_editor(), newest(draft)
    publishing.save_draft(draft, edited(draft, title="Twee"), by=writer, base=first)
    publishing.offer(newest(draft), by=writer)
    publishing.save_draft(draft, edited(draft, title="Drie"), by=editor, base=newest(draft))

    publishing.publish(first if published == "older" else newest(draft), by=editor)

    assert outcomes(draft) == [left]


def test_planned_change_ends_the_review_of_its_text(writer: User) -> None:
    post = create_post(by=create_editor())
    editor = create_editor()
    publishing.save_draft(post, edited(post, title="Nieuw"), by=editor, base=newest(post))
    publishing.offer(newest(post), by=editor)

    publishing.schedule(newest(post), by=editor, at=in_days(3))

    assert outcomes(post) == [Outcome.PUBLISHED]


def test_returned_text_stands_until_it_is_offered_again(draft: Post, writer: User) -> None:
    editor = create_editor()
    review = publishing.offer(newest(draft), by=writer)

    assert publishing.return_to_writer(review, by=editor, remark="Noem een bron.")
    assert [back.remark for back in Review.objects.returned()] == ["Noem een bron."]
    publishing.save_draft(draft, edited(draft, body="Met bron."), by=writer, base=newest(draft))
    publishing.offer(newest(draft), by=writer)

    assert not Review.objects.returned().exists()
    assert Review.objects.waiting().count() == 1


def test_returned_text_stands_no_longer_once_it_is_published(draft: Post, writer: User) -> None:
    editor = create_editor()
    review = publishing.offer(newest(draft), by=writer)
    publishing.return_to_writer(review, by=editor, remark="Noem een bron.")

    publishing.publish(newest(draft), by=editor)

    assert not Review.objects.standing().exists()


def test_only_what_still_waits_is_returned_or_withdrawn(draft: Post, writer: User) -> None:
    review = publishing.offer(newest(draft), by=writer)
    assert publishing.withdraw_offer(review, by=writer)

    assert not publishing.return_to_writer(review, by=create_editor(), remark="Te laat.")
    assert not publishing.withdraw_offer(review, by=writer)
    assert outcomes(draft) == [Outcome.WITHDRAWN]


def test_what_lies_in_the_wastebasket_waits_for_nobody(draft: Post, writer: User) -> None:
    editor = create_editor()
    publishing.offer(newest(draft), by=writer)
    publishing.throw_away(draft, by=editor)
    assert not Review.objects.standing().exists()

    publishing.take_back(draft, by=editor)

    assert Review.objects.waiting().exists()


def test_text_that_cannot_be_published_is_not_offered(draft: Post, writer: User) -> None:
    live = create_post(by=create_editor())
    with pytest.raises(NotReadyError):
        publishing.offer(newest(live), by=create_editor())
    stale = newest(draft)
    publishing.save_draft(draft, edited(draft, title="Nieuw"), by=writer, base=stale)
    with pytest.raises(StaleRevisionError):
        publishing.offer(stale, by=writer)
    publishing.throw_away(draft, by=create_editor())
    with pytest.raises(NotReadyError):
        publishing.offer(newest(draft), by=writer)

    assert not Review.objects.exists()


def test_reviews_ask_for_permission(draft: Post, writer: User) -> None:
    review = publishing.offer(newest(draft), by=writer)
    stranger = create_user(may=["add_post", "change_own_post", "view_post"])

    for act in (
        lambda: publishing.offer(newest(draft), by=stranger, message="Van mij"),
        lambda: publishing.withdraw_offer(review, by=stranger),
        lambda: publishing.return_to_writer(review, by=writer, remark="Zelf terug"),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert outcomes(fresh(draft)) == [Outcome.OPEN]


def test_log_tells_of_offers_and_returns(draft: Post, writer: User) -> None:
    editor = create_editor(username="Karin")
    review = publishing.offer(newest(draft), by=writer, message="Klaar.")
    publishing.return_to_writer(review, by=editor, remark="Bijna.")

    lines = LogRecord.objects.order_by("pk").values_list("action", "by_name", "detail", "reason")
    assert list(lines) == [
        ("offered", "Joost", "versie 1", "Klaar."),
        ("returned", "Karin", "versie 1", "Bijna."),
    ]
