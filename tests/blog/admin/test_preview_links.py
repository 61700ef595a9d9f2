"""The page on which preview links are made, copied and withdrawn."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from blog import publishing
from blog.models import Post, PreviewLink
from blog.preview_links import make_link
from tests.factories import create_draft, create_page, create_user, fresh
from tests.instants import DAY
from tests.pages import parse, visible_text

pytestmark = pytest.mark.django_db


def page_of(post: Post) -> str:
    """The address of the page with the links of a post."""
    return f"/admin/blog/{post.kind}/{post.pk}/voorbeeldlinks/"


def test_link_is_made_shown_and_withdrawn(desk: Client, editor: User) -> None:
    post = create_draft()
    assert "Er zijn nog geen voorbeeldlinks." in visible_text(
        parse(desk.get(page_of(post)).content)
    )

    made = desk.post(page_of(post), {"days": "30"}, follow=True)

    link = PreviewLink.objects.get()
    assert (link.post, link.made_by) == (post, editor)
    assert link.expires_at - link.made_at == 30 * DAY
    whole = f"{settings.SITE_URL}/voorbeeld/{link.key}/"
    page = parse(made.content, strict=True)
    assert whole in [field.get("value") for field in page.iter("input")]
    assert "Werkt" in visible_text(page)

    withdrawn = desk.post(page_of(post), {"withdraw": link.key}, follow=True)

    assert fresh(link).withdrawn_at is not None
    assert "Ingetrokken" in visible_text(parse(withdrawn.content))
    assert link.key not in withdrawn.content.decode()


def test_seven_days_are_offered_and_other_terms_are_not_taken(desk: Client) -> None:
    post = create_page()
    page = parse(desk.get(page_of(post)).content)

    chosen = [field.get("value") for field in page.iter("input") if field.get("checked") == ""]
    response = desk.post(page_of(post), {"days": "31"})

    assert chosen == ["7"]
    assert response.status_code == 200
    assert PreviewLink.objects.count() == 0


def test_link_of_another_post_is_not_withdrawn_here(desk: Client, editor: User) -> None:
    link = make_link(create_draft(), by=editor, days=1)
    other = page_of(create_draft())

    for key in (link.key, "", "\x00", "x" * 22):
        assert desk.post(other, {"withdraw": key}).status_code == 404
    assert fresh(link).withdrawn_at is None


def test_who_may_not_change_the_post_sees_no_links(client: Client, editor: User) -> None:
    post = create_draft()
    link = make_link(post, by=editor, days=1)
    client.force_login(create_user(may=["view_post", "change_page"]))

    assert client.get(page_of(post)).status_code == 403
    assert client.post(page_of(post), {"days": "7"}).status_code == 403
    assert client.post(page_of(post), {"withdraw": link.key}).status_code == 403
    assert PreviewLink.objects.get().withdrawn_at is None


def test_post_in_the_wastebasket_offers_no_new_link(desk: Client, editor: User) -> None:
    post = create_draft()
    make_link(post, by=editor, days=1)
    publishing.throw_away(post, by=editor)

    response = desk.post(page_of(post), {"days": "7"})

    page = parse(response.content)
    assert "Dit ligt in de prullenbak." in visible_text(page)
    assert PreviewLink.objects.count() == 1
    assert "days" not in [field.get("name") for field in page.iter("input")]
