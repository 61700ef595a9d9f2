"""One post at its permalink."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import MenuItem, Post
from comments.models import Comment
from tests.factories import (
    create_author,
    create_comment,
    create_draft,
    create_editor,
    create_post,
    create_theme,
    in_days,
    newest,
)
from tests.pages import all_with_class, parse, visible_text, with_class, with_id

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_post_shows_title_lead_body_theme_and_authors(client: Client) -> None:
    post = create_post(
        title="Slapen met sneeuw",
        body="De eerste alinea.\n\n## Een kop\n\nDe tweede alinea.",
        theme=create_theme(name="Winterslaap"),
        authors=[create_author(name="Zoë Zomer"), create_author(name="Adam Avond")],
    )

    page = parse(client.get(post.get_absolute_url()).content)

    assert visible_text(with_class(page, "prose")) == "Een kop De tweede alinea."
    text = visible_text(page)
    for words in ("Slapen met sneeuw", "De eerste alinea.", "Winterslaap", "Zoë Zomer"):
        assert words in text
    assert text.index("Zoë Zomer") < text.index("Adam Avond")


def test_post_without_theme_authors_or_summary_still_shows(client: Client) -> None:
    post = create_post(title="Kaal", body="", theme=None, authors=[])

    response = client.get(post.get_absolute_url())

    assert response.status_code == 200
    assert "Kaal" in visible_text(parse(response.content, strict=True))


def test_draft_is_nowhere(client: Client) -> None:
    draft = create_draft()

    assert client.get(draft.get_absolute_url()).status_code == 404


def test_expired_post_is_gone(client: Client) -> None:
    post = create_post(published_at=in_days(-3), expires_at=in_days(-1))

    assert client.get(post.get_absolute_url()).status_code == 410


def test_reading_time_of_the_editor_wins(client: Client) -> None:
    post = create_post(reading_minutes_override=12)

    page = parse(client.get(post.get_absolute_url()).content)

    assert "12 min. leestijd" in visible_text(with_class(page, "byline"))


def test_review_names_the_expert_and_the_dates(client: Client) -> None:
    post = create_post(
        reviewed_by="A. Arts, huisarts",
        reviewed_on=date(2026, 1, 2),
        review_due_on=date(2027, 3, 4),
    )

    text = visible_text(parse(client.get(post.get_absolute_url()).content))

    for words in ("A. Arts, huisarts", "2 januari 2026", "4 maart 2027"):
        assert words in text


def dated(client: Client, post: Post) -> str:
    """What the foot of an article says about its age."""
    return visible_text(with_class(parse(client.get(post.get_absolute_url()).content), "post-end"))


def test_quiet_change_leaves_the_date_of_publication(client: Client) -> None:
    post = create_post(published_at=datetime(2026, 3, 2, tzinfo=AMSTERDAM))
    assert "Gepubliceerd op 2 maart 2026" in dated(client, post)

    publish_change(post, notable=False)

    assert "Gepubliceerd op 2 maart 2026" in dated(client, post)
    assert "bijgewerkt" not in dated(client, post)


@time_machine.travel(datetime(2026, 5, 6, 12, tzinfo=AMSTERDAM), tick=False)
def test_notable_change_shows_the_date_of_the_change(client: Client) -> None:
    post = create_post(published_at=datetime(2026, 3, 2, tzinfo=AMSTERDAM))

    publish_change(post, notable=True)

    assert "Laatst bijgewerkt op 6 mei 2026" in dated(client, post)
    assert "Gepubliceerd op" not in dated(client, post)


def test_check_by_an_expert_says_more_than_any_other_date(client: Client) -> None:
    post = create_post(reviewed_by="A. Arts, huisarts", reviewed_on=date(2026, 1, 2))

    publish_change(post, notable=True)

    assert "Voor het laatst nagekeken op 2 januari 2026 door A. Arts, huisarts" in dated(
        client, post
    )
    assert "bijgewerkt" not in dated(client, post)


def publish_change(post: Post, *, notable: bool) -> None:
    """Publish a new text of a live post."""
    editor = create_editor()
    content = replace(newest(post).content, body="De nieuwe tekst.")
    revision = publishing.save_draft(post, content, by=editor, base=newest(post))
    publishing.publish(revision, by=editor, notable=notable)


def test_search_engines_get_their_own_title_and_description(client: Client) -> None:
    post = create_post(seo_title="Zoektitel", seo_description="Zoekomschrijving")

    page = parse(client.get(post.get_absolute_url()).content)

    assert "Zoektitel" in (page.findtext("head/title") or "")
    assert [
        meta.get("content") for meta in page.iter("meta") if meta.get("name") == "description"
    ] == ["Zoekomschrijving"]


def test_canonical_address_comes_from_the_settings_never_from_the_host(client: Client) -> None:
    post = create_post()

    page = parse(client.get(post.get_absolute_url(), headers={"host": "localhost"}).content)

    (link,) = [link for link in page.iter("link") if link.get("rel") == "canonical"]
    assert link.get("href") == f"http://127.0.0.1:8000{post.get_absolute_url()}"


def test_sources_are_listed_with_a_way_back(client: Client) -> None:
    post = create_post(body="Een zin.[^1]\n\nNog een.[^1]\n\n[^1]: A. Auteur. *Titel*. 2020.")

    page = parse(client.get(post.get_absolute_url()).content, strict=True)

    source = with_id(page, "bron-1")
    assert "A. Auteur." in visible_text(source)
    for link in all_with_class(source, "back"):
        assert with_id(page, link.get("href", "").removeprefix("#")).tag == "a"


def test_closed_post_shows_its_comments_without_form_or_answer_links(client: Client) -> None:
    comment = create_comment(text="Een oude reactie.")
    publishing.open_comments(comment.post, by=create_editor(), opened=False)

    page = parse(client.get(comment.post.get_absolute_url()).content)

    assert "Een oude reactie." in visible_text(page)
    assert list(page.iter("form")) == []
    assert not [link for link in page.iter("a") if "reageren" in link.get("href", "")]


def test_article_costs_as_many_queries_with_ten_thousand_comments_as_with_none(
    client: Client,
) -> None:
    theme = create_theme()
    post = create_post(theme=theme, authors=[create_author(), create_author()])
    for place in MenuItem.Place:
        MenuItem.objects.create(place=place, theme=theme)

    with CaptureQueriesContext(connection) as without:
        client.get(post.get_absolute_url())
    create_comments(post, roots=4_000, replies=6_000)
    with CaptureQueriesContext(connection) as with_comments:
        response = client.get(post.get_absolute_url())

    assert len(with_comments) == len(without) <= 7
    page = parse(response.content)
    assert visible_text(with_id(page, "reacties-kop")) == "10000 reacties"
    assert len(all_with_class(page, "comment")) == 150


def create_comments(post: Post, *, roots: int, replies: int) -> None:
    """So many approved comments; the replies are spread evenly over the roots."""
    same = {"post": post, "text": "Dank je wel.", "status": "approved", "decided_at": in_days(0)}
    placed = Comment.objects.bulk_create(
        Comment(position=number, name=f"Lezer {number}", **same) for number in range(1, roots + 1)
    )
    answered = (placed[number % roots] for number in range(replies))
    Comment.objects.bulk_create(
        Comment(parent=root, position=root.position, name="Lezer", **same) for root in answered
    )


def test_title_and_description_of_the_window_are_set_and_escaped(client: Client) -> None:
    post = create_post(title="Thee 's avonds <b>", summary='Over "thee" & rust.')

    page = parse(client.get(post.get_absolute_url()).content)

    (title,) = page.iter("title")
    assert (title.text or "").startswith("Thee ’s\xa0avonds <b>")
    (description,) = [meta for meta in page.iter("meta") if meta.get("name") == "description"]
    assert description.get("content") == "Over “thee” & rust."
