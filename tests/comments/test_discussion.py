"""Until when visitors can comment, and what a closed discussion says."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from blog import publishing
from blog.models import Moderation, SiteSettings
from comments.discussion import discussion, moderation_of
from tests.factories import create_comment, create_editor, create_post, in_days
from tests.pages import parse, visible_text, with_id

pytestmark = pytest.mark.django_db


def test_discussion_without_a_term_stays_open() -> None:
    post = create_post(published_at=in_days(-5_000))

    assert discussion(post, SiteSettings()).is_open


def test_discussion_closes_when_the_term_of_the_site_has_passed() -> None:
    post = create_post(published_at=in_days(-30))
    site = SiteSettings(comments_close_after=60)
    closes_at = in_days(30)

    with time_machine.travel(in_days(29.9)):
        assert discussion(post, site).is_open
    with time_machine.travel(in_days(30.1)):
        closed = discussion(post, site)

    assert (closed.is_open, closed.by_term) == (False, True)
    assert closed.closed_at is not None
    assert abs((closed.closed_at - closes_at).total_seconds()) < 1


def test_editor_who_closed_a_discussion_is_named_before_the_term() -> None:
    post = create_post(published_at=in_days(-30))
    publishing.open_comments(post, by=create_editor(), opened=False, reason="Genoeg.")
    post.refresh_from_db()

    closed = discussion(post, SiteSettings(comments_close_after=1))

    assert (closed.is_open, closed.by_term, closed.reason) == (False, False, "Genoeg.")


def test_closed_discussion_says_since_when_and_why_and_keeps_what_was_said(client: Client) -> None:
    comment = create_comment(text="Dit blijft staan.")
    with time_machine.travel("2026-03-03T12:00:00+01:00"):
        publishing.open_comments(
            comment.post, by=create_editor(), opened=False, reason="Het ging over iets anders."
        )

    page = parse(client.get(comment.post.get_absolute_url()).content)

    words = visible_text(with_id(page, "reacties"))
    assert "Dit blijft staan." in words
    assert "Sinds 3 maart 2026 kun je niet meer reageren op dit artikel." in words
    assert "Het ging over iets anders." in words
    assert "Beantwoord" not in words


def test_discussion_closed_by_the_term_says_so(client: Client) -> None:
    SiteSettings.objects.create(comments_close_after=10)
    post = create_post(published_at=in_days(-11))

    page = parse(client.get(post.get_absolute_url()).content)

    words = visible_text(with_id(page, "reacties"))
    assert "Dat kan bij elk artikel maar een tijdje." in words
    assert not [form for form in page.iter("form") if "reageren" in form.get("action", "")]


@pytest.mark.parametrize(
    ("of_site", "of_post", "expected"),
    [("all", "", "all"), ("none", "", "none"), ("all", "first", "first"), ("none", "all", "all")],
)
def test_moderation_of_a_post_goes_before_that_of_the_site(
    of_site: str, of_post: str, expected: str
) -> None:
    post = create_post()
    publishing.moderate_comments(post, by=create_editor(), moderation=of_post)
    post.refresh_from_db()

    chosen = moderation_of(post, SiteSettings(moderation=of_site))

    assert chosen is Moderation(expected)
