"""The feed of the comments below a post: what it shows, what it never shows, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from blog import publishing
from blog.models import Post
from comments import moderation
from comments.models import Comment
from comments.submission import withdraw
from tests.factories import (
    create_author,
    create_comment,
    create_draft,
    create_editor,
    create_page,
    create_post,
    in_days,
    save_and_publish,
)
from tests.pages import Answer

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
EARLIER, LATER, LAST = (timezone.now() - timedelta(hours=hours) for hours in (3, 2, 1))


def feed_of(post: Post) -> str:
    """The address of a post's feed."""
    return f"/blog/{post.slug}/reacties/feed/"


def read(response: Answer) -> Element:
    """The feed as a feed reader parses it."""
    assert response.status_code == 200
    return fromstring(response.content)


def text_of(element: Element, name: str) -> str:
    """The text of a child; the name of whoever wrote it is `author/name`."""
    return element.findtext("/".join(ATOM + part for part in name.split("/")), default="")


def entries(client: Client, post: Post) -> list[Element]:
    """What the feed of a post lists."""
    return read(client.get(feed_of(post))).findall(f"{ATOM}entry")


def titles(client: Client, post: Post) -> list[str]:
    """Who speaks in the feed of a post."""
    return [text_of(entry, "title") for entry in entries(client, post)]


def test_feed_is_atom_with_the_name_of_its_post(client: Client) -> None:
    post = create_post(title='Slapen als een "roos"', slug="slapen")
    create_comment(post=post)

    response = client.get("/blog/slapen/reacties/feed/")

    feed = read(response)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    assert text_of(feed, "title") == "Reacties op “Slapen als een “roos””"


