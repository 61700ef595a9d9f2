"""The menus at the head and the foot: by reference, so that no line leads nowhere."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from blog import publishing
from blog.menu import Entry, menu
from blog.models import MenuItem, Post
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_theme,
    fresh,
    in_days,
    save_and_publish,
)

pytestmark = pytest.mark.django_db


def labels(entries: list[Entry]) -> list[str]:
    """What a reader sees of a menu."""
    return [entry.label for entry in entries]


def test_lines_stand_in_their_order_in_their_own_menu() -> None:
    theme, page = create_theme(name="Slaap", slug="slaap"), create_page(title="Over ons")
    MenuItem.objects.create(place="header", position=2, post=fresh(page))
    MenuItem.objects.create(place="header", position=1, theme=theme)
    MenuItem.objects.create(place="footer", listing="archive")

    menus = menu()

    assert labels(menus.header) == ["Slaap", "Over ons"]
    assert [entry.url for entry in menus.header] == ["/thema/slaap/", page.get_absolute_url()]
    assert [entry.theme for entry in menus.header] == [theme, None]
    assert [entry.url for entry in menus.footer] == ["/archief/"]


def test_lines_at_the_same_place_keep_the_order_in_which_they_were_made() -> None:
    for name in ("Een", "Twee", "Drie"):
        MenuItem.objects.create(theme=create_theme(name=name))

    assert labels(menu().header) == ["Een", "Twee", "Drie"]


@pytest.mark.parametrize("listing", MenuItem.Listing)
def test_list_in_a_menu_has_a_name_and_an_address(listing: MenuItem.Listing) -> None:
    MenuItem.objects.create(listing=listing)

    (entry,) = menu().header

    assert entry.label == str(listing.label)
    assert entry.url.startswith("/")


def test_label_goes_before_the_name() -> None:
    MenuItem.objects.create(theme=create_theme(name="Slaap"), label="Beter slapen")

    assert labels(menu().header) == ["Beter slapen"]


def test_line_follows_a_new_title_and_address() -> None:
    page = create_page(title="Wie we zijn", slug="wie-we-zijn")
    MenuItem.objects.create(post=fresh(page))

    save_and_publish(page, title="Over ons", slug="over-ons")

    assert menu().header == [Entry("Over ons", "/over-ons/")]


def test_what_readers_cannot_see_stands_in_no_menu() -> None:
    theme = create_theme(name="Slaap")
    MenuItem.objects.create(theme=theme)
    withdrawn, thrown_away = create_page(), create_page()
    hidden = [
        create_draft(),
        create_post(published_at=in_days(1)),
        create_post(published_at=in_days(-2), expires_at=in_days(-1)),
        withdrawn,
        thrown_away,
    ]
    for post in hidden:
        MenuItem.objects.create(post=fresh(post))
    publishing.unpublish(withdrawn, by=create_editor())
    publishing.throw_away(thrown_away, by=create_editor())

    assert labels(menu().header) == ["Slaap"]


def test_header_without_lines_shows_all_themes() -> None:
    create_theme(name="Voeding", position=2)
    create_theme(name="Slaap", position=1)

    assert labels(menu().header) == ["Slaap", "Voeding"]


def test_footer_without_lines_shows_the_public_pages_by_title() -> None:
    for title in ("Over ons", "Contact", "Privacy"):
        create_page(title=title)
    create_page(title="Straks", published_at=in_days(1))
    create_post(title="Een bericht")

    assert labels(menu().footer) == ["Contact", "Over ons", "Privacy"]


def test_menus_of_an_empty_site_are_empty() -> None:
    assert (menu().header, menu().footer) == ([], [])


def test_both_menus_take_one_query_and_read_no_text(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in MenuItem.Place:
        for _number in range(5):
            MenuItem.objects.create(place=place, theme=create_theme())
            MenuItem.objects.create(place=place, post=Post._base_manager.get(pk=create_page().pk))

    with django_assert_num_queries(1) as queries:
        menus = menu()

    assert (len(menus.header), len(menus.footer)) == (10, 10)
    assert '"body"' not in queries.captured_queries[0]["sql"]


def test_deleted_theme_takes_its_line_along() -> None:
    theme = create_theme()
    MenuItem.objects.create(theme=theme)

    theme.delete()

    assert MenuItem.objects.count() == 0
