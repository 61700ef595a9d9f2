"""What lies in the wastebasket, and what is left when it is removed for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.test import Client

from blog import publishing
from blog.models import (
    Address,
    LogRecord,
    MenuItem,
    Post,
    PreviewLink,
    Revision,
    SiteSettings,
)
from blog.stored_renderings import render_outdated
from comments.models import Comment, Decision, Report
from comments.reports import report
from tests.factories import (
    create_comment,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_superuser,
    create_user,
    edited,
    fresh,
    in_days,
    newest,
    save_and_publish,
)
from tests.instants import NOON, at_the_same_instant
from tests.pages import parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def thrown_away(post: Post, **details: Any) -> Post:
    """A post that now lies in the wastebasket."""
    publishing.throw_away(post, by=create_editor(), **details)
    return post


def test_removed_post_takes_everything_with_it(client: Client) -> None:
    editor = create_editor()
    post = save_and_publish(create_post(slug="eerst"), slug="daarna", title="Anders")
    publishing.save_draft(post, edited(post, body="Nieuw."), by=editor, base=newest(post))
    publishing.schedule(newest(post), by=editor, at=in_days(3))
    PreviewLink.objects.create(post=post, expires_at=in_days(3))
    parent = create_comment(post=post, email="joke@example.org")
    create_comment(post=post, parent=parent)
    report(parent, ground=Report.Ground.OTHER, explanation="Klopt niet.")

    assert publishing.remove(thrown_away(post), by=editor)

    for model in (Post, Revision, Address, PreviewLink, Comment, Decision, Report):
        assert not model._base_manager.exists(), model
    for address in ("/blog/eerst/", "/blog/daarna/"):
        assert client.get(address).status_code == 404
    assert create_post(slug="eerst").get_absolute_url() == "/blog/eerst/"


def test_only_what_lies_in_the_wastebasket_is_removed() -> None:
    post, editor = create_post(), create_editor()
    assert not publishing.remove(post, by=editor)
    publishing.remove(thrown_away(post), by=editor)

    assert not publishing.remove(post, by=editor)

    assert LogRecord.objects.filter(action=LogRecord.Action.REMOVED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_remove_at_once_remove_one_post_and_one_of_them_is_told() -> None:
    editor = create_superuser()
    post = create_post(by=editor)
    publishing.throw_away(post, by=editor)

    outcomes = at_the_same_instant(*[lambda: publishing.remove(post, by=editor)] * 2)

    assert {*outcomes} == {True, False}
    assert LogRecord.objects.filter(action=LogRecord.Action.REMOVED).count() == 1


def test_removing_asks_for_permission() -> None:
    post = thrown_away(create_post())

    with pytest.raises(PermissionDenied):
        publishing.remove(post, by=create_user(may=["change_post", "publish_post"]))

    assert fresh(post).deleted_at


def test_wastebasket_is_emptied_after_thirty_days() -> None:
    with time_machine.travel(NOON, tick=False):
        post, kept = thrown_away(create_post()), create_post()
    with time_machine.travel(NOON + timedelta(days=30, seconds=-1), tick=False):
        assert publishing.empty_wastebasket() == 0
        assert fresh(post).goes_at == NOON + timedelta(days=30)

    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        assert publishing.empty_wastebasket() == 1

    assert list(Post.objects.all()) == [kept]
    removed = LogRecord.objects.get(action=LogRecord.Action.REMOVED)
    assert (removed.by, removed.title) == (None, post.title)


def test_links_to_a_removed_post_become_plain_text(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    by = create_superuser()
    post = create_post(by=by, slug="weg")
    linking = create_post(by=by, body="Lees [dit](post:weg) eens.", related=[post])
    led = create_post(by=by)
    publishing.unpublish(led, by=by, leads_to=post)
    MenuItem.objects.create(post=post)
    page = create_page(by=by)
    SiteSettings.objects.create(method_page_id=page.pk, moderation="all")

    for gone in (post, page):
        with django_capture_on_commit_callbacks(execute=True):
            publishing.throw_away(gone, by=by)
            publishing.remove(gone, by=by)

    opening = with_class(parse(client.get(linking.get_absolute_url()).content), "opening-grid")
    assert "Lees dit eens." in visible_text(opening)
    assert "/blog/weg/" not in client.get(linking.get_absolute_url()).content.decode()
    assert render_outdated() == 0
    assert (fresh(led).leads_to, fresh(led).ending) == (None, Post.Ending.GONE)
    assert client.get(led.get_absolute_url()).status_code == 410
    assert not MenuItem.objects.exists()
    assert SiteSettings.objects.current().method_page is None
    assert client.get("/").status_code == 200


def test_log_keeps_a_removed_post_and_why_it_was_thrown_away() -> None:
    editor = create_editor(username="Karin")
    post = create_draft(title="Een misser")
    publishing.throw_away(post, by=editor, reason="Dubbel met een ander stuk.")
    publishing.remove(post, by=editor)
    editor.delete()

    thrown, removed = LogRecord.objects.order_by("pk")
    assert (thrown.action, thrown.reason) == ("thrown_away", "Dubbel met een ander stuk.")
    assert (removed.action, removed.title) == ("removed", "Een misser")
    assert (removed.by, removed.by_name) == (None, "Karin")


def test_removing_wipes_visitors_from_the_log_of_the_admin() -> None:
    post = create_post()
    comment = create_comment(post=post, name="Joke")
    LogEntry.objects.create(
        user=create_editor(),
        content_type=ContentType.objects.get_for_model(Comment),
        object_id=str(comment.pk),
        object_repr=str(comment),
        action_flag=ADDITION,
    )

    publishing.remove(thrown_away(post), by=create_editor())

    assert LogEntry.objects.get().object_repr == ""
