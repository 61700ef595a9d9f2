"""One plain page."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import Page, Post
from tests.factories import create_page, create_post
from tests.pages import parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def test_page_shows_its_title_and_text(client: Client) -> None:
    page = create_page(
        title="Over ons", slug="over-ons", body="Wij zijn wij.\n\n## Wie\n\nDrie mensen."
    )

    root = parse(client.get("/over-ons/").content, strict=True)

    assert page.get_absolute_url() == "/over-ons/"
    assert [visible_text(heading) for heading in root.iter("h1")] == ["Over ons"]
    assert visible_text(with_class(root, "prose")) == "Wie Drie mensen."
    assert list(root.iter("form")) == []


def test_page_takes_no_comments(client: Client) -> None:
    create_page(slug="over-ons")

    assert client.get("/blog/over-ons/reageren/").status_code == 404


def test_posts_and_pages_are_never_mixed() -> None:
    post, page = create_post(), create_page()

    assert list(Post.objects.all()) == [post]
    assert [found.pk for found in Page.objects.all()] == [page.pk]


def test_page_is_in_no_list_of_posts(client: Client) -> None:
    create_page(title="Over ons")

    main = parse(client.get("/blog/").content).find(".//main")

    assert main is not None
    assert "Over ons" not in visible_text(main)
