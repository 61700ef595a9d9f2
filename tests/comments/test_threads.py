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
from tests.factories import create_author, create_comment, create_editor, create_post, in_days
from tests.pages import all_with_class, classes, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db


def outline(post: Post) -> list[tuple[str, list[tuple[str, str]]]]:
    """The thread by names: each root with its replies and whom they answer."""
    return [
        (
            "–" if root.removed else root.name,
            [
                (
                    reply.name,
                    (reply.parent.name if reply.parent else "–") if reply.answers_reply else "",
                )
                for reply in root.replies
            ],
        )
        for root in thread(post).roots
    ]


def test_comments_stand_in_the_order_of_their_approval() -> None:
    post = create_post()
    for name in ("Een", "Twee", "Drie"):
        create_comment(post=post, name=name)
    Comment.objects.filter(name="Drie").update(created_at=in_days(-1))

    assert outline(post) == [("Een", []), ("Twee", []), ("Drie", [])]


def test_replies_stand_in_the_order_they_came() -> None:
    root = create_comment(name="Anna")
    for name in ("Een", "Twee", "Drie"):
        create_comment(parent=root, name=name)
    Comment.objects.filter(name="Drie").update(created_at=in_days(-1))

    assert outline(root.post) == [("Anna", [("Drie", ""), ("Een", ""), ("Twee", "")])]


def test_replies_of_the_same_moment_keep_their_order() -> None:
    root = create_comment(name="Anna")
    for name in ("Een", "Twee", "Drie"):
        create_comment(parent=root, name=name)
    Comment.objects.update(created_at=in_days(-1))

    assert outline(root.post) == [("Anna", [("Een", ""), ("Twee", ""), ("Drie", "")])]


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

    moderation.reject(root, by=create_editor(), version=1)

    assert outline(root.post) == [("–", [("Bram", "")]), ("Cees", [])]


def test_removed_comment_shows_none_of_its_words(client: Client) -> None:
    root = create_comment(name="Naamloze", text="Weggehaalde woorden.")
    create_comment(name="Bram", text="Een antwoord.", parent=root)
    moderation.mark_spam(root, by=create_editor(), version=1)

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

    moderation.reject(answer, by=editor, version=1)
    moderation.reject(root, by=editor, version=1)

    assert outline(root.post) == []


def test_removed_reply_disappears_and_its_answer_stays() -> None:
    root = create_comment(name="Anna")
    reply = create_comment(name="Bram", parent=root)
    create_comment(name="Cees", parent=reply)

    moderation.reject(reply, by=create_editor(), version=1)

    assert outline(root.post) == [("Anna", [("Cees", "–")])]


def test_count_is_what_readers_can_read() -> None:
    root = create_comment()
    create_comment(parent=create_comment(parent=root))
    create_comment(post=root.post, status="pending")
    assert thread(root.post).count == 3

    moderation.reject(root, by=create_editor(), version=1)

    assert thread(root.post).count == 2


def test_thread_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    root = create_comment()
    for _number in range(5):
        create_comment(parent=create_comment(parent=root))
    post = Post.objects.get(pk=root.post_id)

    with django_assert_num_queries(1):
        texts = [reply.formatted for place in thread(post).roots for reply in place.replies]

    assert len(texts) == 10


