"""Links to own content: they follow what they name, whoever or whatever changes it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from blog import publishing, stored_renderings
from blog.models import Address, Post, Reference, known_for
from blog.models.reference import Destination, next_change
from blog.rendering import VERSION, TooComplexError
from tests.factories import (
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_post_with_dead_links,
    edited,
    fresh,
    newest,
    save_and_publish,
)
from tests.instants import NOON

pytestmark = pytest.mark.django_db


Committing = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Committing:
    """What is done in here is committed: what waits for that happens too."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def links(post: Post) -> list[str]:
    """Where the links in the stored first paragraph of a post lead, without rendering anew."""
    lead = fresh(post).stored_rendering["rendered"]["lead"]
    return [piece.split('"')[0] for piece in lead.split('href="')[1:]]


def targets(post: Post) -> list[str]:
    """The names that are on record for a post, in the order in which they were written."""
    return list(post.references.order_by("pk").values_list("target", flat=True))


# --- On record ------------------------------------------------------------------------------------


def test_publishing_records_what_the_text_names_once_and_in_order() -> None:
    create_post(slug="rust")
    create_post(slug="thee")
    create_author(slug="mirjam")

    post = create_post(
        body="[A](post:thee), [b](author:mirjam), [c](/blog/rust/#kop), [d](post:thee#kop)"
        " en [e](https://example.org/blog/thee/)."
    )

    assert targets(post) == ["post:thee", "author:mirjam", "post:rust"]


def test_draft_of_a_live_post_records_nothing() -> None:
    create_post(slug="thee")
    create_post(slug="rust")
    post = create_post(body="Zie [dit](post:thee).")

    publishing.save_draft(
        post, edited(post, body="Zie [dat](post:rust)."), by=create_editor(), base=newest(post)
    )

    assert targets(post) == ["post:thee"]


def test_names_that_a_new_text_leaves_out_go_from_the_record() -> None:
    create_post(slug="thee")
    create_post(slug="rust")
    post = create_post(body="Zie [dit](post:thee).")

    save_and_publish(post, body="Zie [dat](post:rust).")

    assert targets(post) == ["post:rust"]


def test_post_taken_offline_names_nothing() -> None:
    create_post(slug="thee")
    post = create_post(body="Zie [dit](post:thee).")

    publishing.unpublish(post, by=create_editor())

    assert targets(post) == []


def test_name_that_is_longer_than_any_slug_is_no_obstacle() -> None:
    long = "a" * 5_000

    post = create_post(body=f"Zie [dit](post:{long}) en [dat](/blog/{long}/).")

    assert fresh(post).state == Post.State.LIVE
    assert targets(post) == []


# --- Following ------------------------------------------------------------------------------------


def test_link_leads_to_a_post_at_its_address_of_today(committing: Committing) -> None:
    target = create_post(slug="eerst")
    post = create_post(body="Zie [dit](post:eerst#kop) en [dat](/blog/eerst/).")
    assert links(post) == ["/blog/eerst/#kop", "/blog/eerst/"]

    with committing():
        save_and_publish(target, slug="daarna")

    assert links(post) == ["/blog/daarna/#kop", "/blog/daarna/"]
    assert targets(post) == ["post:eerst"]


def test_new_link_by_an_earlier_address_leads_to_the_address_of_today() -> None:
    save_and_publish(create_post(slug="eerst"), slug="daarna")

    post = create_post(body="Zie [dit](post:eerst).")

    assert links(post) == ["/blog/daarna/"]


def test_link_leads_to_a_plain_page() -> None:
    create_page(slug="over-ons")

    assert links(create_post(body="Zie [ons](post:over-ons).")) == ["/over-ons/"]


def test_link_begins_when_another_post_goes_live_where_its_target_was(
    committing: Committing,
) -> None:
    draft = create_draft(slug="straks")
    post = create_post_with_dead_links(body="Zie [dit](post:straks).")
    before = links(post)

    with committing():
        publishing.publish(newest(draft), by=create_editor())

    assert before == []
    assert links(post) == ["/blog/straks/"]


