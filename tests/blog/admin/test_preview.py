"""The form as readers would see it, before anything is saved."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from blog.models import Post, Revision
from tests.blog.admin.desk import form_of
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_tag,
    create_theme,
    create_user,
    fresh,
)
from tests.pages import form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

NEW = "/admin/blog/post/voorbeeld/"


def of(post: Post) -> str:
    """The address of the preview of a post that was saved before."""
    return f"/admin/blog/{post.kind}/{post.pk}/voorbeeld/"


def typed_in(desk: Client, form: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends of this form, with some of its fields changed."""
    return form_values(form_of(desk.get(form, follow=True))) | changes


def test_new_post_is_shown_before_the_first_save(desk: Client) -> None:
    theme, author, tag = create_theme(name="Winterslaap"), create_author(), create_tag()
    create_post(title="Lees eerst dit", slug="lees-eerst-dit")
    create_post(title="En dan dit", slug="en-dan-dit")
    typed = typed_in(
        desk,
        "/admin/blog/post/add/",
        title="Slapen met sneeuw",
        body="Een *lead*.\r\n\r\n### 1. Een kop\r\n\r\nZin.[^1]\r\n\r\n[^1]: Een bron.",
        theme=str(theme.pk),
        tags=[str(tag.pk)],
        byline_0=author.slug,
        related_0="/blog/lees-eerst-dit/",
        reviewed_by="A. Arts",
    )

    response = desk.post(NEW, typed)

    page = parse(response.content, strict=True)
    text = visible_text(page)
    for words in (
        "Slapen met sneeuw",
        "Een lead.",
        "Winterslaap",
        author.name,
        tag.name,
        "A. Arts",
    ):
        assert words in text
    assert text.index("Lees eerst dit") < text.index("En dan dit")
    assert "dit artikel is nog niet openbaar" in visible_text(with_class(page, "notice-bar"))
    assert Post.objects.filter(title="Slapen met sneeuw").count() == 0


def test_form_that_is_empty_is_shown_as_an_empty_page(desk: Client) -> None:
    for address in (NEW, "/admin/blog/page/voorbeeld/"):
        assert desk.post(address).status_code == 200


def test_change_is_shown_and_nothing_is_saved(desk: Client) -> None:
    post = create_post(title="Sneeuw")
    typed = typed_in(desk, f"/admin/blog/post/{post.pk}/change/", title="IJzel", body="Glad.")

    bar = visible_text(with_class(parse(desk.post(of(post), typed).content), "notice-bar"))

    assert "lezers zien nog een eerdere tekst" in bar
    assert fresh(post).title == "Sneeuw"
    assert Revision.objects.count() == 1
    unchanged = typed_in(desk, f"/admin/blog/post/{post.pk}/change/")
    assert "dit is de tekst die lezers zien" in desk.post(of(post), unchanged).content.decode()


def test_page_is_shown_as_a_page(desk: Client) -> None:
    page = create_page(title="Over ons")
    typed = typed_in(desk, f"/admin/blog/page/{page.pk}/change/", title="Over jullie")

    response = desk.post(of(page), typed)

    assert "blog/page_detail.html" in [template.name for template in response.templates]
    assert "Over jullie" in visible_text(parse(response.content, strict=True))


def test_field_that_is_half_typed_keeps_what_was_saved(desk: Client) -> None:
    post = create_draft(reviewed_by="A. Arts", reviewed_on=date(2026, 1, 2))
    typed = typed_in(
        desk, f"/admin/blog/post/{post.pk}/change/", title="IJzel", reviewed_on="2 jan", slug="é é"
    )

    text = visible_text(parse(desk.post(of(post), typed).content))

    assert "IJzel" in text
    assert "Nagekeken door A. Arts, 2 januari 2026" in text


def test_links_lead_to_what_readers_can_see_and_to_nothing_else(desk: Client) -> None:
    create_post(slug="te-lezen")
    create_draft(slug="nog-niet")
    create_author(slug="wim")
    body = "Zo.\n\n[een](post:te-lezen), [twee](post:nog-niet), [drie](author:wim), [4](author:x)"

    prose = with_class(parse(desk.post(NEW, {"body": body}).content), "prose")

    assert [link.get("href") for link in prose.iter("a")] == ["/blog/te-lezen/", "/auteurs/wim/"]
    assert visible_text(prose) == "een, twee, drie, 4"


def test_text_that_is_too_complex_gets_a_message(desk: Client) -> None:
    response = desk.post(NEW, {"body": "[" * 100_000})

    assert response.status_code == 400
    assert "Markdown-tekens" in response.json()["error"]


def test_whoever_opens_it_in_a_tab_reads_the_message_on_a_page(client: Client) -> None:
    response = client.post(NEW, {"body": "x"}, headers={"accept": "text/html,*/*;q=0.8"})

    assert response.status_code == 403
    page = visible_text(parse(response.content, strict=True))
    assert "Je mag dit niet doen. Meld je opnieuw aan." in page


def test_preview_asks_for_the_permission_of_its_form(
    client: Client, subtests: pytest.Subtests
) -> None:
    post, page = create_draft(), create_page()
    addresses = {
        "add_post": NEW,
        "add_page": "/admin/blog/page/voorbeeld/",
        "change_post": of(post),
        "change_page": of(page),
    }

    for permission in addresses:
        client.force_login(create_user(may=[permission]))
        for needed, address in addresses.items():
            with subtests.test(permission=permission, address=address):
                response = client.post(address, {"title": "x", "body": "x"})

                assert response.status_code == (200 if permission == needed else 403)
                assert "no-store" in response["Cache-Control"]


def test_saved_draft_is_shown_to_who_may_look(client: Client, editor: User) -> None:
    post = create_post(title="Sneeuw")
    address = f"{of(post)}concept/"
    client.force_login(create_user(may=["view_post"]))

    assert "Sneeuw" in visible_text(parse(client.get(address).content))

    client.force_login(create_user(may=["view_page"]))
    assert client.get(address).status_code == 403


def test_buttons_of_the_form_lead_to_its_preview(desk: Client) -> None:
    post = create_draft()
    forms = {"/admin/blog/post/add/": NEW, f"/admin/blog/post/{post.pk}/change/": of(post)}

    for address, preview in forms.items():
        form = form_of(desk.get(address, follow=True))
        (button,) = [field for field in form.iter("input") if field.get("name") == "_preview"]

        assert (button.get("formaction"), button.get("formtarget")) == (preview, "_blank")


def test_preview_of_another_kind_or_of_nothing_is_not_there(desk: Client) -> None:
    page = create_page()

    assert desk.post(f"/admin/blog/post/{page.pk}/voorbeeld/").status_code == 404
    assert desk.post("/admin/blog/post/99/voorbeeld/").status_code == 404


def test_editor_without_a_token_is_refused(client: Client) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(create_editor())

    assert client.post(NEW, {"title": "x"}).status_code == 403
