"""One tag and its posts, for as long as it has any."""

from __future__ import annotations

import pytest
from django.test import Client

from blog import publishing, taxonomy
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_tag,
    in_days,
)
from tests.pages import all_with_class, parse, visible_text

pytestmark = pytest.mark.django_db


def test_tag_lists_its_own_posts_only(client: Client) -> None:
    tag = create_tag(name="Magnesium", slug="magnesium", introduction="Over een mineraal.")
    create_post(title="Een appel", tags=[tag, create_tag(name="Fruit")])
    create_post(title="Een dutje", tags=[create_tag(name="Rust")])

    page = parse(client.get("/tag/magnesium/").content, strict=True)

    assert [visible_text(row) for row in all_with_class(page, "row-title")] == ["Een appel"]
    assert [visible_text(heading) for heading in page.iter("h1")] == ["Magnesium"]
    assert "Over een mineraal." in visible_text(page)


def test_tag_without_posts_has_no_page(client: Client) -> None:
    tag = create_tag()

    assert client.get(tag.get_absolute_url()).status_code == 404


def test_tag_of_hidden_posts_and_pages_only_has_no_page(client: Client) -> None:
    tag, editor = create_tag(), create_editor()
    create_draft(tags=[tag])
    create_post(tags=[tag], published_at=in_days(1))
    create_post(tags=[tag], published_at=in_days(-2), expires_at=in_days(-1))
    publishing.throw_away(create_post(tags=[tag]), by=editor)
    publishing.unpublish(create_post(tags=[tag]), by=editor)
    create_page(tags=[tag])

    assert client.get(tag.get_absolute_url()).status_code == 404


def test_tag_has_a_page_from_its_first_public_post_on(client: Client) -> None:
    tag = create_tag()
    create_draft(tags=[tag])

    create_post(tags=[tag])

    assert client.get(tag.get_absolute_url()).status_code == 200


def test_tag_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/tag/niets/").status_code == 404


def test_earlier_address_of_a_tag_leads_once_to_todays(client: Client) -> None:
    tag = create_tag(name="Rust", slug="rust")
    create_post(tags=[tag])
    taxonomy.rename(tag, name="Avondrust")
    taxonomy.rename(tag, name="Rust in de avond")

    for slug in ("rust", "avondrust"):
        response = client.get(f"/tag/{slug}/")
        assert (response.status_code, response["Location"]) == (301, "/tag/rust-in-de-avond/")
    assert client.get("/tag/rust-in-de-avond/").status_code == 200


def test_earlier_address_of_a_tag_without_posts_leads_nowhere(client: Client) -> None:
    tag = create_tag(name="Rust", slug="rust")
    taxonomy.rename(tag, name="Avondrust")

    assert client.get("/tag/rust/").status_code == 404
    assert client.get("/tag/avondrust/").status_code == 404


def test_address_of_a_merged_tag_leads_to_the_other(client: Client) -> None:
    gone, kept = create_tag(name="Dutje", slug="dutje"), create_tag(name="Dutjes", slug="dutjes")
    create_post(title="Tien minuten", tags=[gone])
    taxonomy.merge(gone, into=kept)

    response = client.get("/tag/dutje/")

    assert (response.status_code, response["Location"]) == (301, "/tag/dutjes/")
    page = parse(client.get("/tag/dutjes/").content)
    assert [visible_text(row) for row in all_with_class(page, "row-title")] == ["Tien minuten"]