@pytest.mark.parametrize(
    ("away", "back"),
    [
        (publishing.unpublish, lambda post, by: publishing.publish(newest(post), by=by)),
        (publishing.throw_away, publishing.take_back),
    ],
    ids=["offline", "wastebasket"],
)
def test_link_ends_when_its_target_goes_and_returns_with_it(
    committing: Committing, away: Callable[..., Any], back: Callable[..., Any]
) -> None:
    target = create_post(slug="even-weg")
    post = create_post(body="Zie [dit](post:even-weg#kop).")

    with committing():
        away(target, by=create_editor())
    while_away = links(post)
    with committing():
        back(target, by=create_editor())

    assert while_away == []
    assert links(post) == ["/blog/even-weg/#kop"]


def test_post_links_to_itself(committing: Committing) -> None:
    draft = create_draft(slug="zelf", body="Zie [verderop](post:zelf#kop).")

    with committing():
        publishing.publish(newest(draft), by=create_editor())

    assert links(draft) == ["/blog/zelf/#kop"]


def test_link_is_right_when_its_target_moved_at_the_moment_of_publication() -> None:
    target = create_post(slug="eerst")
    post = create_post(body="Zie [dit](post:eerst).")
    # Neither saw what the other had not committed yet: what follows the target found no link.
    save_and_publish(target, slug="daarna")

    stored_renderings.follow_links(post.pk)

    assert links(post) == ["/blog/daarna/"]


def test_link_to_an_author_begins_and_ends_with_the_author(committing: Committing) -> None:
    post = create_post_with_dead_links(body="Door [haar](author:mirjam).")
    before = links(post)

    with committing():
        author = create_author(slug="mirjam")
    during = links(post)
    with committing():
        author.delete()

    assert (before, during, links(post)) == ([], ["/auteurs/mirjam/"], [])


def test_author_who_only_changes_renders_nothing_anew(committing: Committing) -> None:
    author = create_author(slug="mirjam")
    post = create_post(body="Door [haar](author:mirjam).")
    Post.objects.filter(pk=post.pk).update(stored_rendering={})

    with committing():
        author.save()

    assert fresh(post).stored_rendering == {}


def test_text_that_names_nothing_is_left_alone(committing: Committing) -> None:
    other = create_post()
    Post.objects.filter(pk=other.pk).update(stored_rendering={})

    with committing():
        create_post()

    assert fresh(other).stored_rendering == {}


def test_post_that_cannot_be_rendered_does_not_keep_the_others_from_following(
    committing: Committing,
) -> None:
    target = create_post(slug="eerst")
    posts = [create_post(body="Zie [dit](post:eerst).") for _number in range(3)]
    Post.objects.filter(pk=posts[1].pk).update(body="[" * 100_000)

    with committing():
        save_and_publish(target, slug="daarna")

    assert [links(post) for post in posts] == [
        ["/blog/daarna/"],
        ["/blog/eerst/"],
        ["/blog/daarna/"],
    ]


# --- Time -----------------------------------------------------------------------------------------


def test_time_alone_begins_and_ends_a_link_and_nothing_is_written(
    committing: Committing, client: Client
) -> None:
    with time_machine.travel(NOON, tick=False), committing():
        post = create_post_with_dead_links(
            slug="vast", body="Zie [dit](post:tijdelijk#kop) en [dat](post:later#kop)."
        )
        create_post(
            slug="tijdelijk",
            published_at=NOON + timedelta(hours=1),
            expires_at=NOON + timedelta(hours=2),
        )
        create_post(slug="later", published_at=NOON + timedelta(hours=2))

    seen = []
    for hours in (0, 1, 2):
        with (
            time_machine.travel(NOON + timedelta(hours=hours), tick=False),
            CaptureQueriesContext(connection) as queries,
        ):
            page = client.get("/blog/vast/").content.decode()
            seen.append([slug for slug in ("tijdelijk", "later") if f"/blog/{slug}/#kop" in page])
        assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []

    assert seen == [[], ["tijdelijk"], ["later"]]
    assert links(post) == []


def until(post: Post) -> datetime | None:
    """The moment until which what is stored for a post holds."""
    moment = fresh(post).stored_rendering["until"]
    return moment and datetime.fromisoformat(moment)


