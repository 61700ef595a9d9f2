"""Who links here: told before a post or an author goes, and never in the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from authors.models import Author
from blog import publishing
from blog.incoming_links import incoming_links
from blog.models import PlannedChange, Post
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_superuser,
    in_days,
    save_and_publish,
    save_draft_of,
)
from tests.pages import parse, visible_text, with_class

pytestmark = pytest.mark.django_db


def titles(*targets: Post | Author) -> list[str]:
    """The titles of the posts that link to one of these."""
    return [post["drafted_title"] for post in incoming_links(targets).newest]


def told(desk: Client, address: str, **chosen: object) -> str:
    """What a page of the admin says of incoming links."""
    response = desk.post(address, chosen) if chosen else desk.get(address)
    return visible_text(with_class(parse(response.content), "incoming-links"))


def plan(post: Post, *, days: int = 2, **changes: Any) -> datetime:
    """Plan a change of a live post; its moment."""
    moment = in_days(days)
    publishing.schedule(save_draft_of(post, **changes), by=create_editor(), at=moment)
    return moment


def test_links_by_every_name_of_a_post_count() -> None:
    post = save_and_publish(create_post(slug="eerst"), slug="daarna")
    create_post(slug="eerst-niet")
    create_post(title="Oud", body="[Dit](post:eerst).")
    create_post(title="Gewoon", body="[Dit](/blog/daarna/).")
    create_post(title="Een ander", body="[Dit](post:eerst-niet).")

    assert titles(post) == ["Gewoon", "Oud"]


def test_author_is_linked_to_by_the_slug() -> None:
    author = create_author(slug="mirjam")
    create_post(slug="mirjam")
    create_page(title="Over ons", body="[Mirjam](author:mirjam) schrijft.")
    create_post(title="Geen schrijver", body="[Mirjam](post:mirjam).")

    assert titles(author) == ["Over ons"]


def test_only_other_texts_that_readers_see_or_will_see_count() -> None:
    other = create_post(slug="dat", published_at=in_days(-3))
    post = create_post(slug="dit", published_at=in_days(-3), body="[Zie](post:dat).")
    text = "[Zie](post:dit)."
    create_draft(body=text)
    create_post(expires_at=in_days(-1), published_at=in_days(-2), body=text)
    publishing.throw_away(create_post(body=text), by=create_editor())
    publishing.unpublish(create_post(body=text), by=create_editor())
    save_draft_of(create_post(), body=text)
    create_post(title="Straks", published_at=in_days(1), body=text)

    assert titles(post, other) == ["Straks"]


def test_texts_of_planned_changes_that_link_here_are_told_with_their_moment() -> None:
    post, author = (
        save_and_publish(create_post(slug="dit"), slug="nu"),
        create_author(slug="mirjam"),
    )
    create_post(slug="mirjam")
    later = plan(create_post(), title="Straks", body="[Zie](post:dit).", days=3)
    plan(create_post(), title="Eerder", body="[Mirjam](author:mirjam).")
    plan(create_post(), title="Iets anders", body="[Zie](post:mirjam).")
    plan(post, title="Zichzelf", body="[Zie](post:dit).")
    plan(failed := create_post(), title="Mislukt", body="[Zie](post:dit).")
    PlannedChange.objects.filter(post=failed).update(problem="Het adres is bezet.")
    plan(thrown := create_post(), title="Weg", body="[Zie](post:dit).")
    publishing.throw_away(thrown, by=create_editor())

    links = incoming_links([post, author])

    assert [planned.title for planned in links.planned] == ["Eerder", "Straks"]
    assert links.planned[1].goes_live_at == later
    assert (links.count, list(links.newest)) == (0, [])


def test_page_that_asks_once_more_tells_of_a_planned_change(desk: Client) -> None:
    post = create_post(slug="dit")
    plan(create_post(), title="Straks", body="[Zie](post:dit).")

    text = told(desk, f"/admin/blog/post/{post.pk}/delete/")

    assert text.startswith("1 geplande wijziging linkt hiernaar")
    assert "Straks" in text


def test_planned_change_is_told_for_its_byline_and_for_what_is_read_after_it(desk: Client) -> None:
    author, post = create_author(slug="mirjam"), create_post(slug="dit")
    create_post(slug="mirjam")
    plan(create_post(), title="Van Mirjam", byline=("mirjam",), days=2)
    plan(create_post(), title="Lees ook dit", related=("dit",), days=3)
    plan(create_post(), title="Iets anders", related=("mirjam",), days=4)

    by_mirjam = told(desk, f"/admin/authors/author/{author.pk}/delete/")
    publishing.throw_away(post, by=create_superuser())
    read_after = told(desk, f"/admin/blog/post/{post.pk}/verwijderen/")

    links = incoming_links([author, post])
    assert [planned.title for planned in links.planned] == ["Van Mirjam", "Lees ook dit"]
    assert by_mirjam.startswith("1 geplande wijziging linkt hiernaar")
    assert "Van Mirjam" in by_mirjam
    assert "Lees ook dit" in read_after


def test_page_that_removes_for_ever_says_that_nothing_leads_there_only_where_that_is_so(
    desk: Client,
) -> None:
    planned, nothing = create_post(slug="dit"), create_post()
    plan(create_post(), body="[Zie](post:dit).")

    def page_of(post: Post) -> str:
        publishing.throw_away(post, by=create_superuser())
        response = desk.get(f"/admin/blog/post/{post.pk}/verwijderen/")
        return visible_text(parse(response.content))

    assert "Niets." in page_of(nothing)
    assert "Niets." not in page_of(planned)


def test_twenty_are_named_the_rest_is_counted_and_the_queries_do_not_grow(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    post = create_post(slug="dit")
    for _ in range(22):
        plan(create_post(body="[Zie](post:dit)."), body="[Zie](post:dit).", title="Straks")

    with django_assert_num_queries(3):
        links = incoming_links([post])

    assert (len(links.newest), links.count, links.others) == (20, 22, 2)
    assert len(links.planned) == 22


def test_every_page_that_asks_once_more_tells_who_links_here(desk: Client) -> None:
    post = create_post(slug="dit")
    linking = save_draft_of(create_post(title="Live", body="[Zie](post:dit)."), title="Nu").post
    chosen = {"_selected_action": [post.pk]}
    expected = "1 artikel linkt hiernaar Lezers zien die woorden dan zonder link."

    assert told(desk, f"/admin/blog/post/{post.pk}/delete/") == f"{expected} Nu"
    assert told(desk, "/admin/blog/post/", action="throw_away", **chosen) == f"{expected} Nu"
    assert told(desk, "/admin/blog/post/", action="take_offline", **chosen) == f"{expected} Nu"
    ending = told(desk, f"/admin/blog/post/{post.pk}/einde/")
    assert ending == f"{expected} In het archief blijven de links werken. Nu"

    publishing.throw_away(post, by=create_superuser())
    address = f"/admin/blog/post/{post.pk}/verwijderen/"
    assert told(desk, address) == f"{expected} Nu"
    form = f'href="/admin/blog/post/{linking.pk}/change/"'
    assert form in desk.get(address).content.decode()


def test_pages_that_delete_authors_tell_it_too(desk: Client) -> None:
    author = create_author(slug="mirjam")
    create_page(title="Over ons", body="[Mirjam](author:mirjam) schrijft.")
    several = {"action": "delete_selected", "_selected_action": [author.pk]}

    alone = told(desk, f"/admin/authors/author/{author.pk}/delete/")
    together = told(desk, "/admin/authors/author/", **several)

    assert alone.endswith("zonder link. Over ons")
    assert together == alone


def test_page_about_what_nobody_links_to_says_nothing_of_it(desk: Client) -> None:
    post = create_post()

    page = desk.get(f"/admin/blog/post/{post.pk}/delete/").content.decode()

    assert "incoming-links" not in page
