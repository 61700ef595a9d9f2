"""One author and everything they have published."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import create_author, create_draft, create_post
from tests.pages import all_with_class, parse, visible_text

pytestmark = pytest.mark.django_db


def test_author_page_has_the_biography_and_all_posts(client: Client) -> None:
    author = create_author(
        name="Mirjam", credentials="Redacteur, geen arts", bio="Eerste alinea.\n\nTweede alinea."
    )
    create_post(title="Alleen van Mirjam", authors=[author])
    create_post(title="Samen", authors=[create_author(), author])
    create_post(title="Van een ander", authors=[create_author()])
    create_draft(title="Nog niet af", authors=[author])

    page = parse(client.get(author.get_absolute_url()).content, strict=True)

    rows = [visible_text(row) for row in all_with_class(page, "row-title")]
    assert rows == ["Samen", "Alleen van Mirjam"]
    text = visible_text(page)
    assert "Redacteur, geen arts" in text
    assert "Eerste alinea." in [visible_text(paragraph) for paragraph in page.iter("p")]
    assert "Tweede alinea." in [visible_text(paragraph) for paragraph in page.iter("p")]


def test_author_without_posts_has_a_page_that_leads_on(client: Client) -> None:
    author = create_author(name="Nieuw")

    page = parse(client.get(author.get_absolute_url()).content, strict=True)

    (main,) = page.iter("main")
    assert all_with_class(main, "row") == []
    assert "/blog/" in [link.get("href") for link in main.iter("a")]


def test_author_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/auteurs/niemand/").status_code == 404