def test_rendering_holds_until_the_first_moment_of_all_that_it_names(
    committing: Committing,
) -> None:
    with time_machine.travel(NOON, tick=False):
        post = create_post_with_dead_links(body="[a](post:laat) [b](post:vroeg) [c](post:altijd)")

        with committing():
            create_post(slug="laat", published_at=NOON + timedelta(hours=3))
            create_post(slug="vroeg", expires_at=NOON + timedelta(hours=2))
            create_post(slug="altijd")

    assert until(post) == NOON + timedelta(hours=2)


def test_what_lies_in_the_wastebasket_or_is_offline_has_no_moment(committing: Committing) -> None:
    far_off = NOON + timedelta(days=36_500)
    post = create_post_with_dead_links(body="[a](post:weg) [b](post:terug)")
    with committing():
        thrown_away = create_post(slug="weg", published_at=far_off)
        withdrawn = create_post(slug="terug", expires_at=far_off)
    before = until(post)

    with committing():
        publishing.throw_away(thrown_away, by=create_editor())
        publishing.unpublish(withdrawn, by=create_editor())

    assert (before, until(post)) == (far_off, None)


@pytest.mark.parametrize(
    ("begins", "ends", "open_hours"),
    [
        (None, None, [0, 1, 2, 3]),
        (0, None, [0, 1, 2, 3]),
        (1, None, [1, 2, 3]),
        (None, 0, []),
        (None, 2, [0, 1]),
        (1, 3, [1, 2]),
        (2, 1, []),
    ],
)
def test_link_is_open_from_its_first_moment_to_its_last_and_never_changes_unforeseen(
    begins: int | None, ends: int | None, open_hours: list[int]
) -> None:
    hours = [NOON + timedelta(hours=hour) for hour in range(4)]
    place = Destination(
        "/blog/thee/",
        begins=None if begins is None else hours[begins],
        ends=None if ends is None else hours[ends],
    )

    is_open = {hour: place.as_target(at=hour).public for hour in hours}

    assert [hour for hour in hours if is_open[hour]] == [hours[number] for number in open_hours]
    for earlier, later in pairwise(hours):
        foreseen = next_change({"post:thee": place}, after=earlier) == later
        assert foreseen or is_open[earlier] == is_open[later]


def test_page_keeps_its_links_until_a_newer_renderer_has_stored_it(client: Client) -> None:
    create_post(slug="thee")
    create_author(slug="mirjam")
    post = create_post(slug="vast", body="Zie [dit](post:thee#kop) van [haar](author:mirjam).")
    stored = {**post.stored_rendering, "version": 0}
    Post.objects.filter(pk=post.pk).update(stored_rendering=stored)

    page = client.get("/blog/vast/").content.decode()

    assert 'href="/blog/thee/#kop"' in page
    assert 'href="/auteurs/mirjam/">haar' in page


