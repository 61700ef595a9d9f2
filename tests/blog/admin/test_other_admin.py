"""Every page of the admin, authors, and the site's own words."""

from __future__ import annotations

import pytest
from django.test import Client

from blog import publishing
from blog.models import Page, SiteSettings
from tests.blog.admin.desk import errors_of, send
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
)
from tests.pages import parse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/admin/", "/admin/blog/theme/", "/admin/blog/theme/add/", "/admin/blog/tag/",
        "/admin/blog/tag/add/", "/admin/authors/author/", "/admin/authors/author/add/",
        "/admin/blog/post/", "/admin/blog/page/", "/admin/comments/comment/",
        "/admin/blog/sitesettings/add/", "/admin/auth/user/", "/admin/password_change/",
        "/admin/blog/menuitem/", "/admin/blog/menuitem/add/",
    ],
)  # fmt: skip
def test_page_of_the_admin_opens_in_dutch(desk: Client, address: str) -> None:
    response = desk.get(address)

    assert response.status_code == 200
    assert parse(response.content).get("lang") == "nl"


def test_slug_of_an_author_is_chosen_once(desk: Client) -> None:
    author = create_author(slug="eerst")

    send(desk, f"/admin/authors/author/{author.pk}/change/", name="Nieuwe naam", slug="later")

    author.refresh_from_db()
    assert (author.name, author.slug) == ("Nieuwe naam", "eerst")


def test_site_settings_are_one_form_without_a_list(desk: Client) -> None:
    privacy, method = create_page(title="Privacy"), create_page(title="Zo werken wij")
    assert desk.get("/admin/blog/sitesettings/")["Location"] == "/admin/blog/sitesettings/add/"

    desk.post(
        "/admin/blog/sitesettings/add/",
        {
            "name": "Rustpunt",
            "privacy_page": privacy.pk,
            "method_page": method.pk,
            "moderation": "all",
            "review_months": 12,
        },
    )

    settings = SiteSettings.objects.current()
    assert settings.name == "Rustpunt"
    assert (settings.privacy_page_id, settings.method_page_id) == (privacy.pk, method.pk)
    assert desk.get("/admin/blog/sitesettings/")["Location"].endswith("/1/change/")
    assert desk.get("/admin/blog/sitesettings/add/").status_code == 403


@pytest.mark.parametrize("field", ["privacy_page", "method_page"])
@pytest.mark.parametrize("state", ["live", "offline", "thrown away"])
def test_site_settings_keep_their_pages_while_readers_cannot_see_them(
    desk: Client, state: str, field: str
) -> None:
    chosen = create_page(title="Gekozen")
    SiteSettings.objects.create(name="Rustpunt", **{f"{field}_id": chosen.pk})
    if state == "offline":
        publishing.unpublish(chosen, by=create_editor())
    elif state == "thrown away":
        publishing.throw_away(chosen, by=create_editor())

    send(desk, f"/admin/blog/sitesettings/{SiteSettings.ONLY}/change/", name="Leesrust")

    settings = SiteSettings.objects.current()
    assert settings.name == "Leesrust"
    assert getattr(settings, f"{field}_id") == chosen.pk


def test_page_that_was_chosen_once_is_no_choice_for_the_other_place(desk: Client) -> None:
    withdrawn = create_page(title="Ingetrokken")
    SiteSettings.objects.create(privacy_page_id=withdrawn.pk)
    publishing.unpublish(withdrawn, by=create_editor())

    response = send(
        desk, f"/admin/blog/sitesettings/{SiteSettings.ONLY}/change/", method_page=withdrawn.pk
    )

    assert list(errors_of(response)) == ["method_page"]


def test_site_settings_offer_no_page_that_readers_cannot_see(desk: Client) -> None:
    create_page(title="Openbaar")
    create_draft(kind=Page, title="Nog een concept")
    create_post(title="Een bericht")

    page = desk.get("/admin/blog/sitesettings/add/").content.decode()

    assert "Openbaar" in page
    assert "Nog een concept" not in page
    assert "Een bericht" not in page
