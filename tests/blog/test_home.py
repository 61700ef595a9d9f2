"""The first page: the newest post large, the next ones below, then each theme, then how we work."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from blog import publishing
from blog.models import SiteSettings
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_theme,
    in_days,
)
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def titles(root: Element, name: str) -> list[str]:
    """The texts of all elements of this class."""
    return [visible_text(element) for element in all_with_class(root, name)]


def home(client: Client) -> Element:
    """The first page as it is now."""
    return parse(client.get("/").content, strict=True)


def test_newest_post_leads_and_the_others_follow_in_order(client: Client) -> None:
    create_post(title="De oudste", published_at=in_days(-3))
    create_post(title="De nieuwste", published_at=in_days(-1))
    create_post(title="De middelste", published_at=in_days(-2))

    page = home(client)

    assert visible_text(with_class(page, "story-title")) == "De nieuwste"
    assert titles(page, "row-title") == ["De middelste", "De oudste"]


def test_posts_of_the_same_moment_keep_their_order(client: Client) -> None:
    moment = in_days(-1)
    for number in range(4):
        create_post(title=f"Nummer {number}", published_at=moment)

    assert titles(home(client), "row-title") == ["Nummer 2", "Nummer 1", "Nummer 0"]


def test_lead_story_and_four_new_posts_show(client: Client) -> None:
    for number in range(7):
        create_post(title=f"Nummer {number}", published_at=in_days(-number - 1))

    page = home(client)

    assert titles(page, "story-title") == ["Nummer 0"]
    assert titles(page, "row-title") == [f"Nummer {number}" for number in (1, 2, 3, 4)]
    assert titles(page, "card-title") == []


def test_each_theme_has_a_band_of_its_three_newest_posts_not_shown_above(client: Client) -> None:
    later = create_theme(name="Eten", position=2)
    first = create_theme(name="Slaap", position=1)
    for number in range(5):
        create_post(title=f"Boven {number}", theme=first, published_at=in_days(-number - 1))
    for number in range(4):
        create_post(title=f"Slaap {number}", theme=first, published_at=in_days(-number - 11))
        create_post(title=f"Eten {number}", theme=later, published_at=in_days(-number - 21))

    bands = all_with_class(home(client), "band")

    assert [titles(band, "card-title") for band in bands] == [
        ["Slaap 0", "Slaap 1", "Slaap 2"],
        ["Eten 0", "Eten 1", "Eten 2"],
    ]
    assert [visible_text(heading) for band in bands for heading in band.iter("h2")] == [
        "Slaap",
        "Eten",
    ]


def test_theme_with_nothing_to_show_has_no_band(client: Client) -> None:
    create_theme(name="Leeg")
    shown = create_theme(name="Al boven")
    create_post(theme=shown)
    hidden = create_theme(name="Alleen een concept")
    create_draft(theme=hidden)

    assert all_with_class(home(client), "band") == []


def test_post_without_a_theme_stands_in_no_band(client: Client) -> None:
    for number in range(7):
        create_post(title=f"Nummer {number}")

    assert all_with_class(home(client), "card") == []


def test_posts_of_the_same_moment_keep_their_order_in_a_band(client: Client) -> None:
    theme, moment = create_theme(), in_days(-1)
    for number in range(10):
        create_post(title=f"Nummer {number}", theme=theme, published_at=moment)

    assert titles(home(client), "card-title") == ["Nummer 4", "Nummer 3", "Nummer 2"]


def test_page_that_says_how_we_work_closes_the_home_page(client: Client) -> None:
    method = create_page(title="Zo werken wij", slug="werkwijze", summary="We noemen bronnen.")
    SiteSettings.objects.create(method_page_id=method.pk)

    section = with_class(home(client), "method")

    assert [visible_text(heading) for heading in section.iter("h2")] == ["Zo werken wij"]
    assert "We noemen bronnen." in visible_text(section)
    assert [link.get("href") for link in section.iter("a")] == ["/werkwijze/"]


def test_page_that_says_how_we_work_is_left_out_while_it_is_not_public(client: Client) -> None:
    method = create_page(title="Zo werken wij")
    SiteSettings.objects.create(method_page_id=method.pk)
    publishing.unpublish(method, by=create_editor())

    page = home(client)

    assert all_with_class(page, "method") == []
    assert "Zo werken wij" not in visible_text(page)


def test_name_of_the_site_is_the_heading_with_its_promise(client: Client) -> None:
    SiteSettings.objects.create(name="Rustpunt", promise="Rustig uitgelegd.")

    page = home(client)

    assert [visible_text(heading) for heading in page.iter("h1")] == ["Rustpunt"]
    assert visible_text(with_class(page, "home-head")) == "Rustpunt Rustig uitgelegd."


def test_first_page_of_an_empty_site_says_that_it_is_empty(client: Client) -> None:
    page = home(client)

    (main,) = page.iter("main")
    assert [visible_text(heading) for heading in main.iter("h1")] == ["Leestafel"]
    assert list(main.iter("h2")) == []
    assert visible_text(main).removeprefix("Leestafel").strip()


def test_site_shows_its_own_words(client: Client) -> None:
    SiteSettings.objects.create(
        name="Rustpunt", promise="Rustig uitgelegd.", disclaimer="Geen advies."
    )

    text = visible_text(home(client))

    for words in ("Rustpunt", "Rustig uitgelegd.", "Geen advies."):
        assert words in text
