"""What stands around every page: the head with its menu and search, the foot with its own."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from blog.models import MenuItem, Post, SiteSettings
from tests.factories import (
    create_author,
    create_page,
    create_post,
    create_tag,
    create_theme,
    fresh,
)
from tests.pages import all_with_class, classes, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def frame(client: Client, address: str) -> tuple[Element, Element]:
    """The head and the foot of a page."""
    page = parse(client.get(address).content, strict=True)
    return with_class(page, "site-header"), with_class(page, "site-footer")


def current(part: Element) -> dict[str, str]:
    """The links that are marked as current, with what they are marked as."""
    return {
        visible_text(link): link.get("aria-current", "")
        for link in part.iter("a")
        if link.get("aria-current") is not None
    }


def put_in_menu(place: str, *targets: Post) -> None:
    """Let a menu consist of these pages or posts."""
    for position, target in enumerate(targets):
        MenuItem.objects.create(place=place, position=position, post=fresh(target))


def test_theme_is_marked_on_its_own_page(client: Client) -> None:
    theme = create_theme(name="Slaap", colour="indigo")
    create_theme(name="Voeding")

    head, foot = frame(client, theme.get_absolute_url())

    assert current(head) == {"Slaap": "page"}
    assert current(foot) == {}
    (link,) = [link for link in head.iter("a") if link.get("aria-current")]
    assert "theme-indigo" in classes(link)


def test_theme_of_the_open_post_is_marked(client: Client) -> None:
    theme = create_theme(name="Slaap")
    create_theme(name="Voeding")
    post = create_post(theme=theme)

    for address in (post.get_absolute_url(), f"{post.get_absolute_url()}reageren/"):
        assert current(frame(client, address)[0]) == {"Slaap": "true"}


def test_post_without_a_theme_marks_nothing(client: Client) -> None:
    create_theme(name="Slaap")
    put_in_menu("header", create_page(title="Over ons"))
    post = create_post()

    assert current(frame(client, post.get_absolute_url())[0]) == {}


def test_page_is_marked_in_either_menu(client: Client) -> None:
    page = create_page(title="Over ons", slug="over-ons")
    put_in_menu("header", page)
    put_in_menu("footer", create_page(title="Privacy"), page)

    head, foot = frame(client, "/over-ons/")

    assert current(head) == {"Over ons": "page"}
    assert current(foot) == {"Over ons": "page"}


def test_menus_have_the_order_that_the_editor_chose(client: Client) -> None:
    put_in_menu("header", create_page(title="Tweede"), create_page(title="Eerste"))
    put_in_menu("footer", create_page(title="Zoetjes"), create_page(title="Appels"))

    head, foot = frame(client, "/")

    (menu,) = all_with_class(head, "menu")
    assert [visible_text(link) for link in menu.iter("a")] == ["Tweede", "Eerste"]
    assert [visible_text(link) for link in foot.iter("a")] == ["Zoetjes", "Appels"]


def test_menu_names_the_parts_of_the_page_for_those_who_cannot_see_them(client: Client) -> None:
    put_in_menu("header", create_page(title="Over ons"))
    put_in_menu("footer", create_page(title="Privacy"))

    names = [nav.get("aria-label") for part in frame(client, "/") for nav in part.iter("nav")]

    assert len(names) == len(set(names)) == 2
    assert all(names)


def test_search_is_one_step_away_and_marked_when_it_is_open(client: Client) -> None:
    link = with_class(frame(client, "/")[0], "search-link")

    assert link.get("href") == "/zoeken/"
    assert visible_text(link)
    assert current(frame(client, "/")[0]) == {}
    assert list(current(frame(client, "/zoeken/?q=slaap")[0]).values()) == ["page"]


@pytest.mark.parametrize(
    "address",
    ["/", "/blog/", "/blog/kaal/", "/thema/kaal/", "/tag/kaal/", "/auteurs/kaal/", "/archief/"],
)
def test_page_that_says_nothing_of_itself_is_described_by_the_promise(
    client: Client, address: str
) -> None:
    SiteSettings.objects.create(promise="Rustig uitgelegd.")
    create_post(
        slug="kaal",
        theme=create_theme(slug="kaal"),
        tags=[create_tag(slug="kaal")],
        authors=[create_author(slug="kaal")],
    )

    page = parse(client.get(address).content)

    assert [
        meta.get("content") for meta in page.iter("meta") if meta.get("name") == "description"
    ] == ["Rustig uitgelegd."]


def test_author_is_described_by_their_biography(client: Client) -> None:
    author = create_author(name="Mirjam", bio="Schrijft over slaap.\n\nEn over rust.")

    response = client.get(author.get_absolute_url())

    assert 'name="description" content="Mirjam: Schrijft over slaap. En over rust."' in (
        response.content.decode()
    )
