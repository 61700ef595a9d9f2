"""The start page of the desk: what waits for whoever logs in, and what comes by itself."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import PlannedChange, Post, Sitting
from tests.blog.admin.desk import change_address
from tests.factories import (
    create_comment,
    create_draft,
    create_editor,
    create_post,
    create_superuser,
    create_user,
    edited,
    in_days,
    newest,
)
from tests.pages import all_with_class, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db

START = "/admin/"


@pytest.fixture
def writer() -> User:
    """Somebody who may write drafts of their own, and no more."""
    return create_user(username="Joost", may=["add_post", "change_own_post", "view_post"])


def page_of(user: User) -> Element:
    """The start page as this user sees it."""
    desk = Client()
    desk.force_login(user)
    return parse(desk.get(START).content)


def text_of(user: User) -> str:
    """Everything that waits for this user, or comes."""
    return " ".join(visible_text(part) for part in all_with_class(page_of(user), "start"))


def planned(post: Post, title: str, *, by: User) -> None:
    """A change of a live post that waits for its moment."""
    revision = publishing.save_draft(post, edited(post, title=title), by=by, base=newest(post))
    publishing.schedule(revision, by=by, at=in_days(2))


def test_page_on_which_nothing_waits_says_so() -> None:
    assert "Niets. Alles is klaar." in text_of(create_editor())


def test_offered_text_waits_for_editors_and_is_told_to_its_writer(writer: User) -> None:
    post = create_draft(by=writer, title="Slapen als een roos")
    publishing.offer(newest(post), by=writer)

    page = page_of(editor := create_editor())

    links = [link.get("href") for link in with_class(page, "start").iter("a")]
    assert "/admin/blog/post/?state=offered" in links
    assert change_address(post) in links
    assert "1 tekst is aangeboden aan de redactie Slapen als een roos Joost" in text_of(editor)
    assert "1 tekst van jou wacht op de redactie" in text_of(writer)
    assert "Slapen als een roos" not in text_of(create_user(may=["add_post", "change_own_post"]))


def test_returned_text_waits_for_its_writer_only(writer: User) -> None:
    post = create_draft(by=writer, title="Slapen als een roos")
    review = publishing.offer(newest(post), by=writer)
    publishing.return_to_writer(review, by=create_editor(username="Karin"), remark="Bron?")

    assert "1 tekst kwam met een opmerking bij je terug" in text_of(writer)
    assert "Karin" in text_of(writer)
    assert "Slapen als een roos" not in text_of(create_editor())


def test_text_that_was_not_saved_waits_for_who_typed_it(writer: User) -> None:
    typed = {"title": ["Slapen als een roos"]}
    sitting = Sitting.objects.create(user=writer, kind="post", typed=typed, typed_at=in_days(0))

    links = [link.get("href") for link in with_class(page_of(writer), "start").iter("a")]

    assert links == [f"/admin/blog/post/niet-opgeslagen/{sitting.key}/"]
    assert "1 tekst die je typte, is niet opgeslagen Slapen als een roos" in text_of(writer)
    assert "Slapen als een roos" not in text_of(create_editor())


def test_failed_plan_is_told_to_editors_with_its_problem(writer: User) -> None:
    editor = create_editor()
    post = create_post(by=editor)
    planned(post, "Herzien", by=editor)
    PlannedChange.objects.update(problem="Het adres is bezet.")

    assert "1 geplande wijziging ging niet live Herzien Het adres is bezet." in text_of(editor)
    assert "Herzien" not in text_of(writer)


def test_three_soonest_publications_and_changes_are_told() -> None:
    editor = create_editor()
    planned(create_post(by=editor), "Over twee dagen", by=editor)
    for days, title in ((3, "Over drie dagen"), (1, "Morgen"), (4, "Over vier dagen")):
        create_post(by=editor, title=title, published_at=in_days(days))
    publishing.throw_away(create_post(title="Weg", published_at=in_days(1)), by=editor)

    _waiting, section = all_with_class(page_of(editor), "start")

    titles = [visible_text(link) for link in section.iter("a")]
    assert titles == ["Morgen", "Over twee dagen", "Over drie dagen"]


def test_many_offered_texts_are_counted_and_five_shown() -> None:
    editor = create_editor()
    for _number in range(7):
        publishing.offer(newest(create_draft(by=editor)), by=editor)

    text = text_of(editor)

    assert "7 teksten zijn aangeboden" in text
    assert "en nog 2" in text


def test_moderator_meets_the_queue_and_nothing_of_the_editors(writer: User) -> None:
    publishing.offer(newest(create_draft(by=writer, title="Slapen")), by=writer)
    create_comment(status="pending")

    text = text_of(create_user(may=["moderate_comment", "view_comment", "view_post"]))

    assert "1 reactie wacht" in text
    assert "Niets." not in text
    assert "Slapen" not in text


def test_start_page_costs_as_many_queries_with_much_as_with_little(client: Client) -> None:
    editor = create_superuser()
    client.force_login(editor)

    def queries(count: int) -> int:
        for _number in range(count):
            publishing.offer(newest(create_draft(by=editor)), by=editor)
            planned(create_post(by=editor), "Herzien", by=editor)
            create_post(by=editor, published_at=in_days(1))
            create_comment(status="pending")
        with CaptureQueriesContext(connection) as captured:
            client.get(START)
        return len(captured)

    client.get(START)
    assert queries(1) == queries(5)


def test_list_of_one_app_has_no_start_page(desk: Client) -> None:
    page = parse(desk.get("/admin/blog/").content)

    assert all_with_class(page, "start") == []
    assert with_id(page, "content-main") is not None
