"""The log: what lands in it, what stays out, and how an editor reads it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import LogRecord, Tag
from comments import moderation
from comments.models import Erasure
from comments.privacy import erasure, visitor_data
from tests.blog.admin.desk import change_address, send
from tests.blog.admin.test_taxonomy_admin import confirm_merge
from tests.factories import (
    create_author,
    create_comment,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_superuser,
    create_tag,
    create_theme,
    create_user,
    in_days,
    save_and_publish,
)
from tests.instants import NOON
from tests.pages import parse, visible_text, with_id

pytestmark = pytest.mark.django_db

LOG = "/admin/blog/logrecord/"


def lines() -> list[tuple[str, str, str, str]]:
    """What the log says, in order: who did what to which kind of thing, and its title."""
    rows = LogRecord.objects.order_by("pk").values_list("by_name", "action", "kind", "title")
    return list(rows)


def links(desk: Client, **query: Any) -> set[str]:
    """Where the titles on a page of the log lead."""
    page = with_id(parse(desk.get(LOG, query).content), "result_list")
    return {link.get("href", "") for cell in page.iter("td") for link in cell.iter("a")}


# --- What lands in it -----------------------------------------------------------------------------


def test_what_the_admin_does_to_other_things_outlives_the_account(client: Client) -> None:
    karin = create_superuser(username="Karin")
    client.force_login(karin)
    author = create_author(name="Joost")
    send(client, "/admin/blog/theme/add/", name="Slaap")
    send(client, f"/admin/authors/author/{author.pk}/change/", name="Joost de Vries")
    client.post(f"/admin/authors/author/{author.pk}/delete/", {"post": "yes"})

    karin.delete()

    assert not LogEntry.objects.exists()
    assert lines() == [
        ("Karin", "added", "theme", "Slaap"),
        ("Karin", "changed", "author", "Joost de Vries"),
        ("Karin", "removed", "author", "Joost de Vries"),
    ]
    assert LogRecord.objects.filter(by=None).count() == 3


@pytest.mark.parametrize("count", [1, 3])
def test_several_things_deleted_at_once_are_all_noted(
    desk: Client, editor: User, count: int
) -> None:
    tags = [create_tag(name=f"Tag {number}") for number in range(count)]
    chosen = {"action": "delete_selected", "_selected_action": [tag.pk for tag in tags]}
    desk.post("/admin/blog/tag/", chosen)
    assert not LogRecord.objects.exists()

    desk.post("/admin/blog/tag/", chosen | {"post": "yes"})

    assert not Tag.objects.exists()
    assert sorted(line[3] for line in lines()) == [tag.name for tag in tags]
    assert {line[:3] for line in lines()} == {(editor.username, "removed", "tag")}


def test_saving_a_draft_is_no_line_and_publishing_is_one(desk: Client, editor: User) -> None:
    post = create_draft(by=editor, title="Slapen")
    send(desk, change_address(post), body="Anders.")
    assert not LogRecord.objects.exists()

    publishing.publish(post.revisions.latest("number"), by=editor)

    assert lines() == [(editor.username, "published", "post", "Slapen")]


def test_renamed_and_merged_terms_are_noted(desk: Client, editor: User) -> None:
    tag, other = create_tag(name="Rust", slug="rust"), create_tag(name="Kalmte")
    send(desk, f"/admin/blog/tag/{tag.pk}/change/", name="Avondrust")
    confirm_merge(desk, [Tag.objects.get(pk=tag.pk), other], into=other)

    details = dict(LogRecord.objects.values_list("action", "detail"))
    assert details["renamed"] == "rust → avondrust"
    assert details["merged"] == "→ Kalmte"
    assert set(LogRecord.objects.values_list("by_name", flat=True)) == {editor.username}


def test_what_moderators_erase_and_adapt_is_noted_without_a_word_of_it() -> None:
    karin = create_editor(username="Karin")
    words = ("Joke", "joke@example.org", "Bel mij op 06-12345678.", "omdat er een nummer in stond")
    name, email, text, reason = words
    post = create_post(title="Slapen")
    erased = create_comment(post=post, name=name, text=text, email=email)
    adapted = create_comment(post=post, name=name, text=f"{text} Graag.", email=email)
    LogRecord.objects.all().delete()

    erasure.erase(erased, wish=Erasure.Wish.EDITOR, by=karin)
    version = adapted.newest_version
    moderation.redact(adapted, by=karin, version=version, name="J.", text="Bel mij.", reason=reason)
    visitor_data.erase(email, wish=Erasure.Wish.ADDRESS, by=karin)
    erasure.erase(create_comment(post=post), wish=Erasure.Wish.WRITER)

    assert lines() == [
        ("Karin", "removed", "comment", "Slapen"),
        ("Karin", "changed", "comment", "Slapen"),
        ("Karin", "removed", "comment", "0 reacties"),
    ]
    kept = str(list(LogRecord.objects.values()))
    assert not [word for word in (*words, "Bel mij") if word in kept]


# --- How it is read -------------------------------------------------------------------------------


def test_log_links_to_what_is_still_there(desk: Client) -> None:
    editor = create_editor()
    kept, gone = create_post(by=editor), create_post(by=editor)
    publishing.throw_away(gone, by=editor)
    publishing.remove(gone, by=editor)
    send(desk, f"/admin/blog/theme/{(theme := create_theme()).pk}/change/", name="Nieuw")

    found = links(desk)

    assert found == {change_address(kept), f"/admin/blog/theme/{theme.pk}/change/"}


def test_log_can_be_narrowed_and_searched(desk: Client) -> None:
    karin, other = create_superuser(username="Karin"), create_superuser(username="Ander")
    with time_machine.travel(NOON, tick=False):
        post = create_post(by=karin, title="Slapen")
    publishing.unpublish(post, by=other, reason="De tekst klopte niet.")
    create_post(by=other, title="Waken")
    create_page(title="Over ons")
    other.delete()

    for query, there, absent in (
        ({"action__exact": "unpublished"}, "De tekst klopte niet.", "Waken"),
        ({"by_name": "Ander"}, "Waken", "2 maart"),
        ({"q": "wake"}, "Waken", "Slapen"),
        ({"at__year": "2026", "at__month": "3"}, "Slapen", "Waken"),
        ({"kind": "post"}, "Slapen", "Over ons"),
    ):
        table = visible_text(with_id(parse(desk.get(LOG, query).content), "result_list"))
        assert there in table, query
        assert absent not in table, query


@time_machine.travel(NOON, tick=False)
def test_one_line_of_the_log_is_named_by_the_clock_of_the_site(desk: Client) -> None:
    create_post(title="Slapen met sneeuw")
    line = LogRecord.objects.get()

    page = desk.get(f"{LOG}{line.pk}/change/")

    assert "2026-03-02 12:00" in str(line)
    assert str(line) in visible_text(parse(page.content))


def test_nobody_writes_in_the_log(desk: Client) -> None:
    create_post()
    record = LogRecord.objects.get()

    assert desk.get(f"{LOG}add/").status_code == 403
    for word in ("change", "delete"):
        assert desk.post(f"{LOG}{record.pk}/{word}/", {"post": "yes"}).status_code == 403
    assert LogRecord.objects.get() == record


def test_log_is_closed_to_writers(client: Client) -> None:
    client.force_login(create_user(may=["add_post", "change_own_post", "view_post"]))

    assert client.get(LOG).status_code == 403


def test_log_costs_as_many_queries_with_thirty_lines_as_with_two(
    desk: Client, editor: User
) -> None:
    save_and_publish(create_post(by=editor, published_at=in_days(-2)), title="Anders")
    desk.get(LOG)

    with CaptureQueriesContext(connection) as with_two:
        desk.get(LOG)
    for _number in range(28):
        create_post(by=editor)
    with CaptureQueriesContext(connection) as with_thirty:
        desk.get(LOG)

    assert len(with_thirty) == len(with_two)