def test_list_renders_nothing_because_time_changed_a_link(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with time_machine.travel(NOON, tick=False):
        create_post(slug="tijdelijk", expires_at=NOON + timedelta(hours=1))
        post = create_post(body="Zie [dit](post:tijdelijk). " + "woord " * 1_000)

    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        listed = Post.objects.get(pk=post.pk)
        with django_assert_num_queries(0):
            minutes = listed.reading_minutes

    assert not listed.has_current_rendering
    assert minutes == 4


# --- What it costs --------------------------------------------------------------------------------


def test_looking_up_takes_two_queries_for_any_number_of_names_and_reads_no_text(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        create_post(slug=f"bericht-{number}")
        create_author(slug=f"schrijver-{number}")
    text = " ".join(f"[a](post:bericht-{n}) [b](author:schrijver-{n})" for n in range(12))

    with django_assert_num_queries(2) as queries:
        known = known_for(text)

    assert len(known.targets) == 24
    assert not any('"body"' in query["sql"] for query in queries.captured_queries)


def test_text_without_names_is_not_looked_up(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        known = known_for("Zie [elders](https://example.org/).")

    assert known.targets == {}


def test_text_that_is_too_complex_is_said_to_be() -> None:
    with pytest.raises(TooComplexError):
        known_for("[" * 100_000)


# --- All at once ----------------------------------------------------------------------------------


def test_links_that_nobody_followed_are_found_and_rendered_anew_once() -> None:
    target = create_post(slug="eerst")
    post = create_post(body="Zie [dit](post:eerst).")
    other = create_post_with_dead_links(
        body="Zie [dat](post:bestaat-niet) en [die](/blog/ook-niet/)."
    )
    # The process stopped right after the commit: nothing that waits for it has happened.
    save_and_publish(target, slug="daarna")
    before = fresh(other).stored_rendering

    counts = [stored_renderings.render_outdated(), stored_renderings.render_outdated()]

    assert counts == [1, 0]
    assert links(post) == ["/blog/daarna/"]
    assert fresh(other).stored_rendering == before


def test_links_to_what_was_deleted_for_good_are_found() -> None:
    target = create_post(slug="weg")
    post = create_post_with_dead_links(body="Zie [dit](post:weg) van [haar](author:niemand).")
    assert links(post) == ["/blog/weg/"]
    Address.objects.filter(post=target).delete()

    counts = [stored_renderings.render_outdated(), stored_renderings.render_outdated()]

    assert counts == [1, 0]
    assert links(post) == []


def test_links_that_time_has_changed_are_found_and_rendered_anew_once(
    committing: Committing,
) -> None:
    with time_machine.travel(NOON, tick=False), committing():
        post = create_post_with_dead_links(body="Zie [dit](post:straks).")
        create_post(slug="straks", published_at=NOON + timedelta(hours=1))

    with time_machine.travel(NOON + timedelta(minutes=59), tick=False):
        too_early = stored_renderings.render_outdated()
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        counts = [stored_renderings.render_outdated(), stored_renderings.render_outdated()]
        is_current = fresh(post).has_current_rendering

    assert too_early == 0
    assert counts == [1, 0]
    assert is_current
    assert links(post) == ["/blog/straks/"]


def test_links_whose_moments_changed_unseen_are_found() -> None:
    target = create_post(slug="thee")
    post = create_post(body="Zie [dit](post:thee).")
    Post.objects.filter(pk=target.pk).update(expires_at=timezone.now() + timedelta(days=1))

    counts = [stored_renderings.render_outdated(), stored_renderings.render_outdated()]

    assert counts == [1, 0]
    assert until(post)


@pytest.mark.parametrize(
    ("stored", "on_record"),
    [({}, False), ({}, True), ({"version": VERSION, "until": None}, True)],
)
def test_rendering_that_says_nothing_of_its_links_is_made_anew(
    stored: dict[str, Any], on_record: bool
) -> None:
    create_post(slug="thee")
    post = create_post(body="Zie [dit](post:thee).")
    Post.objects.filter(pk=post.pk).update(stored_rendering=stored)
    if not on_record:
        Reference.objects.all().delete()

    counts = [stored_renderings.render_outdated(), stored_renderings.render_outdated()]

    assert counts == [1, 0]
    assert links(post) == ["/blog/thee/"]
    assert targets(post) == ["post:thee"]


def test_ten_posts_whose_links_are_true_cost_as_many_queries_as_one() -> None:
    create_post(slug="thee")
    text = "Zie [dit](post:thee), [dat](post:niets) en [haar](author:niemand)."

    def queries_with(posts: int) -> int:
        for _number in range(posts):
            create_post_with_dead_links(body=text)
        with CaptureQueriesContext(connection) as queries:
            assert stored_renderings.render_outdated() == 0
        return len(queries)

    assert queries_with(1) == queries_with(10)


def test_publishing_again_at_the_same_address_leaves_what_links_to_it(
    committing: Committing,
) -> None:
    target = create_post(slug="thee")
    post = create_post(body="Zie [dit](post:thee).")
    Post.objects.filter(pk=post.pk).update(stored_rendering={"left": "alone"})

    with committing():
        save_and_publish(target, summary="Over thee.")

    assert fresh(post).stored_rendering == {"left": "alone"}
