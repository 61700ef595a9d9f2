"""Themes, tags, authors and the site's own words in the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from authors.models import Author
from blog import publishing
from blog.models import Page, SiteSettings, Tag, Theme
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_tag,
    create_theme,
)
from tests.pages import form_values, parse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/admin/", "/admin/blog/theme/", "/admin/blog/theme/add/", "/admin/blog/tag/",
        "/admin/blog/tag/add/", "/admin/authors/author/", "/admin/authors/author/add/",
        "/admin/blog/post/", "/admin/blog/page/", "/admin/comments/comment/",
        "/admin/blog/sitesettings/add/", "/admin/auth/user/", "/admin/password_change/",
    ],
)  # fmt: skip
def test_page_of_the_admin_opens_in_dutch(desk: Client, address: str) -> None:
    response = desk.get(address)

    assert response.status_code == 200
    assert parse(response.content).get("lang") == "nl"


@pytest.mark.parametrize(
    ("model", "create", "app"),
    [(Theme, create_theme, "blog"), (Tag, create_tag, "blog"), (Author, create_author, "authors")],
)
def test_slug_is_chosen_once(desk: Client, model: type[Theme], create: type, app: str) -> None:
    row = create(slug="eerst")
    address = f"/admin/{app}/{model._meta.model_name}/{row.pk}/change/"
    page = parse(desk.get(address).content)
    (form,) = [form for form in page.iter("form") if (form.get("id") or "").endswith("_form")]

    desk.post(address, form_values(form) | {"name": "Nieuwe naam", "slug": "later"})

    row.refresh_from_db()
    assert (row.name, row.slug) == ("Nieuwe naam", "eerst")


def test_site_settings_are_one_form_without_a_list(desk: Client) -> None:
    privacy = create_page(title="Privacy")
    assert desk.get("/admin/blog/sitesettings/")["Location"] == "/admin/blog/sitesettings/add/"

    desk.post("/admin/blog/sitesettings/add/", {"name": "Rustpunt", "privacy_page": privacy.pk})

    assert SiteSettings.objects.current().name == "Rustpunt"
    assert SiteSettings.objects.current().privacy_page == privacy
    assert desk.get("/admin/blog/sitesettings/")["Location"].endswith("/1/change/")
    assert desk.get("/admin/blog/sitesettings/add/").status_code == 403


@pytest.mark.parametrize("state", ["live", "offline", "thrown away"])
def test_site_settings_keep_their_privacy_page_while_readers_cannot_see_it(
    desk: Client, state: str
) -> None:
    privacy = create_page(title="Privacy")
    SiteSettings.objects.create(name="Rustpunt", privacy_page_id=privacy.pk)
    if state == "offline":
        publishing.unpublish(privacy, by=create_editor())
    elif state == "thrown away":
        publishing.throw_away(privacy, by=create_editor())
    address = f"/admin/blog/sitesettings/{SiteSettings.ONLY}/change/"
    page = parse(desk.get(address).content)
    (form,) = [form for form in page.iter("form") if form.get("id") == "sitesettings_form"]

    desk.post(address, form_values(form) | {"name": "Leesrust"})

    settings = SiteSettings.objects.current()
    assert settings.name == "Leesrust"
    assert settings.privacy_page_id == privacy.pk


def test_site_settings_offer_no_page_that_readers_cannot_see(desk: Client) -> None:
    create_page(title="Openbaar")
    create_draft(kind=Page, title="Nog een concept")
    create_post(title="Een bericht")

    page = desk.get("/admin/blog/sitesettings/add/").content.decode()

    assert "Openbaar" in page
    assert "Nog een concept" not in page
    assert "Een bericht" not in page
