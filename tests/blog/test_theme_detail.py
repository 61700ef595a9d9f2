"""One theme and its posts."""

from __future__ import annotations

import pytest
from django.test import Client

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


def test_every_page_names_the_themes_in_their_order(client: Client) -> None:
    create_theme(name="Tweede", position=2)
    create_theme(name="Eerste", position=1)

    (menu,) = all_with_class(parse(client.get("/").content), "themes")

    assert [visible_text(link) for link in menu.iter("a")] == ["Eerste", "Tweede"]


def test_theme_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/thema/niets/").status_code == 404
