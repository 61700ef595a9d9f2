"""A copy of a post is a draft of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from blog import publishing
from blog.models import Page, Post
from tests.factories import (
    content_with_every_field,
    create_page,
    create_post,
    create_superuser,
    create_user,
    fresh,
    newest,
    save_draft_of,
)
from tests.pages import parse, visible_text

pytestmark = pytest.mark.django_db


def test_copy_has_the_newest_text_and_nothing_that_is_true_of_the_other_alone() -> None:
    editor = create_superuser()
    content = content_with_every_field()
    post = publishing.save_draft(Post(), content, by=editor, base=None).post
    publishing.publish(newest(post), by=editor)

    copied = fresh(publishing.copy(fresh(post), by=editor))

    assert newest(copied).content == replace(
        content,
        title="Een titel (kopie)",
        slug="",
        reviewed_by="",
        reviewed_on=None,
        review_due_on=None,
        corrections=(),
    )
    assert newest(copied).note == "Kopie van “Een titel”"
    assert copied.uid != post.uid
    assert copied.live_revision is None
    assert copied.addresses.count() == 0
    assert newest(post).content == content


def test_copy_of_a_long_title_is_cut_off_before_the_word() -> None:
    post = create_post(title="Z" * 200)

    copied = publishing.copy(post, by=create_superuser())

    assert newest(copied).content.title == "Z" * 192 + " (kopie)"


def test_button_makes_a_copy_and_leads_to_its_form(desk: Client) -> None:
    page = create_page(title="Over ons", reviewed_on=date(2026, 1, 2))
    save_draft_of(page, title="Over jullie")
    address = f"/admin/blog/page/{page.pk}/kopie/"

    response = desk.post(address, follow=True)

    copied = Page.objects.latest("pk")
    assert response.redirect_chain[0] == (f"/admin/blog/page/{copied.pk}/change/", 302)
    assert "Dit is een kopie van “Over jullie”." in response.content.decode()
    assert newest(copied).content.title == "Over jullie (kopie)"
    assert "Kopie maken" in visible_text(parse(response.content))

    assert desk.get(address)["Location"] == f"/admin/blog/page/{page.pk}/change/"
    assert Page.objects.count() == 2


def test_copy_needs_permission_to_see_this_one_and_to_add_another(client: Client) -> None:
    post = create_post()
    for may in (["add_post"], ["view_post", "change_post"], ["view_post", "add_page"]):
        client.force_login(create_user(may=may))

        assert client.post(f"/admin/blog/post/{post.pk}/kopie/").status_code == 403

    with pytest.raises(PermissionDenied):
        publishing.copy(post, by=create_user(may=["change_post"]))
    assert Post.objects.count() == 1
