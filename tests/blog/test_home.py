"""The first page: the newest post large, the next ones below."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import SiteSettings
from tests.factories import create_page, create_post, in_days
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def test_newest_post_leads_and_the_others_follow_in_order(client: Client) -> None:
    create_post(title="De oudste", published_at=in_days(-3))
    create_post(title="De nieuwste", published_at=in_days(-1))
    create_post(title="De middelste", published_at=in_days(-2))

    page = parse(client.get("/").content)

    assert visible_text(with_class(page, "story-title")) == "De nieuwste"
    rows = [visible_text(row) for row in all_with_class(page, "row-title")]
    assert rows == ["De middelste", "De oudste"]


def test_posts_of_the_same_moment_keep_their_order(client: Client) -> None:
    moment = in_days(-1)
    for number in range(4):
        create_post(title=f"Nummer {number}", published_at=moment)

    page = parse(client.get("/").content)

    titles = [visible_text(row) for row in all_with_class(page, "row-title")]
    assert titles == ["Nummer 2", "Nummer 1", "Nummer 0"]


def test_first_page_of_an_empty_site_is_a_page(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert "Leestafel" in visible_text(parse(response.content, strict=True))


def test_at_most_nine_posts_show(client: Client) -> None:
    for _number in range(11):
        create_post()

    page = parse(client.get("/").content)

    assert len(all_with_class(page, "row-title")) == 8


def test_site_shows_its_own_words(client: Client) -> None:
    privacy = create_page(title="Hoe we met gegevens omgaan")
    SiteSettings.objects.create(
        name="Rustpunt",
        promise="Rustig uitgelegd.",
        disclaimer="Geen advies.",
        privacy_page_id=privacy.pk,
    )

    text = visible_text(parse(client.get("/").content))

    for words in ("Rustpunt", "Rustig uitgelegd.", "Geen advies.", "Hoe we met gegevens omgaan"):
        assert words in text