def test_post_without_comments_takes_one_query_too(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    post = create_post()

    with django_assert_num_queries(1):
        found = thread(post)

    assert (found.roots, found.count, found.pages) == ([], 0, 1)


def fill(post: Post, roots: int) -> list[Comment]:
    """So many approved comments that answer none, in order."""
    return Comment.objects.bulk_create(
        Comment(
            post=post,
            name=f"Lezer {number}",
            text="Ja.",
            status="approved",
            position=number,
            decided_at=in_days(0),
        )
        for number in range(1, roots + 1)
    )


def test_fifty_roots_fill_a_page() -> None:
    post = create_post()
    fill(post, 51)

    first, second = thread(post, 1), thread(post, 2)

    assert [len(first.roots), len(second.roots)] == [50, 1]
    assert (first.count, first.pages) == (second.count, second.pages) == (51, 2)
    assert (first.earlier, second.later) == ("", "")
    assert first.later == f"{post.get_absolute_url()}?reacties=2#reacties"
    assert second.earlier == f"{post.get_absolute_url()}#reacties"


def test_page_of_a_comment_stays_when_comments_before_it_go() -> None:
    post = create_post()
    comments = fill(post, 60)
    address = comments[54].get_absolute_url()
    assert address == f"{post.get_absolute_url()}?reacties=2#reactie-{comments[54].pk}"

    for comment in comments[:20]:
        moderation.reject(comment, by=create_editor(), version=1)

    assert Comment.objects.get(pk=comments[54].pk).get_absolute_url() == address
    assert "Lezer 55" in [root.name for root in thread(post, 2).roots]
    assert thread(post, 1).count == 40


def test_comment_that_comes_back_has_its_old_place() -> None:
    post = create_post()
    comments = fill(post, 3)

    moderation.reject(comments[1], by=create_editor(), version=1)
    moderation.approve(comments[1], by=create_editor(), version=1)

    assert [root.name for root in thread(post).roots] == ["Lezer 1", "Lezer 2", "Lezer 3"]


def test_page_whose_comments_are_all_gone_says_so_and_leads_on(client: Client) -> None:
    post = create_post()
    fill(post, 51)
    Comment.objects.filter(post=post, position__lte=50).update(status="rejected")

    page = parse(client.get(post.get_absolute_url()).content)

    text = visible_text(with_id(page, "reacties"))
    assert "1 reactie" in text
    assert "Op deze pagina met reacties staat niets meer." in text
    assert "Latere reacties" in text


def test_later_page_has_a_title_and_an_address_of_its_own(client: Client) -> None:
    post = create_post(title="Slapen")
    fill(post, 51)

    page = parse(client.get(f"{post.get_absolute_url()}?reacties=2").content, strict=True)

    assert (page.findtext("head/title") or "").startswith("Slapen – reacties, pagina 2 – ")
    (canonical,) = [link for link in page.iter("link") if link.get("rel") == "canonical"]
    assert (canonical.get("href") or "").endswith(f"{post.get_absolute_url()}?reacties=2")


def test_way_to_the_other_pages_stands_above_and_below_the_list(client: Client) -> None:
    post = create_post()
    fill(post, 51)

    page = parse(client.get(post.get_absolute_url()).content, strict=True)

    words = [visible_text(nav) for nav in all_with_class(page, "paging")]
    assert words == ["51 reacties, pagina 1 van 2 Latere reacties"] * 2


@pytest.mark.parametrize("asked", ["0", "1", "3", "-1", "twee", "2 ", "", "99999999999"])
def test_page_of_comments_that_is_not_there_is_a_404(client: Client, asked: str) -> None:
    post = create_post()
    fill(post, 51)

    assert client.get(f"{post.get_absolute_url()}?reacties={asked}").status_code == 404
    assert client.get(f"{post.get_absolute_url()}?reacties=2").status_code == 200


def test_replies_stand_on_the_page_of_their_root() -> None:
    post = create_post()
    comments = fill(post, 51)
    reply = create_comment(parent=comments[50], name="Bram")
    deeper = create_comment(parent=reply, name="Cees")

    assert [root.replies for root in thread(post, 1).roots] == [[]] * 50
    assert [r.name for r in thread(post, 2).roots[0].replies] == ["Bram", "Cees"]
    assert "?reacties=2#" in deeper.get_absolute_url()


def test_initial_says_nothing_but_the_name(client: Client) -> None:
    comment = create_comment(name="@ érica")
    Comment.objects.filter(pk=comment.pk).update(seed=8)

    page = parse(client.get(comment.post.get_absolute_url()).content)

    (initial,) = all_with_class(page, "initial")
    assert initial.text == "É"
    assert "initial-3" in classes(initial)
    assert initial.get("aria-hidden") == "true"


def test_badge_is_shown_for_who_has_it_and_nobody_else(client: Client) -> None:
    editor = create_editor()
    author = create_author(name="Mirjam", user=editor)
    post = create_post(authors=[author])
    question = create_comment(post=post, name="Mirjam", text="Ik ben het niet.")

    moderation.answer(question, by=editor, text="Ik wel.")
    page = parse(client.get(post.get_absolute_url()).content)

    visitor, writer = all_with_class(page, "comment")
    assert not all_with_class(visitor, "badge")
    assert visible_text(with_class(writer, "badge")) == "Schrijver"


def test_badge_says_nothing_twice(client: Client) -> None:
    comment = create_comment(name="Redactie")
    Comment.objects.update(badge=Comment.Badge.EDITOR)

    page = parse(client.get(comment.post.get_absolute_url()).content)

    assert all_with_class(page, "badge") == []


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
            position=1,
            decided_at=in_days(0),
            created_at=in_days(-1) + timedelta(seconds=number),
        )

    found = thread(post)

    assert found.count == 1_200
    assert len(found.roots) == 1
