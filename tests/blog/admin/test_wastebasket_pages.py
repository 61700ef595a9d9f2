"""The wastebasket in the admin: how long what lies there, why, and how it goes for good."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from blog import publishing
from blog.models import LogRecord, MenuItem, Post, Redirect
from tests.blog.admin.desk import (
    LIST,
    buttons,
    change_address,
    form_of,
    message_after,
    send,
    titles,
)
from tests.factories import (
    create_comment,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_superuser,
    create_user,
    fresh,
    in_days,
    newest,
)
from tests.instants import NOON
from tests.pages import form_values, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db


def removal_page(post: Post) -> str:
    """Where a post is removed for ever."""
    return f"/admin/blog/{post.kind}/{post.pk}/verwijderen/"


def test_list_and_form_tell_when_it_goes_for_good(desk: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        post = create_post()
        publishing.throw_away(post, by=create_superuser())

        listed = visible_text(parse(desk.get(LIST, {"wastebasket": "yes"}).content))
        form = visible_text(parse(desk.get(change_address(post), follow=True).content))

    assert "1 april 2026" in listed
    assert "1 april" in form


def test_reason_is_asked_and_stands_in_the_log(desk: Client) -> None:
    post = create_post()
    address = f"/admin/blog/post/{post.pk}/delete/"
    assert 'name="reason"' in desk.get(address).content.decode()

    desk.post(address, {"post": "yes", "reason": " Dubbel. "})

    assert LogRecord.objects.get(action="thrown_away").reason == "Dubbel."


def test_reason_that_is_too_long_is_refused_and_nothing_goes(desk: Client) -> None:
    post = create_post()

    response = desk.post(f"{LIST}{post.pk}/delete/", {"post": "yes", "reason": "x" * 301})

    assert response.status_code == 400
    assert fresh(post).deleted_at is None


def test_reason_is_asked_for_several_at_once_too(desk: Client) -> None:
    posts = [create_post(title="Een"), create_post(title="Twee")]
    chosen = {"action": "throw_away", "_selected_action": [post.pk for post in posts]}

    form = with_class(parse(desk.post(LIST, chosen).content), "confirm-action")
    assert sorted(visible_text(line) for line in form.iter("li")) == ["Een", "Twee"]
    assert Post.objects.kept().count() == 2
    desk.post(LIST, form_values(form) | {"_confirm": "1", "reason": "Dubbel."})

    assert not Post.objects.kept().exists()
    reasons = LogRecord.objects.filter(action="thrown_away").values_list("reason", flat=True)
    assert list(reasons) == ["Dubbel.", "Dubbel."]


def test_page_lists_what_goes_and_what_leads_there(desk: Client) -> None:
    post = create_post(slug="weg", title="Gaat weg")
    create_post(title="Verwijst", body="Lees [dit](post:weg).", related=[post])
    create_comment(post=post)
    MenuItem.objects.create(post=post, label="In het menu")
    Redirect.objects.create(path="/oud/", target="/blog/weg/")
    publishing.throw_away(post, by=create_superuser())

    text = visible_text(with_id(parse(desk.get(removal_page(post)).content), "content"))

    for words in ("1 versie", "1 reactie", "/blog/weg/", "Verwijst", "In het menu", "/oud/"):
        assert words in text


@pytest.mark.parametrize("create", [create_post, create_page])
def test_button_removes_for_ever_and_a_second_click_is_no_error(
    desk: Client, create: type[Post]
) -> None:
    post = create()
    publishing.throw_away(post, by=create_superuser())

    response = desk.post(removal_page(post))

    assert response["Location"] == f"/admin/blog/{post.kind}/?wastebasket=yes"
    assert not Post._base_manager.exists()
    assert desk.post(removal_page(post)).status_code == 404


def test_removal_cannot_be_forged_and_needs_the_wastebasket(desk: Client, client: Client) -> None:
    post = create_post()
    desk.post(removal_page(post))
    assert Post.objects.exists()
    publishing.throw_away(post, by=create_superuser())
    writer = Client()
    writer.force_login(create_user(may=["change_post", "view_post", "publish_post"]))

    assert writer.get(removal_page(post)).status_code == 403
    assert writer.post(removal_page(post)).status_code == 403
    assert Post.objects.exists()


def test_thrown_away_post_lies_in_the_wastebasket(desk: Client) -> None:
    post = create_post(title="Weg ermee")

    desk.post(f"/admin/blog/post/{post.pk}/delete/", {"post": "yes"})

    assert fresh(post).deleted_at is not None
    assert titles(desk.get(LIST)) == []
    assert titles(desk.get(LIST, {"wastebasket": "yes"})) == ["Weg ermee"]


def test_deletion_is_said_to_be_a_move_to_the_wastebasket(desk: Client) -> None:
    post = create_post()

    response = desk.post(f"/admin/blog/post/{post.pk}/delete/", {"post": "yes"})

    assert response["Location"] == LIST
    assert message_after(desk, response) == "Naar de prullenbak verplaatst."


def test_form_of_a_thrown_away_post_has_the_way_back(desk: Client) -> None:
    post = create_post(title="Al live")
    publishing.throw_away(post, by=create_editor())
    assert buttons(form_of(desk.get(change_address(post), follow=True))) == {
        "_save",
        "_preview",
        "_take_back",
    }

    response = send(desk, change_address(post), button="_take_back")

    said = 'Teruggezet uit de prullenbak. Lezers zien nu "Al live".'
    assert message_after(desk, response) == said
    assert fresh(post).deleted_at is None
    assert buttons(form_of(desk.get(change_address(post), follow=True))) == {
        "_save",
        "_preview",
        "_publish",
    }
    assert Client().get(post.get_absolute_url()).status_code == 200


def test_who_takes_back_several_reads_which_of_them_readers_see(desk: Client) -> None:
    draft, live = create_draft(), create_post(title="Al live")
    due, later = (
        create_post(title=title, published_at=in_days(days))
        for title, days in (("Intussen live", 1), ("Nog niet", 9))
    )
    for post in (draft, live, due, later):
        publishing.throw_away(post, by=create_editor())

    with time_machine.travel(in_days(2)):
        response = desk.post(
            f"{LIST}?wastebasket=yes",
            {
                "action": "take_back",
                "_selected_action": [post.pk for post in (draft, live, due, later)],
            },
        )
        said = message_after(desk, response)

    told, _and, titles = said.partition(" Lezers zien nu ")
    assert told == "Teruggezet uit de prullenbak."
    assert {*titles.removesuffix(".").split(" en ")} == {'"Al live"', '"Intussen live"'}


def test_what_never_lay_there_is_not_said_to_be_taken_back(desk: Client) -> None:
    live = create_post()

    response = desk.post(LIST, {"action": "take_back", "_selected_action": [live.pk]})

    assert message_after(desk, response) == "Niets hiervan ligt in de prullenbak."


def test_who_takes_back_a_draft_reads_of_no_readers(desk: Client) -> None:
    draft = create_draft()
    publishing.throw_away(draft, by=create_editor())

    response = send(desk, change_address(draft), button="_take_back")

    assert message_after(desk, response) == "Teruggezet uit de prullenbak."


def test_way_back_shows_to_who_may_throw_away(client: Client) -> None:
    client.force_login(create_user(may=["change_post", "publish_post", "view_post"]))
    post = create_post()
    publishing.throw_away(post, by=create_editor())

    assert "_take_back" not in buttons(form_of(client.get(change_address(post), follow=True)))


def test_way_back_keeps_what_was_typed(desk: Client) -> None:
    post = create_post(body="De oude tekst.")
    publishing.throw_away(post, by=create_editor())

    send(desk, change_address(post), button="_take_back", body="Een nieuwe tekst.")

    assert fresh(post).deleted_at is None
    assert fresh(post).body == "De oude tekst."
    assert newest(post).content.body == "Een nieuwe tekst."


def test_way_back_cannot_be_forged(client: Client) -> None:
    client.force_login(create_user(may=["change_post", "publish_post", "view_post"]))
    post = create_post()
    publishing.throw_away(post, by=create_editor())

    response = send(client, change_address(post), button="_take_back")

    assert response.status_code == 403
    assert fresh(post).deleted_at is not None
