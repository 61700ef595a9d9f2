"""What readers could see once and no longer: its address says so, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from blog import publishing
from blog.models import Page, Post
from tests.factories import create_draft, create_editor, create_post, fresh, in_days, newest
from tests.pages import all_with_class, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

REASON = 'Er stond een fout in over "magnesium" <b>en</b> zink.'


def withdrawn(**content: Any) -> Post:
    """A post that an editor took away, and said why."""
    return publishing.unpublish(create_post(**content), by=create_editor(), reason=REASON)


def expired(**content: Any) -> Post:
    """A post whose time has passed."""
    return create_post(published_at=in_days(-2), expires_at=in_days(-1), **content)


def thrown_away(**content: Any) -> Post:
    """A post in the wastebasket."""
    post = create_post(**content)
    publishing.throw_away(post, by=create_editor())
    return post


GONE: list[Callable[..., Post]] = [withdrawn, expired, thrown_away]


@pytest.mark.parametrize("make", GONE)
@pytest.mark.parametrize("kind", [Post, Page])
def test_address_of_what_is_gone_says_that_it_is_gone(
    client: Client, make: Callable[..., Post], kind: type[Post]
) -> None:
    post = make(kind=kind, title="Verborgen", summary="Geheim", body="Heimelijk", slug="een-adres")

    response = client.get(post.get_absolute_url())

    assert response.status_code == 410
    page = parse(response.content, strict=True)
    assert len(list(page.iter("h1"))) == 1
    assert [m.get("content") for m in page.iter("meta") if m.get("name") == "robots"] == ["noindex"]
    for words in ("Verborgen", "Geheim", "Heimelijk", "een-adres"):
        assert words not in response.content.decode()


def test_reason_of_the_editor_is_plain_text(client: Client) -> None:
    post = withdrawn()

    page = parse(client.get(post.get_absolute_url()).content, strict=True)

    assert visible_text(with_class(page, "lead")) == REASON
    (main,) = page.iter("main")
    assert list(main.iter("b")) == []


def test_gone_page_leads_on(client: Client) -> None:
    page = parse(client.get(withdrawn().get_absolute_url()).content)

    (main,) = page.iter("main")
    assert [form.get("action") for form in main.iter("form")] == ["/zoeken/"]
    assert "/" in [link.get("href") for link in main.iter("a")]


def test_gone_page_may_not_be_kept_without_asking(client: Client) -> None:
    response = client.get(withdrawn().get_absolute_url())

    kept = {part.strip() for part in response["Cache-Control"].split(",")}
    assert kept == {"public", "max-age=0", "must-revalidate"}
    assert not response.cookies


def test_earlier_address_of_what_is_gone_is_gone_too(client: Client) -> None:
    editor = create_editor()
    post = create_post(slug="oud", by=editor)
    content = replace(newest(post).content, slug="nieuw")
    revision = publishing.save_draft(post, content, by=editor, base=newest(post))
    publishing.publish(revision, by=editor)
    publishing.unpublish(fresh(post), by=editor, reason=REASON)

    for slug in ("oud", "nieuw"):
        response = client.get(f"/blog/{slug}/")
        assert response.status_code == 410
        assert all_with_class(parse(response.content), "lead")


def test_what_readers_never_saw_is_not_found(client: Client) -> None:
    drafts = [create_draft(), create_post(published_at=in_days(1)), create_draft(kind=Page)]
    drafts.append(publishing.unpublish(create_post(published_at=in_days(1)), by=create_editor()))

    assert {client.get(draft.get_absolute_url()).status_code for draft in drafts} == {404}


def test_post_that_comes_back_is_there_again(client: Client) -> None:
    post = withdrawn()

    publishing.publish(newest(post), by=create_editor())

    assert client.get(post.get_absolute_url()).status_code == 200


def test_page_is_never_gone_at_the_address_of_a_post(client: Client) -> None:
    withdrawn(slug="een-adres")

    assert client.get("/een-adres/").status_code == 404
