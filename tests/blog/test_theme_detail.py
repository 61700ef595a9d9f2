"""One theme and its posts."""

from __future__ import annotations

import pytest
from django.test import Client

from blog import taxonomy
from tests.factories import create_post, create_theme
from tests.pages import all_with_class, classes, parse, visible_text

pytestmark = pytest.mark.django_db


def test_theme_lists_its_own_posts_only(client: Client) -> None:
    theme = create_theme(name="Voeding", introduction="Over eten.", colour="moss")
    create_post(title="Een appel", theme=theme)
    create_post(title="Een dutje", theme=create_theme(name="Slaap"))

    page = parse(client.get(theme.get_absolute_url()).content)

    assert [visible_text(row) for row in all_with_class(page, "row-title")] == ["Een appel"]
    assert [visible_text(heading) for heading in page.iter("h1")] == ["Voeding"]
    assert "Over eten." in visible_text(page)


def test_theme_lends_the_page_its_colour_as_a_class(client: Client) -> None:
    theme = create_theme(colour="plum")

    body = parse(client.get(theme.get_absolute_url()).content).find("body")

    assert body is not None
    assert "theme-plum" in classes(body)


def test_theme_without_posts_says_so_and_leads_on(client: Client) -> None:
    theme = create_theme(name="Stil")

    page = parse(client.get(theme.get_absolute_url()).content, strict=True)

    (main,) = page.iter("main")
    assert all_with_class(main, "row") == []
    assert "/blog/" in [link.get("href") for link in main.iter("a")]


def test_theme_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/thema/niets/").status_code == 404


def test_earlier_address_of_a_theme_leads_once_to_todays(client: Client) -> None:
    theme = create_theme(name="Slaap", slug="slaap")
    taxonomy.rename(theme, name="Slapen")
    taxonomy.rename(theme, name="Goed slapen")

    for slug in ("slaap", "slapen"):
        response = client.get(f"/thema/{slug}/")
        assert (response.status_code, response["Location"]) == (301, "/thema/goed-slapen/")
        assert "max-age=0" in response["Cache-Control"]
    assert client.get("/thema/goed-slapen/").status_code == 200


def test_address_of_a_merged_theme_leads_to_the_other(client: Client) -> None:
    gone, kept = create_theme(name="Dutjes", slug="dutjes"), create_theme(slug="slaap")
    create_post(title="Een dutje", theme=gone)
    taxonomy.merge(gone, into=kept)

    response = client.get("/thema/dutjes/")

    assert (response.status_code, response["Location"]) == (301, "/thema/slaap/")
    page = parse(client.get("/thema/slaap/").content)
    assert [visible_text(row) for row in all_with_class(page, "row-title")] == ["Een dutje"]
