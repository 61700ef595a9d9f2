"""The thread below a post: who answers whom, in which order, and what stays of what is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from blog.models import Post
from comments import moderation
from comments.models import Comment
from comments.threads import thread
from tests.factories import create_comment, create_editor, create_post, in_days
from tests.pages import parse, visible_text, with_id

pytestmark = pytest.mark.django_db


def outline(post: Post) -> list[tuple[str, list[tuple[str, str]]]]:
    """The thread by names: each root with its replies and whom they answer."""
    return [
        (
            "–" if root.removed else root.comment.name,
            [(reply.comment.name, reply.answering) for reply in root.replies],
        )
        for root in thread(post).roots
    ]


def test_comments_stand_in_the_order_they_came() -> None:
    post = create_post()
    for name in ("Een", "Twee", "Drie"):
        create_comment(post=post, name=name)
    Comment.objects.filter(name="Drie").update(created_at=in_days(-1))

    assert outline(post) == [("Drie", []), ("Een", []), ("Twee", [])]


def test_comments_of_the_same_moment_keep_their_order() -> None:
    post = create_post()
    for name in ("Een", "Twee", "Drie"):
        create_comment(post=post, name=name)
    Comment.objects.update(created_at=in_days(-1))

    assert outline(post) == [("Een", []), ("Twee", []), ("Drie", [])]


def test_thread_is_two_levels_deep_and_names_whom_a_deeper_reply_answers() -> None:
    root = create_comment(name="Anna")
    reply = create_comment(name="Bram", parent=root)
    deeper = create_comment(name="Cees", parent=reply)
    create_comment(name="Dirk", parent=deeper)

    assert outline(root.post) == [("Anna", [("Bram", ""), ("Cees", "Bram"), ("Dirk", "Cees")])]


def test_waiting_comments_are_not_in_the_thread() -> None:
    root = create_comment(name="Anna")
    create_comment(name="Bram", parent=root, status="pending")
    create_comment(post=root.post, status="spam")

    assert outline(root.post) == [("Anna", [])]


def test_removed_comment_keeps_its_place_while_an_answer_hangs_on_it() -> None:
    root = create_comment(name="Anna")
    create_comment(name="Bram", parent=root)
    create_comment(post=root.post, name="Cees")

    moderation.reject(root, by=create_editor())

    assert outline(root.post) == [("–", [("Bram", "")]), ("Cees", [])]


def test_removed_comment_shows_none_of_its_words(client: Client) -> None:
    root = create_comment(name="Naamloze", text="Weggehaalde woorden.")
    create_comment(name="Bram", text="Een antwoord.", parent=root)
    moderation.mark_spam(root, by=create_editor())

    response = client.get(root.post.get_absolute_url())

    page = response.content.decode()
    assert "Weggehaalde woorden." not in page
    assert "Naamloze" not in page
    assert "Een antwoord." in page
    place = with_id(parse(response.content), root.anchor)
    assert f"op={root.uid}" not in page
    assert visible_text(place)


def test_removed_comment_without_answers_is_gone() -> None:
    root = create_comment()
    answer = create_comment(parent=root)
    editor = create_editor()

    moderation.reject(answer, by=editor)
    moderation.reject(root, by=editor)

    assert outline(root.post) == []


def test_removed_reply_disappears_and_its_answer_stays() -> None:
    root = create_comment(name="Anna")
    reply = create_comment(name="Bram", parent=root)
    create_comment(name="Cees", parent=reply)

    moderation.reject(reply, by=create_editor())

    assert outline(root.post) == [("Anna", [("Cees", "")])]


def test_count_is_what_readers_can_read() -> None:
    root = create_comment()
    create_comment(parent=create_comment(parent=root))
    create_comment(post=root.post, status="pending")
    assert thread(root.post).count == 3

    moderation.reject(root, by=create_editor())

    assert thread(root.post).count == 2


def test_thread_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    root = create_comment()
    for _number in range(5):
        create_comment(parent=create_comment(parent=root))
    post = Post.objects.get(pk=root.post_id)

    with django_assert_num_queries(1):
        addresses = [
            reply.comment.get_absolute_url()
            for place in thread(post).roots
            for reply in place.replies
        ]

    assert len(addresses) == 10


def test_very_deep_thread_is_no_trouble() -> None:
    post = create_post()
    parent = None
    for number in range(1_200):
        parent = Comment.objects.create(
            post=post,
            parent=parent,
            name=f"Lezer {number}",
            text="Ja.",
            status="approved",
            approved_at=in_days(0),
            created_at=in_days(-1) + timedelta(seconds=number),
        )

    found = thread(post)

    assert found.count == 1_200
    assert len(found.roots) == 1
