"""Plain pages in the admin."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import Page, Post
from tests.blog.admin.desk import form_of, publish, send
from tests.factories import (
    create_draft,
    create_page,
    create_post,
    create_user,
    fresh,
    newest,
)
from tests.pages import form_values, parse, visible_text

pytestmark = pytest.mark.django_db

ADD = "/admin/blog/page/add/"


def test_new_page_is_a_page(desk: Client) -> None:
    send(desk, ADD, title="Over ons", body="Wij zijn wij.")
    publish(desk, Page.objects.get())

    assert Post.objects.count() == 0
    assert Page.objects.get().slug == "over-ons"
    assert Client().get("/over-ons/").status_code == 200


@pytest.mark.parametrize("slug", ["admin", "blog", "feed"])
def test_page_at_an_address_of_the_site_is_kept_and_cannot_be_published(
    desk: Client, slug: str
) -> None:
    page = create_page()

    send(desk, f"/admin/blog/page/{page.pk}/change/", slug=slug)
    answer = publish(desk, page)

    assert newest(page).content.slug == slug
    assert "De site gebruikt dit adres zelf." in visible_text(parse(answer.content))
    assert fresh(page).slug == page.slug


def test_form_of_a_page_has_no_theme_tags_or_authors(desk: Client) -> None:
    values = form_values(form_of(desk.get(ADD)))

    assert not {"theme", "tags", "byline_0", "reviewed_by"} & set(values)


def test_posts_and_pages_are_edited_in_their_own_place(desk: Client) -> None:
    post, page = create_post(title="Een post"), create_page(title="Een pagina")

    assert desk.get(f"/admin/blog/page/{post.pk}/change/").status_code == 302
    assert desk.get(f"/admin/blog/post/{page.pk}/change/").status_code == 302
    text = visible_text(parse(desk.get("/admin/blog/page/").content))
    assert "Een pagina" in text
    assert "Een post" not in text


def test_permission_for_posts_is_none_for_pages(client: Client) -> None:
    client.force_login(create_user(may=["add_post", "change_post", "view_post", "publish_post"]))
    page = create_draft(kind=Page)

    assert client.get("/admin/blog/page/").status_code == 403
    assert client.post(f"/admin/blog/page/{page.pk}/change/", {"_save": "1"}).status_code == 403
    assert newest(page).number == 1