def test_every_address_in_the_feed_is_that_of_the_site(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://www.voorbeeld.nl"
    post = create_post(slug="slapen")
    comment = create_comment(post=post)

    feed = read(client.get(feed_of(post), headers={"host": "localhost"}))

    addresses = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert addresses == {
        "self": "https://www.voorbeeld.nl/blog/slapen/reacties/feed/",
        "alternate": "https://www.voorbeeld.nl/blog/slapen/#reacties",
    }
    link = feed.find(f"{ATOM}entry/{ATOM}link")
    assert link is not None
    assert link.get("href") == f"https://www.voorbeeld.nl/blog/slapen/#reactie-{comment.pk}"


def test_entry_says_who_what_and_when(client: Client) -> None:
    comment = create_comment(name="Anna", text="Dat *herken* ik: https://voorbeeld.nl/a")
    Comment.objects.update(created_at=EARLIER, decided_at=LATER)

    [entry] = entries(client, comment.post)

    assert text_of(entry, "id") == f"urn:uuid:{comment.uid}"
    assert text_of(entry, "title") == text_of(entry, "author/name") == "Anna"
    assert text_of(entry, "published") == EARLIER.isoformat()
    assert text_of(entry, "updated") == LATER.isoformat()
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert content.text == (
        "<p>Dat <em>herken</em> ik: "
        '<a href="https://voorbeeld.nl/a" rel="nofollow ugc">voorbeeld.nl/…</a></p>'
    )
    assert entry.find(f"{ATOM}summary") is None


def test_stored_html_is_sanitised_again_and_outdated_html_made_anew(client: Client) -> None:
    comment = create_comment(text="Hoi.")
    Comment.objects.update(html="<p>Hoi</p><script>x</script>")
    stored = [text_of(entry, "content") for entry in entries(client, comment.post)]
    Comment.objects.update(html_version=0)

    anew = [text_of(entry, "content") for entry in entries(client, comment.post)]

    assert stored == ["<p>Hoi</p>"]
    assert anew == ["<p>Hoi.</p>"]


def test_newest_comments_come_first_and_no_more_than_fifty(client: Client) -> None:
    post = create_post()
    now = timezone.now()
    Comment.objects.bulk_create(
        Comment(
            post=post,
            name=f"Lezer {number}",
            text="Hoi.",
            status="approved",
            position=number,
            created_at=now - timedelta(minutes=number),
            decided_at=now,
        )
        for number in range(1, 53)
    )

    assert titles(client, post) == [f"Lezer {number}" for number in range(1, 51)]


def test_comments_of_the_same_moment_have_a_steady_order(client: Client) -> None:
    post = create_post()
    for name in ("Een", "Twee", "Drie"):
        create_comment(post=post, name=name)
    Comment.objects.update(created_at=EARLIER)

    assert titles(client, post) == ["Drie", "Twee", "Een"]


@pytest.mark.parametrize("status", ["pending", "rejected", "spam"])
def test_only_approved_comments_of_this_post_are_in_its_feed(client: Client, status: str) -> None:
    post = create_post()
    create_comment(post=post, name="Anna")
    create_comment(post=post, name="Verborgen", status=status)
    create_comment(name="Elders")

    assert titles(client, post) == ["Anna"]


def test_reply_names_whom_it_answers(client: Client) -> None:
    root = create_comment(name="Anna")
    create_comment(parent=root, name="Piet")

    assert titles(client, root.post) == ["Piet reageert op Anna", "Anna"]


def test_reply_to_a_removed_comment_does_not_name_who_wrote_it(client: Client) -> None:
    root = create_comment(name="Anna", text="Weg hiermee.")
    create_comment(parent=root, name="Piet")
    withdraw(root)

    response = client.get(feed_of(root.post))

    assert b"Piet reageert op een verwijderde reactie" in response.content
    assert b"Anna" not in response.content
    assert b"Weg hiermee" not in response.content


def test_comment_that_editors_redacted_says_so_and_counts_as_changed(client: Client) -> None:
    comment = create_comment(name="Anna", text="Bel 06-12345678.")
    moderation.redact(
        comment, by=create_editor(), version=1, name="Anna", text="Bel [weg].", reason=""
    )
    Comment.objects.update(decided_at=EARLIER, redacted_at=LATER)

    [entry] = entries(client, comment.post)

    assert text_of(entry, "content") == "<p>Bel [weg].</p><p>Aangepast door de redactie.</p>"
    assert text_of(entry, "updated") == LATER.isoformat()


def test_badge_is_a_category_which_no_visitor_can_write(client: Client) -> None:
    editor = create_editor()
    create_author(name="Mirjam", user=editor)
    comment = create_comment(name="Mirjam (Redactie)")
    moderation.answer(comment, by=editor, text="Dank je wel.")

    answer, question = entries(client, comment.post)

    assert text_of(answer, "author/name") == "Mirjam"
    assert [each.get("term") for each in answer.findall(f"{ATOM}category")] == ["Redactie"]
    assert question.findall(f"{ATOM}category") == []


def test_feed_is_as_new_as_the_newest_change_in_it(client: Client) -> None:
    post = create_post()
    for name in ("Anna", "Piet", "Joke"):
        create_comment(post=post, name=name)
    Comment.objects.update(created_at=EARLIER, decided_at=EARLIER)
    Comment.objects.filter(name="Piet").update(decided_at=LAST)

    feed = read(client.get(feed_of(post)))

    assert text_of(feed, "updated") == LAST.isoformat()


def test_feed_without_comments_is_as_old_as_its_post_and_stays_the_same(client: Client) -> None:
    post = create_post(published_at=EARLIER)

    response = client.get(feed_of(post))

    feed = read(response)
    assert feed.findall(f"{ATOM}entry") == []
    assert text_of(feed, "updated") == EARLIER.isoformat()
    again = client.get(feed_of(post), headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_feed_keeps_its_id_when_the_post_moves(client: Client) -> None:
    post = create_post(slug="vroeger")
    before = text_of(read(client.get("/blog/vroeger/reacties/feed/")), "id")
    save_and_publish(post, slug="nu")

    after = text_of(read(client.get("/blog/nu/reacties/feed/")), "id")

    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", before)
    assert before == after != f"urn:uuid:{post.uid}"


def test_earlier_address_leads_to_the_feed_of_today(client: Client) -> None:
    save_and_publish(create_post(slug="vroeger"), slug="nu")

    response = client.get("/blog/vroeger/reacties/feed/")

    assert response.status_code == 301
    assert response["Location"] == "/blog/nu/reacties/feed/"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_post_that_readers_cannot_see_has_no_feed(client: Client) -> None:
    editor = create_editor()
    slugs = [
        create_draft(slug="concept").slug,
        create_post(slug="morgen", published_at=in_days(1)).slug,
        publishing.unpublish(create_post(slug="weg"), by=editor).slug,
        create_page(slug="over-ons").slug,
        "bestaat-niet",
    ]

    statuses = [client.get(f"/blog/{slug}/reacties/feed/").status_code for slug in slugs]

    assert statuses == [404] * 5


def test_feed_is_the_same_for_everybody(client: Client) -> None:
    post = create_comment().post
    plain = client.get(feed_of(post))
    client.force_login(create_editor())

    response = client.get(feed_of(post))

    assert response.content == plain.content
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not response.cookies
    assert client.post(feed_of(post)).status_code == 405


def test_no_address_key_or_hash_is_in_the_feed(client: Client) -> None:
    comment = create_comment(email="anna@voorbeeld.nl")
    create_comment(parent=comment, email="piet@voorbeeld.nl")

    text = client.get(feed_of(comment.post)).content.decode()

    assert "voorbeeld.nl" not in text
    for each in Comment.objects.all():
        assert each.key
        assert each.key not in text
        assert each.text_digest not in text


def test_hostile_names_leave_the_feed_well_formed(client: Client) -> None:
    names = ["]]><script>", "a\uffffb", "&amp; %(name)s", "a\x01b"]
    root = create_comment(name="Joke", text="<script> ]]> \uffff")
    replies = [create_comment(parent=root) for _name in names]
    for reply, name in zip(replies, names, strict=True):
        Comment.objects.filter(pk=reply.pk).update(name=name, created_at=root.created_at)

    found = entries(client, root.post)

    assert [text_of(entry, "author/name") for entry in found] == [
        *("a\ufffdb", "&amp; %(name)s", "a\ufffdb", "]]><script>", "Joke")
    ]
    assert text_of(found[-1], "content") == "<p>&lt;script&gt; ]]&gt; \ufffd</p>"


def test_six_comments_take_as_many_queries_as_none(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    post, editor = create_post(), create_editor()
    with django_assert_num_queries(2):
        assert entries(client, post) == []
    root = create_comment(post=post, by=editor)
    for _number in range(5):
        create_comment(parent=root, by=editor)

    with django_assert_num_queries(2):
        assert len(entries(client, post)) == 6
