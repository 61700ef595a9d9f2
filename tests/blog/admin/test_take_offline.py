"""Taking posts offline: a page that asks once more, and for a reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from tests.blog.admin.desk import LIST, message_after
from tests.factories import (
    create_draft,
    create_page,
    create_post,
    create_user,
    fresh,
    in_days,
)
from tests.pages import Answer, form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def take_offline(desk: Client, *posts: Post, address: str = LIST, **fields: Any) -> Answer:
    """Ask to take posts offline, or do it when the button is among the fields."""
    chosen = {"action": "take_offline", "_selected_action": [post.pk for post in posts]}
    return desk.post(address, chosen | fields)


def test_page_before_names_the_posts_and_changes_nothing(desk: Client) -> None:
    live, planned = create_post(title="Een"), create_post(title="Twee", published_at=in_days(1))
    draft = create_draft(title="Nog een concept")

    response = take_offline(desk, live, planned, draft)

    form = with_class(parse(response.content), "confirm-action")
    assert sorted(visible_text(line) for line in form.iter("li")) == ["Een", "Twee"]
    assert fresh(live).is_published


def test_reason_is_shared_by_all_and_told_to_who_comes(desk: Client) -> None:
    posts = [create_post(), create_post()]
    page = parse(take_offline(desk, *posts).content)
    form = with_class(page, "confirm-action")
    (button,) = [b for b in form.iter("input") if b.get("type") == "submit"]

    sent = {"reason": "  De tekst\r\nklopte niet.  ", str(button.get("name")): "1"}
    response = desk.post(LIST, form_values(form) | sent)

    assert message_after(desk, response) == "Lezers zien dit niet meer."
    for post in map(fresh, posts):
        assert post.state == Post.State.DRAFT
        assert post.gone_reason == "De tekst\nklopte niet."


def test_reason_can_be_left_out(desk: Client) -> None:
    post = create_post()

    take_offline(desk, post, _confirm="1", reason="")

    assert fresh(post).state == Post.State.DRAFT
    assert fresh(post).gone_reason == ""


def test_page_is_taken_offline_in_the_same_way(desk: Client) -> None:
    page = create_page()

    take_offline(desk, page, address="/admin/blog/page/", _confirm="1", reason="Verouderd.")

    assert fresh(page).gone_reason == "Verouderd."


def test_reason_that_is_too_long_comes_back_with_its_text(desk: Client) -> None:
    post = create_post()
    reason = "a" * 301

    response = take_offline(desk, post, _confirm="1", reason=reason)

    form = with_class(parse(response.content), "confirm-action")
    assert "300" in visible_text(with_class(form, "errorlist"))
    assert form_values(form)["reason"] == [reason]
    assert fresh(post).is_published


def test_line_end_counts_as_one_character(desk: Client) -> None:
    post = create_post()

    take_offline(desk, post, _confirm="1", reason="a" * 149 + "\r\n" + "b" * 150)

    assert len(fresh(post).gone_reason) == 300


def test_second_click_finds_nothing_online_and_says_so(desk: Client) -> None:
    post = create_post()
    take_offline(desk, post, _confirm="1", reason="De eerste reden.")
    desk.get(LIST)

    response = take_offline(desk, post, _confirm="1", reason="De tweede reden.")

    assert message_after(desk, response) == "Hiervan staat niets online."
    assert fresh(post).gone_reason == "De eerste reden."


def test_way_back_leads_to_the_list_as_it_was(desk: Client) -> None:
    post = create_post()
    address = f"{LIST}?state=live&q=wakker"

    form = with_class(parse(take_offline(desk, post, address=address).content), "confirm-action")

    assert [link.get("href") for link in form.iter("a")] == [address]


@pytest.mark.parametrize("sent", [{}, {"_confirm": "1", "reason": "Stiekem"}], ids=["ask", "do"])
def test_who_may_not_publish_is_not_even_asked(client: Client, sent: dict[str, str]) -> None:
    client.force_login(create_user(may=["add_post", "change_post", "delete_post", "view_post"]))
    post = create_post()

    response = take_offline(client, post, **sent)

    assert response.status_code == 302
    assert fresh(post).is_published


def test_page_before_costs_as_many_queries_with_thirty_posts_as_with_one(desk: Client) -> None:
    posts = [create_post() for _number in range(30)]
    take_offline(desk, posts[0])

    with CaptureQueriesContext(connection) as with_one:
        take_offline(desk, posts[0])
    with CaptureQueriesContext(connection) as with_thirty:
        take_offline(desk, *posts)

    assert len(with_thirty) == len(with_one)


def test_form_of_what_was_taken_offline_says_what_readers_read_instead(desk: Client) -> None:
    post = create_post()
    take_offline(desk, post, _confirm="1", reason="Dit klopte niet meer.")

    page = parse(desk.get(f"{LIST}{post.pk}/change/", follow=True).content)

    state = visible_text(with_class(page, "post-state"))
    assert state == 'Concept. Lezers zien dit niet meer. Wat ze nu lezen: "Dit klopte niet meer."'
