"""The list of posts in the admin: what it shows, finds, counts and does to several at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import Post
from tests.blog.admin.desk import (
    LIST,
    change_address,
    publish,
    send,
    titles,
)
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_post,
    create_tag,
    create_theme,
    fresh,
    in_days,
    newest,
    save_draft_of,
)
from tests.pages import (
    all_with_class,
    parse,
    visible_text,
    with_class,
    with_id,
)

pytestmark = pytest.mark.django_db


def test_list_costs_as_many_queries_with_thirty_posts_as_with_one(
    desk: Client, editor: User
) -> None:
    theme, authors = create_theme(), [create_author(), create_author()]
    create_post(theme=theme, authors=authors, by=editor)
    desk.get(LIST)

    with CaptureQueriesContext(connection) as with_one:
        desk.get(LIST)
    for _number in range(29):
        create_post(theme=theme, authors=authors, by=editor)
    with CaptureQueriesContext(connection) as with_thirty:
        desk.get(LIST)

    assert len(with_thirty) == len(with_one)


def test_list_shows_state_theme_and_authors(desk: Client) -> None:
    create_post(title="Wacht", published_at=in_days(3))
    create_post(
        title="Leeft", theme=create_theme(name="Voeding"), authors=[create_author(name="Zoë")]
    )

    text = visible_text(parse(desk.get(LIST).content))

    for words in ("Wacht", "Gepland", "Leeft", "Live", "Voeding", "Zoë"):
        assert words in text


def test_list_counts_each_state_and_can_be_narrowed_to_it(
    desk: Client, editor: User, subtests: pytest.Subtests
) -> None:
    publishing.offer(newest(create_draft(title="draft")), by=editor)
    create_post(title="scheduled", published_at=in_days(1))
    create_post(title="live")
    create_post(title="expired", published_at=in_days(-2), expires_at=in_days(-1))
    publishing.unpublish(create_post(title="withdrawn"), by=editor)
    newer, planned, discarded = (create_post(title=t) for t in ("newer", "planned", "discarded"))
    for post in (newer, planned, discarded):
        draft = save_draft_of(post, by=editor, body="Anders.")
        if post == planned:
            publishing.schedule(draft, by=editor, at=in_days(1))
        if post == discarded:
            publishing.discard(post, by=editor, base=draft)
    publishing.throw_away(create_post(title="gone"), by=editor)

    for state, label, found in (
        ("draft", "Concept (2)", ["withdrawn", "draft"]),
        ("scheduled", "Gepland (1)", ["scheduled"]),
        ("live", "Live (4)", ["discarded", "planned", "newer", "live"]),
        ("expired", "Verlopen (1)", ["expired"]),
        ("newer", "Nieuwere wijzigingen (2)", ["planned", "newer"]),
        ("planned", "Wijziging gepland (1)", ["planned"]),
        ("withdrawn", "Offline gehaald (1)", ["withdrawn"]),
        ("offered", "Aangeboden (1)", ["draft"]),
    ):
        with subtests.test(state):
            page = desk.get(LIST, {"state": state})

            assert label in visible_text(with_class(parse(page.content), "states"))
            assert titles(page) == found


def test_strange_filter_is_no_error_of_ours(desk: Client) -> None:
    create_draft()

    assert desk.get(LIST, {"state": "x", "wastebasket": "y", "q": "\x00"}).status_code == 200


def test_thrown_away_post_is_not_called_live_in_the_list(desk: Client) -> None:
    publishing.throw_away(create_post(), by=create_editor())

    page = parse(desk.get(LIST, {"wastebasket": "yes"}).content)

    (badge,) = all_with_class(page, "field-state_badge")
    assert visible_text(badge) == "In de prullenbak"


@pytest.mark.parametrize("create", [create_draft, create_post], ids=["draft", "live"])
def test_publication_from_the_wastebasket_cannot_be_forged(desk: Client, create: Any) -> None:
    post = create()
    publishing.throw_away(post, by=create_editor())
    before = fresh(post)

    sent = {"revision": "1", "notable": "on", "_now": "1"}
    response = desk.post(f"/admin/blog/post/{post.pk}/publiceren/", sent)

    assert "Zet het eerst terug uit de prullenbak." in response.content.decode()
    assert fresh(post).live_revision == before.live_revision
    assert fresh(post).changed_at is None


def test_list_shows_and_finds_which_posts_are_closed_for_comments(desk: Client) -> None:
    closed = create_post(title="Gesloten")
    publishing.open_comments(closed, by=create_editor(), opened=False)
    create_post(title="Open")

    page = parse(desk.get(LIST).content)

    badges = [visible_text(cell) for cell in all_with_class(page, "field-state_badge")]
    assert badges == ["Live", "Live Reacties gesloten"]
    choices = {link.get("href") for link in with_id(page, "changelist-filter").iter("a")}
    for query, found in (("0", "Gesloten"), ("1", "Open")):
        assert f"?comments_open__exact={query}" in choices
        assert titles(desk.get(LIST, {"comments_open__exact": query})) == [found]


def test_closing_asks_for_a_reason_first(desk: Client) -> None:
    post = create_post(title="Slapen")
    chosen = {"action": "close_comments", "_selected_action": [post.pk]}

    asks = desk.post(LIST, chosen)

    assert asks.status_code == 200
    assert "Slapen" in visible_text(parse(asks.content))
    assert fresh(post).comments_open
    too_long = desk.post(LIST, {**chosen, "_confirm": "1", "reason": "x" * 201})
    assert all_with_class(parse(too_long.content), "errorlist")
    assert fresh(post).comments_open
    desk.post(LIST, {**chosen, "_confirm": "1", "reason": "Het ging niet meer over slapen."})
    assert fresh(post).comments_closed_reason == "Het ging niet meer over slapen."


def test_moderation_is_chosen_for_several_posts_at_once(desk: Client) -> None:
    posts = [create_post(), create_post()]
    chosen = {"action": "moderate_comments", "_selected_action": [post.pk for post in posts]}

    asks = parse(desk.post(LIST, chosen).content)

    radios = [field for field in asks.iter("input") if field.get("name") == "moderation"]
    assert [radio.get("value") for radio in radios] == ["", "all", "first", "none"]
    assert [radio.get("checked") is not None for radio in radios] == [True, False, False, False]
    desk.post(LIST, {**chosen, "_confirm": "1", "moderation": "first"})
    assert [fresh(post).comments_moderation for post in posts] == ["first", "first"]
    desk.post(LIST, {**chosen, "_confirm": "1", "moderation": "everything"})
    assert [fresh(post).comments_moderation for post in posts] == ["first", "first"]


@pytest.mark.parametrize("words", ["Nachtcafé", "nachtcaf", "tekst van morgen"])
def test_search_finds_a_draft_by_what_its_editor_sees(desk: Client, words: str) -> None:
    post = create_post(title="Oude titel")
    content = replace(newest(post).content, title="Het Nachtcafé", body="De tekst van morgen.")
    publishing.save_draft(post, content, by=create_editor(), base=newest(post))
    create_post(title="Iets anders")

    assert titles(desk.get(LIST, {"q": words})) == ["Oude titel"]
    assert titles(desk.get(LIST, {"q": "oude titel"})) == ["Oude titel"]


def test_bulk_actions_do_what_they_say(desk: Client) -> None:
    post = create_post()

    def act(action: str) -> Post:
        desk.post(
            f"{LIST}?wastebasket=yes" if action == "take_back" else LIST,
            {"action": action, "_selected_action": [post.pk], "_confirm": "1"},
        )
        return fresh(post)

    assert act("close_comments").comments_open is False
    assert act("open_comments").comments_open is True
    assert act("throw_away").deleted_at is not None
    assert act("take_back").deleted_at is None
    assert act("take_offline").live_revision is None


def test_post_whose_tag_was_deleted_is_taken_offline_too(desk: Client) -> None:
    tag = create_tag()
    post = create_post(tags=[tag])
    tag.delete()

    desk.post(LIST, {"action": "take_offline", "_selected_action": [post.pk], "_confirm": "1"})

    assert fresh(post).live_revision is None


def test_post_whose_tag_was_deleted_can_be_edited_and_published(desk: Client) -> None:
    tag = create_tag()
    post = create_post(tags=[tag])
    tag.delete()

    send(desk, change_address(post), title="Zonder dat label")
    publish(desk, post)

    assert fresh(post).title == "Zonder dat label"


def test_nothing_can_be_deleted_for_ever(desk: Client) -> None:
    post = create_post()

    desk.post(LIST, {"action": "delete_selected", "_selected_action": [post.pk], "post": "yes"})

    assert Post.objects.filter(pk=post.pk).exists()
