"""The use cases of publishing: what they change, what they refuse, and what they leave alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from blog import publishing, stored_renderings
from blog.content import COLUMNS, FIELDS
from blog.models import Address, LogRecord, Page, Post, Revision
from blog.publishing import (
    NotReadyError,
    StaleRevisionError,
    TakenBeforeError,
    publish,
    save_draft,
    unpublish,
)
from blog.rendering import VERSION
from tests.factories import (
    content_with_every_field,
    create_author,
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_tag,
    create_theme,
    create_user,
    edited,
    fresh,
    in_days,
    newest,
    post_content,
    save_and_publish,
    save_draft_of,
)
from tests.instants import HOUR, NOON, SECOND, at_the_same_instant

pytestmark = pytest.mark.django_db


# --- Saving ---------------------------------------------------------------------------------------


def test_first_save_makes_a_draft_that_mirrors_its_revision() -> None:
    content = post_content(title="Nieuw")

    revision = save_draft(Post(), content, by=create_editor(), base=None, note="Eerste opzet")

    assert (revision.number, revision.base, revision.note) == (1, None, "Eerste opzet")
    assert revision.content == content
    assert fresh(revision.post).content == content
    assert fresh(revision.post).state == Post.State.DRAFT


def test_draft_of_a_live_post_changes_nothing_for_readers(client: Client) -> None:
    post = create_post(title="Oude titel", body="De oude tekst.")
    before = client.get(post.get_absolute_url()).content

    save_draft(
        post,
        edited(post, title="Nieuwe titel", body="De nieuwe tekst.", slug="elders", byline=()),
        by=create_editor(),
        base=newest(post),
    )

    assert client.get(post.get_absolute_url()).content == before
    assert client.get("/blog/elders/").status_code == 404


def test_draft_shows_once_it_is_published(client: Client) -> None:
    post = create_post(body="De oude tekst.")

    save_and_publish(post, body="De nieuwe tekst.")

    page = client.get(post.get_absolute_url()).content.decode()
    assert "De nieuwe tekst." in page
    assert "De oude tekst." not in page


def test_old_text_is_still_in_its_revision() -> None:
    post = create_post(body="De oude tekst.")

    save_and_publish(post, body="De nieuwe tekst.")

    texts = [revision.content.body for revision in post.revisions.order_by("number")]
    assert texts == ["De oude tekst.", "De nieuwe tekst."]


def test_revision_remembers_who_made_it_and_what_it_started_from() -> None:
    post = create_post()
    first, editor = newest(post), create_editor()

    second = save_draft(post, edited(post, title="Anders"), by=editor, base=first, note="Titel")

    assert (second.number, second.base, second.made_by) == (2, first, editor)


def test_saving_equal_content_makes_no_revision() -> None:
    post = create_post()

    again = save_draft(post, edited(post), by=create_editor(), base=newest(post))

    assert again == newest(post)
    assert post.revisions.count() == 1


def test_equal_content_of_a_stale_copy_is_no_conflict() -> None:
    post = create_post()
    base, content = newest(post), edited(post, title="Anders")
    first = save_draft(post, content, by=create_editor(), base=base)

    second = save_draft(post, content, by=create_editor(), base=base)

    assert second == first
    assert post.revisions.count() == 2


def test_stale_copy_is_refused_and_nothing_is_written() -> None:
    post = create_post()
    base = newest(post)
    theirs = save_draft(post, edited(post, title="Van een ander"), by=create_editor(), base=base)

    with pytest.raises(StaleRevisionError) as refusal:
        save_draft(post, edited(post, title="Van mij"), by=create_editor(), base=base)

    assert refusal.value.newest == theirs
    assert newest(post) == theirs
    assert post.revisions.count() == 2


def test_number_comes_after_the_highest_when_a_fixture_put_an_earlier_revision_back() -> None:
    call_command("loaddata", "magnesium", verbosity=0)
    post = Post.objects.get()
    save_draft(post, edited(post, title="Anders"), by=create_editor(), base=newest(post))
    call_command("loaddata", "magnesium", verbosity=0)
    assert newest(post).number == 1

    revision = save_draft(post, edited(post, title="Weer"), by=create_editor(), base=newest(post))

    assert revision.number == 3
    assert [r.number for r in post.revisions.order_by("number")] == [1, 2, 3]


def test_copy_without_a_base_is_stale_once_there_is_a_revision() -> None:
    post = create_draft()

    with pytest.raises(StaleRevisionError):
        save_draft(post, post_content(title="Blind"), by=create_editor(), base=None)

    assert post.revisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_from_one_base_at_the_same_instant_one_wins() -> None:
    post = create_post()
    base, mine, theirs = newest(post), create_editor(), create_editor()
    my_text, their_text = edited(post, title="Van mij"), edited(post, title="Van hen")

    won, lost = at_the_same_instant(
        lambda: save_draft(fresh(post), my_text, by=mine, base=base),
        lambda: save_draft(fresh(post), their_text, by=theirs, base=base),
    )

    assert isinstance(lost, StaleRevisionError), lost
    assert lost.newest == won
    assert newest(post) == won
    assert post.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_posts_published_at_one_address_at_the_same_instant_one_wins() -> None:
    first, second = newest(create_draft(slug="bezet")), newest(create_draft(slug="bezet"))
    mine, theirs = create_editor(), create_editor()

    won, lost = at_the_same_instant(
        lambda: publish(first, by=mine),
        lambda: publish(second, by=theirs),
    )

    assert isinstance(won, Post)
    assert isinstance(lost, NotReadyError), lost
    assert lost.field == "slug"
    assert list(Post.objects.published()) == [won]


@pytest.mark.django_db(transaction=True)
def test_post_returns_to_its_address_or_another_takes_it_over_at_the_same_instant() -> None:
    for number in range(5):
        owner = create_post(slug=f"kerst-{number}")
        withdraw(owner)
        draft, mine, theirs = create_draft(slug=owner.slug), create_editor(), create_editor()
        back, over = newest(owner), newest(draft)

        won, lost = at_the_same_instant(
            partial(publish, back, by=mine),
            partial(publish, over, by=theirs, taking_over=True),
        )

        assert isinstance(won, Post)
        assert isinstance(lost, NotReadyError), lost
        assert list(Post.objects.published().filter(slug=owner.slug)) == [won]
        assert Address.objects.get(slug=owner.slug).post == won


@pytest.mark.django_db(transaction=True)
def test_posts_that_move_and_name_each_other_at_the_same_instant_link_to_each_other() -> None:
    mine, theirs = create_editor(), create_editor()
    one, two = create_post(slug="een"), create_post(slug="twee")
    first = save_draft_of(one, by=mine, slug="eerste", body="Lees ook [twee](post:twee).")
    second = save_draft_of(two, by=theirs, slug="tweede", body="Lees ook [een](post:een).")

    at_the_same_instant(lambda: publish(first, by=mine), lambda: publish(second, by=theirs))

    assert 'href="/blog/tweede/"' in fresh(first.post).rendered.lead
    assert 'href="/blog/eerste/"' in fresh(second.post).rendered.lead
    assert all(fresh(revision.post).has_current_rendering for revision in (first, second))


@pytest.mark.django_db(transaction=True)
def test_posts_that_choose_each_other_go_live_at_the_same_instant() -> None:
    mine, theirs = create_editor(), create_editor()
    one, two = create_post(), create_post()
    first = save_draft(one, edited(one, related=(two.slug,)), by=mine, base=newest(one))
    second = save_draft(two, edited(two, related=(one.slug,)), by=theirs, base=newest(two))

    outcomes = at_the_same_instant(
        lambda: publish(first, by=mine), lambda: publish(second, by=theirs)
    )

    assert {type(outcome) for outcome in outcomes} == {Post}, outcomes
    assert [list(fresh(post).related_posts.all()) for post in (one, two)] == [[two], [one]]


# --- Every field ----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", FIELDS)
def test_field_walks_from_save_to_publish_to_the_live_row(field: str) -> None:
    content = content_with_every_field()
    post = create_post(title="Wat er eerst stond")
    editor = create_editor()

    revision = save_draft(post, content, by=editor, base=newest(post))
    between = fresh(post)
    publish(Revision.objects.get(pk=revision.pk), by=editor)

    assert getattr(Revision.objects.get(pk=revision.pk).content, field) == getattr(content, field)
    assert getattr(between.content, field) == getattr(post.content, field)
    assert getattr(fresh(post).content, field) == getattr(content, field)


def test_columns_hold_the_content_without_going_through_the_model() -> None:
    content = content_with_every_field()

    post = save_draft(Post(), content, by=create_editor(), base=None).post

    row = Post._base_manager.filter(pk=post.pk).values(*COLUMNS).get()
    assert row == {name: getattr(content, name) for name in COLUMNS}


# --- Publishing -----------------------------------------------------------------------------------


@time_machine.travel(NOON, tick=False)
def test_first_publication_dates_the_post() -> None:
    draft = create_draft()

    post = publish(newest(draft), by=create_editor())

    assert post.published_at == NOON
    assert newest(post).goes_live_at == NOON
    assert fresh(post).live_revision == newest(post)
    assert fresh(post).state == Post.State.LIVE


def test_publishing_stores_the_rendering_with_its_version() -> None:
    post = create_post(body="Een **vet** woord.")

    stored = fresh(post).stored_rendering

    assert stored["version"] == VERSION
    assert "<strong>vet</strong>" in stored["rendered"]["lead"]


def test_publishing_twice_changes_nothing() -> None:
    post = create_post(published_at=NOON)
    before = Post.objects.filter(pk=post.pk).values().get()
    revision_before = Revision.objects.filter(post=post).values().get()

    publish(newest(post), by=create_editor())

    assert Post.objects.filter(pk=post.pk).values().get() == before
    assert Revision.objects.filter(post=post).values().get() == revision_before


def test_live_text_called_notable_afterwards_changes_nothing_but_that_date() -> None:
    post = create_post(published_at=NOON - timedelta(days=30))
    before = Post.objects.filter(pk=post.pk).values().get()
    revision_before = Revision.objects.filter(post=post).values().get()

    with time_machine.travel(NOON, tick=False):
        publish(newest(post), by=create_editor(), notable=True)

    assert Post.objects.filter(pk=post.pk).values().get() == before | {"changed_at": NOON}
    assert Revision.objects.filter(post=post).values().get() == revision_before


def test_second_publication_keeps_the_date() -> None:
    post = create_post(published_at=NOON)

    save_and_publish(post, title="Met een nieuwe titel")

    assert fresh(post).published_at == NOON
    assert fresh(post).changed_at is None


def test_notable_change_gets_a_date_of_its_own() -> None:
    post = create_post(published_at=NOON - timedelta(days=30))
    editor = create_editor()
    revision = save_draft(post, edited(post, title="Herzien"), by=editor, base=newest(post))

    with time_machine.travel(NOON, tick=False):
        # Another date is for a first publication only.
        publish(revision, by=editor, notable=True, at=NOON + timedelta(days=1))

    assert fresh(post).changed_at == NOON


def test_scheduled_post_is_hidden_until_its_time_comes(client: Client) -> None:
    post = create_post(published_at=NOON)

    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        assert client.get(post.get_absolute_url()).status_code == 404
        assert fresh(post).state == Post.State.SCHEDULED
    with time_machine.travel(NOON, tick=False):
        assert client.get(post.get_absolute_url()).status_code == 200
        assert fresh(post).state == Post.State.LIVE


def test_list_and_post_agree_about_the_state_at_every_second() -> None:
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        post = create_post(published_at=NOON)
        publishing.set_expiry(post, by=create_editor(), at=NOON + timedelta(hours=1))

    for seconds, state in ((-1, "scheduled"), (0, "live"), (3_599, "live"), (3_600, "expired")):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            listed = [name for name in Post.State.values if Post.objects.in_state(name)]
            assert (fresh(post).state, listed) == (state, [state])


def test_scheduled_post_needs_no_write_when_its_moment_comes(client: Client) -> None:
    post = create_post(published_at=NOON)

    with (
        time_machine.travel(NOON, tick=False),
        CaptureQueriesContext(connection) as queries,
    ):
        response = client.get(post.get_absolute_url())

    assert response.status_code == 200
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []


@time_machine.travel(NOON, tick=False)
def test_scheduled_revision_goes_live_at_the_date_of_its_post() -> None:
    post = create_post(published_at=NOON + timedelta(days=3))

    assert newest(post).goes_live_at == NOON + timedelta(days=3)


def test_earlier_revision_can_be_published_again(client: Client) -> None:
    post = create_post(body="De eerste tekst.")
    first = newest(post)
    save_and_publish(post, body="De tweede tekst.")

    publish(first, by=create_editor())

    assert "De eerste tekst." in client.get(post.get_absolute_url()).content.decode()
    assert fresh(post).live_revision == first


# --- Withdrawing ----------------------------------------------------------------------------------


def test_post_taken_offline_mirrors_its_newest_draft(client: Client) -> None:
    post = create_post(title="Live titel", slug="live-adres")
    save_draft(post, edited(post, title="Nieuwste concept"), by=create_editor(), base=newest(post))

    unpublish(post, by=create_editor())

    assert fresh(post).title == "Nieuwste concept"
    assert fresh(post).content == newest(post).content
    assert fresh(post).state == Post.State.DRAFT
    assert not fresh(post).has_current_rendering
    assert client.get("/blog/live-adres/").status_code == 410


def test_post_that_returns_keeps_its_date_and_address(client: Client) -> None:
    post = create_post(published_at=NOON, slug="terug")
    unpublish(post, by=create_editor())

    publish(newest(post), by=create_editor())

    assert fresh(post).published_at == NOON
    assert client.get("/blog/terug/").status_code == 200


def test_taking_a_draft_offline_changes_nothing() -> None:
    post = create_draft()

    unpublish(post, by=create_editor())

    assert fresh(post).state == Post.State.DRAFT


def test_post_whose_tag_was_deleted_can_still_be_taken_offline() -> None:
    tag = create_tag()
    post = create_post(tags=[tag])
    tag.delete()

    unpublish(post, by=create_editor())

    assert fresh(post).state == Post.State.DRAFT


def test_thrown_away_post_is_hidden_and_comes_back_as_it_was(client: Client) -> None:
    post = create_post()
    editor = create_editor()
    before = client.get(post.get_absolute_url()).content

    publishing.throw_away(post, by=editor)
    assert client.get(post.get_absolute_url()).status_code == 410
    publishing.take_back(post, by=editor)

    assert client.get(post.get_absolute_url()).content == before


def test_reason_is_kept_until_the_post_returns() -> None:
    post = unpublish(create_post(), by=create_editor(), reason="Er stond een fout in.")
    assert fresh(post).gone_reason == "Er stond een fout in."

    publish(newest(post), by=create_editor())

    assert fresh(post).gone_reason == ""


@time_machine.travel(NOON, tick=False)
def test_scheduled_post_taken_offline_gets_the_date_of_its_return() -> None:
    post = create_post(published_at=NOON + timedelta(days=3))

    unpublish(post, by=create_editor())

    assert fresh(post).published_at is None
    assert not post.addresses.exists()  # another may have it
    assert publish(newest(post), by=create_editor()).published_at == NOON


def test_revisions_that_were_planned_and_never_seen_do_not_say_that_they_were() -> None:
    post = create_post(published_at=in_days(3))
    editor = create_editor()
    other = edited(post, title="Nog voor die dag een ander plan")
    revision = save_draft(post, other, by=editor, base=newest(post))
    publishing.schedule(revision, by=editor, at=in_days(3))
    post = fresh(post)
    planned = list(post.revisions.order_by("number").values_list("goes_live_at", flat=True))

    unpublish(post, by=create_editor())

    assert planned == [None, post.published_at]
    assert not post.revisions.exclude(goes_live_at=None).exists()


def test_post_thrown_away_twice_was_thrown_away_the_first_time() -> None:
    post = create_post()
    publishing.throw_away(post, by=create_editor())
    first = fresh(post).deleted_at

    publishing.throw_away(post, by=create_editor())

    assert fresh(post).deleted_at == first


# --- Gone: readers saw it once, and no longer do --------------------------------------------------


Act = Callable[[Post], None]


def throw_away(post: Post) -> None:
    publishing.throw_away(post, by=create_editor())


def take_back(post: Post) -> None:
    publishing.take_back(post, by=create_editor())


def withdraw(post: Post) -> None:
    unpublish(post, by=create_editor())


def expire(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(expires_at=in_days(0))


def publish_again(post: Post) -> None:
    publish(newest(post), by=create_editor())


SEEN: dict[str, list[Act]] = {
    "withdrawn": [withdraw],
    "thrown away": [throw_away],
    "expired": [expire],
    "withdrawn and thrown away": [withdraw, throw_away],
    "thrown away, withdrawn and taken back": [throw_away, withdraw, take_back],
    "expired and withdrawn": [expire, withdraw],
    "withdrawn twice": [withdraw, publish_again, withdraw],
}


@pytest.mark.parametrize("acts", SEEN.values(), ids=SEEN)
def test_post_that_readers_could_see_is_gone(acts: list[Act]) -> None:
    post = create_post(slug="weg", published_at=in_days(-3))
    for act in acts:
        act(post)

    assert list(Post.objects.gone().at_address("weg")) == [post]


@pytest.mark.parametrize(
    "acts", [[], [withdraw, publish_again], [throw_away, take_back]], ids=["live", "back", "kept"]
)
def test_post_that_readers_see_is_not_gone(acts: list[Act]) -> None:
    post = create_post(published_at=in_days(-3))
    for act in acts:
        act(post)

    assert list(Post.objects.published()) == [post]
    assert list(Post.objects.gone()) == []


def test_scheduled_post_is_not_gone() -> None:
    create_post(published_at=in_days(1))

    assert list(Post.objects.gone()) == []


# What happened before its moment, and what after it.
NEVER_SEEN: dict[str, tuple[list[Act], list[Act]]] = {
    "withdrawn": ([withdraw], []),
    "thrown away": ([throw_away], []),
    "thrown away twice": ([throw_away], [throw_away]),
    "thrown away, then withdrawn and taken back": ([throw_away], [withdraw, take_back]),
    "thrown away and withdrawn, then taken back": ([throw_away, withdraw], [take_back]),
    "expired": ([expire], []),
    "expired, then withdrawn": ([expire], [withdraw]),
}


@pytest.mark.parametrize("acts", NEVER_SEEN.values(), ids=NEVER_SEEN)
def test_post_that_ended_before_its_moment_is_not_gone(
    acts: tuple[list[Act], list[Act]],
) -> None:
    before, after = acts
    post = create_post(published_at=in_days(1))
    for act in before:
        act(post)

    with time_machine.travel(in_days(2)):
        for act in after:
            act(post)
        gone, shown = list(Post.objects.gone()), list(Post.objects.published())

    assert (gone, shown) == ([], [])


def test_drafts_are_not_gone() -> None:
    throw_away(create_draft())
    create_draft()

    assert list(Post.objects.gone()) == []


def test_gone_posts_and_gone_pages_are_told_apart() -> None:
    post, page = create_post(), create_page()
    withdraw(post)
    withdraw(page)

    assert [gone.pk for gone in Post.objects.gone()] == [post.pk]
    assert [gone.pk for gone in Page.objects.gone()] == [page.pk]


# --- Addresses ------------------------------------------------------------------------------------


def test_renamed_post_answers_one_redirect_from_every_earlier_address(client: Client) -> None:
    post = create_post(slug="eerste")
    save_and_publish(post, slug="tweede")
    save_and_publish(post, slug="derde")

    for earlier in ("eerste", "tweede"):
        response = client.get(f"/blog/{earlier}/")
        assert (response.status_code, response["Location"]) == (301, "/blog/derde/")
    assert client.get("/blog/derde/").status_code == 200


def test_post_can_go_back_to_an_earlier_address(client: Client) -> None:
    post = create_post(slug="heen")
    save_and_publish(post, slug="weer")

    save_and_publish(post, slug="heen")

    assert client.get("/blog/heen/").status_code == 200
    assert client.get("/blog/weer/")["Location"] == "/blog/heen/"
    assert Address.objects.filter(post=post).count() == 2


def test_renamed_page_redirects_too(client: Client) -> None:
    page = create_page(slug="wie-we-zijn")

    save_and_publish(page, slug="over-de-redactie")

    response = client.get("/wie-we-zijn/")
    assert (response.status_code, response["Location"]) == (301, "/over-de-redactie/")


def test_browsers_ask_again_before_they_follow_a_redirect(client: Client) -> None:
    post = create_post(slug="toen")
    save_and_publish(post, slug="nu")

    response = client.get("/blog/toen/")

    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=0", "must-revalidate"}


def test_address_that_a_plan_claimed_leads_nowhere_before_its_moment(client: Client) -> None:
    with time_machine.travel(NOON - HOUR, tick=False):
        post = create_post(slug="vandaag")
        editor = create_editor()
        later = save_draft(post, edited(post, slug="morgen"), by=editor, base=newest(post))
        publishing.schedule(later, by=editor, at=NOON)

    with time_machine.travel(NOON - SECOND, tick=False):
        claimed, other = client.get("/blog/morgen/"), client.get("/blog/overmorgen/")
        assert claimed.status_code == 404
        assert claimed.content == other.content
        assert client.get("/blog/morgen/reacties/feed/").status_code == 404
        assert client.get("/blog/morgen/reageren/").status_code == 404
        assert client.get("/blog/vandaag/").status_code == 200
    with time_machine.travel(NOON, tick=False):
        assert client.get("/blog/morgen/")["Location"] == "/blog/vandaag/"
        publishing.apply_planned_changes()
        assert client.get("/blog/morgen/").status_code == 200
        assert client.get("/blog/vandaag/")["Location"] == "/blog/morgen/"


def test_address_of_a_draft_gives_nothing_away(client: Client) -> None:
    create_draft(slug="geheim")
    post = create_post(slug="openbaar")
    save_draft(post, edited(post, slug="straks"), by=create_editor(), base=newest(post))

    assert client.get("/blog/geheim/").status_code == 404
    assert client.get("/blog/straks/").status_code == 404


def plans_to_return(post: Post) -> None:
    """Let a post live elsewhere, and come back tomorrow."""
    save_and_publish(post, slug=f"{post.slug}-elders")
    editor = create_editor()
    back = save_draft(post, edited(post, slug=post.slug), by=editor, base=newest(post))
    publishing.schedule(back, by=editor, at=in_days(1))


def claims_for_tomorrow(post: Post) -> None:
    """Let a post that lives elsewhere plan to move to its slug, where it has never been."""
    other, editor = create_post(), create_editor()
    publishing.unpublish(post, by=editor)
    Address.objects.filter(slug=post.slug).delete()
    claim = save_draft(other, edited(other, slug=post.slug), by=editor, base=newest(other))
    publishing.schedule(claim, by=editor, at=in_days(1))


def appears_tomorrow(post: Post) -> None:
    """Let a post be scheduled."""
    publishing.unpublish(post, by=create_editor())
    Post.objects.filter(pk=post.pk).update(published_at=None)
    publishing.schedule(newest(post), by=create_editor(), at=in_days(1))


def goes_into_archive(post: Post) -> None:
    """Let the post expire with its text kept in sight."""
    Post.objects.filter(pk=post.pk).update(ending=Post.Ending.ARCHIVE, expires_at=in_days(-1))


USED: dict[str, Callable[[Post], None]] = {
    "live": lambda post: None,
    "planned": plans_to_return,
    "claimed": claims_for_tomorrow,
    "scheduled": appears_tomorrow,
    "archived": goes_into_archive,
}


@pytest.mark.parametrize("taking_over", [False, True])
@pytest.mark.parametrize("use", USED.values(), ids=USED)
def test_address_that_another_post_uses_is_refused(
    use: Callable[[Post], None], taking_over: bool
) -> None:
    use(create_post(slug="bezet", published_at=in_days(-3)))
    draft = create_draft(slug="bezet")

    with pytest.raises(NotReadyError) as refusal:
        publish(newest(draft), by=create_editor(), taking_over=taking_over)

    assert refusal.value.field == "slug"
    assert not isinstance(refusal.value, TakenBeforeError)
    assert [o.field for o in publishing.hindrances(draft, newest(draft).content)] == ["slug"]
    assert fresh(draft).state == Post.State.DRAFT


def move_away(post: Post) -> None:
    """Let a post live elsewhere."""
    save_and_publish(post, slug="verhuisd")


LEFT: dict[str, Callable[[Post], None]] = {
    "renamed": move_away,
    "withdrawn": lambda post: withdraw(post),
    "expired": lambda post: expire(post),
    "thrown away": lambda post: throw_away(post),
}


@pytest.mark.parametrize("leave", LEFT.values(), ids=LEFT)
def test_address_that_another_post_had_is_asked_about(
    client: Client, leave: Callable[[Post], None]
) -> None:
    owner = create_post(slug="kerst", title="Kerst van toen", published_at=in_days(-3))
    save_and_publish(owner, slug="winter")
    save_and_publish(owner, slug="kerst")
    leave(owner)
    draft, editor = create_draft(slug="kerst", title="Kerst van nu"), create_editor()

    with pytest.raises(TakenBeforeError) as question:
        publish(newest(draft), by=editor)
    assert question.value.other == owner
    assert "Kerst van toen" in str(question.value)
    assert fresh(draft).state == Post.State.DRAFT

    post = publish(newest(draft), by=editor, taking_over=True)

    assert client.get("/blog/kerst/").context["post"] == post
    assert client.get("/blog/winter/").status_code in {301, 410}
    details = LogRecord.objects.filter(action=LogRecord.Action.RENAMED, by=editor)
    assert set(details.values_list("subject", "detail")) == {
        (str(post.uid), "kerst ← Kerst van toen"),
        (str(owner.uid), "kerst → Kerst van nu"),
    }
    # The address stays with whoever has it now.
    save_and_publish(post, slug="feest")
    assert client.get("/blog/kerst/")["Location"] == "/blog/feest/"


def test_thrown_away_post_whose_address_was_taken_over_comes_back_as_a_draft() -> None:
    owner = create_post(slug="kerst")
    throw_away(owner)
    publish(newest(create_draft(slug="kerst")), by=create_editor(), taking_over=True)

    take_back(owner)

    assert fresh(owner).state == Post.State.DRAFT
    with pytest.raises(NotReadyError):
        publish(newest(owner), by=create_editor())


def test_planned_change_takes_an_address_over_at_its_moment(client: Client) -> None:
    with time_machine.travel(NOON - HOUR, tick=False):
        save_and_publish(create_post(slug="kerst"), slug="kerst-van-toen")
        post, editor = create_post(slug="feest"), create_editor()
        later = save_draft(post, edited(post, slug="kerst"), by=editor, base=newest(post))
        with pytest.raises(TakenBeforeError):
            publishing.schedule(later, by=editor, at=NOON)
        publishing.schedule(later, by=editor, at=NOON, taking_over=True)

    with time_machine.travel(NOON - SECOND, tick=False):
        assert client.get("/blog/kerst/")["Location"] == "/blog/kerst-van-toen/"
    with time_machine.travel(NOON, tick=False):
        publishing.apply_planned_changes()
        assert client.get("/blog/kerst/").context["post"] == post
        assert client.get("/blog/kerst-van-toen/").status_code == 200


def test_plan_that_would_have_taken_an_address_over_leaves_it_when_withdrawn(
    client: Client,
) -> None:
    save_and_publish(create_post(slug="kerst"), slug="kerst-van-toen")
    post, editor = create_post(slug="feest"), create_editor()
    later = save_draft(post, edited(post, slug="kerst"), by=editor, base=newest(post))
    publishing.schedule(later, by=editor, at=in_days(1), taking_over=True)

    publishing.withdraw_plan(post, by=editor)

    assert client.get("/blog/kerst/")["Location"] == "/blog/kerst-van-toen/"


def test_first_publication_at_a_later_moment_takes_no_address_over(client: Client) -> None:
    save_and_publish(create_post(slug="kerst"), slug="kerst-van-toen")
    draft = create_draft(slug="kerst")

    with pytest.raises(NotReadyError) as refusal:
        publishing.schedule(newest(draft), by=create_editor(), at=in_days(1), taking_over=True)

    assert refusal.value.field == "slug"
    assert client.get("/blog/kerst/")["Location"] == "/blog/kerst-van-toen/"


def test_address_taken_between_check_and_claim_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    create_post(slug="bezet")
    draft = create_draft(slug="bezet")
    module = import_module("blog.publishing.obstacles")
    monkeypatch.setattr(module, "obstacles", lambda *args, **kwargs: iter(()))

    with pytest.raises(NotReadyError) as refusal:
        publish(newest(draft), by=create_editor(), taking_over=True)

    assert refusal.value.field == "slug"
    assert fresh(draft).live_revision is None


def top_level_words(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The first word of every address that the site knows."""
    words = set()
    for pattern in patterns:
        route = str(pattern.pattern)
        if not route and isinstance(pattern, URLResolver):
            words |= top_level_words(pattern.url_patterns)
        elif "/" in route and "<" not in (word := route.split("/")[0]):
            words.add(word)
    return words


def test_page_cannot_hide_at_an_address_of_the_site_itself(client: Client) -> None:
    words = top_level_words(get_resolver().url_patterns)
    assert {"admin", "blog", "thema", "auteurs", "reacties"} <= words

    for word in words | {"static", "media", "feed", "healthz"}:
        draft = create_draft(kind=Page, slug=word, title="Een bladzijde")
        with suppress(NotReadyError):
            publish(newest(draft), by=create_editor())
            assert client.get(f"/{word}/").context["page"].pk == draft.pk, word


@pytest.mark.parametrize("slug", ["admin", "blog", "feed", "static", "media", "zoeken"])
def test_page_with_a_kept_address_is_refused(slug: str) -> None:
    draft = create_draft(kind=Page, slug=slug)

    with pytest.raises(NotReadyError) as refusal:
        publish(newest(draft), by=create_editor())

    assert refusal.value.field == "slug"


def test_post_may_have_a_word_that_pages_may_not(client: Client) -> None:
    create_post(slug="admin")

    assert client.get("/blog/admin/").status_code == 200


def test_page_and_post_do_not_answer_at_each_others_address(client: Client) -> None:
    create_post(slug="bericht")
    create_page(slug="bladzijde")

    assert client.get("/bericht/").status_code == 404
    assert client.get("/blog/bladzijde/").status_code == 404


@pytest.mark.parametrize("field", ["title", "slug"])
def test_post_without_title_or_address_is_not_ready(field: str) -> None:
    lacking: dict[str, Any] = {field: ""}
    draft = create_draft(**lacking)

    with pytest.raises(NotReadyError) as refusal:
        publish(newest(draft), by=create_editor())

    assert refusal.value.field == field


@pytest.mark.parametrize("state", ["draft", "live", "newer draft"])
def test_thrown_away_post_is_not_ready(state: str) -> None:
    post = create_draft() if state == "draft" else create_post()
    if state == "newer draft":
        save_draft(post, edited(post, title="Anders"), by=create_editor(), base=newest(post))
    publishing.throw_away(post, by=create_editor())
    before = Post.objects.filter(pk=post.pk).values().get()

    with pytest.raises(NotReadyError) as refusal:
        publish(newest(post), by=create_editor(), notable=True)

    assert refusal.value.field is None
    assert Post.objects.filter(pk=post.pk).values().get() == before


@pytest.mark.parametrize("field", ["theme", "authors", "tags", "related"])
def test_revision_that_names_what_is_gone_cannot_go_live(field: str) -> None:
    creators: dict[str, Callable[[], Any]] = {
        "theme": create_theme,
        "authors": create_author,
        "tags": create_tag,
        "related": create_post,
    }
    row = creators[field]()
    post = create_post()
    relation: dict[str, Any] = {field: row if field == "theme" else [row]}
    content = post_content(**relation)
    revision = save_draft(post, content, by=create_editor(), base=newest(post))
    row.delete()

    with pytest.raises(NotReadyError) as refusal:
        publish(revision, by=create_editor())

    assert refusal.value.field == {"authors": "byline"}.get(field, field)
    assert fresh(post).live_revision != revision


# --- Comments -------------------------------------------------------------------------------------


def test_closing_tells_since_when_and_why() -> None:
    post, editor = create_post(), create_editor()

    with time_machine.travel(NOON, tick=False):
        publishing.open_comments(post, by=editor, opened=False, reason="Het is genoeg geweest.")

    post = fresh(post)
    assert not post.comments_open
    assert post.comments_closed_at == NOON
    assert post.comments_closed_reason == "Het is genoeg geweest."


def test_closing_what_is_closed_changes_the_reason_only() -> None:
    post, editor = create_post(), create_editor()
    with time_machine.travel(NOON, tick=False):
        publishing.open_comments(post, by=editor, opened=False)

    publishing.open_comments(post, by=editor, opened=False, reason="Genoeg.")

    assert fresh(post).comments_closed_at == NOON
    assert fresh(post).comments_closed_reason == "Genoeg."


def test_opening_forgets_since_when_and_why_it_was_closed() -> None:
    post, editor = create_post(), create_editor()
    publishing.open_comments(post, by=editor, opened=False, reason="Genoeg.")

    publishing.open_comments(post, by=editor, opened=True)

    post = fresh(post)
    assert (post.comments_open, post.comments_closed_at) == (True, None)
    assert post.comments_closed_reason == ""
    details = LogRecord.objects.filter(action="comments").values_list("detail", flat=True)
    assert set(details) == {"gesloten", "geopend"}


# --- Permissions ----------------------------------------------------------------------------------

USE_CASES: dict[str, tuple[str, Callable[[Post, Any], Any]]] = {
    "save": (
        "change",
        lambda post, by: save_draft(post, edited(post, title="X"), by=by, base=newest(post)),
    ),
    "add": ("add", lambda post, by: save_draft(type(post)(), post_content(), by=by, base=None)),
    "publish": ("publish", lambda post, by: publish(newest(post), by=by)),
    "schedule": (
        "publish",
        lambda post, by: publishing.schedule(newest(post), by=by, at=in_days(1)),
    ),
    "withdraw plan": ("publish", lambda post, by: publishing.withdraw_plan(post, by=by)),
    "unpublish": ("publish", lambda post, by: unpublish(post, by=by)),
    "expire": ("publish", lambda post, by: publishing.set_expiry(post, by=by, at=in_days(1))),
    "archive": ("publish", lambda post, by: publishing.archive(post, by=by)),
    "restore": (
        "change",
        lambda post, by: publishing.restore(newest(post), by=by, base=newest(post)),
    ),
    "discard": ("change", lambda post, by: publishing.discard(post, by=by, base=newest(post))),
    "throw away": ("delete", lambda post, by: publishing.throw_away(post, by=by)),
    "take back": ("delete", lambda post, by: publishing.take_back(post, by=by)),
    "close": ("publish", lambda post, by: publishing.open_comments(post, by=by, opened=False)),
    "moderate": (
        "publish",
        lambda post, by: publishing.moderate_comments(post, by=by, moderation="none"),
    ),
}


@pytest.mark.parametrize("name", USE_CASES)
@pytest.mark.parametrize("kind", [Post, Page], ids=["post", "page"])
def test_use_case_asks_for_its_own_permission_and_no_other(name: str, kind: type[Post]) -> None:
    needed, act = USE_CASES[name]
    post = kind.objects.get(pk=create_post(kind=kind).pk)
    label = kind._meta.model_name
    others = [
        f"{action}_{other}"
        for action in ("add", "change", "delete", "publish", "view")
        for other in ("post", "page")
        if (action, other) != (needed, label)
    ]
    before = list(Post._base_manager.values()), list(Revision.objects.values())

    with pytest.raises(PermissionDenied):
        act(post, create_user(may=others))

    assert (list(Post._base_manager.values()), list(Revision.objects.values())) == before
    act(post, create_user(may=[f"{needed}_{label}"]))


# --- Rendering anew -------------------------------------------------------------------------------


def test_rendering_of_an_older_version_is_made_anew_without_a_revision(client: Client) -> None:
    post = create_post(body="De echte tekst.")
    outdated = {"version": 0, "rendered": {"html": "<p>Oud</p>"}}
    Post.objects.filter(pk=post.pk).update(stored_rendering=outdated)

    assert "De echte tekst." in client.get(post.get_absolute_url()).content.decode()
    assert stored_renderings.render_outdated() == 1

    assert fresh(post).has_current_rendering
    assert stored_renderings.render_outdated() == 0
    assert post.revisions.count() == 1


def test_drafts_are_not_rendered_in_advance() -> None:
    create_draft()

    assert stored_renderings.render_outdated() == 0


@pytest.fixture
def refused(client: Client) -> Post:
    """A live post that an earlier version rendered, and whose text this one finds too complex."""
    post = create_post(
        title="Te ingewikkeld",
        body="Wat een eerdere versie ervan maakte.",
        theme=create_theme(slug="thema"),
        authors=[create_author(slug="auteur")],
    )
    outdated = post.stored_rendering | {"version": 0}
    Post.objects.filter(pk=post.pk).update(body="[" * 100_000, stored_rendering=outdated)
    return fresh(post)


def test_post_that_is_refused_now_shows_what_an_earlier_version_made_of_it(
    client: Client, refused: Post
) -> None:
    response = client.get(refused.get_absolute_url())

    assert response.status_code == 200
    assert "Wat een eerdere versie ervan maakte." in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/blog/", "/thema/thema/", "/auteurs/auteur/"])
def test_post_that_is_refused_now_takes_no_list_down(
    client: Client, refused: Post, address: str
) -> None:
    create_post(title="Een gewoon bericht", theme=refused.theme, authors=refused.byline)

    response = client.get(address)

    assert response.status_code == 200
    for title in ("Te ingewikkeld", "Een gewoon bericht"):
        assert title in response.content.decode()


def test_post_that_is_refused_does_not_keep_the_others_from_being_rendered(refused: Post) -> None:
    others = [create_post(), create_post()]
    for post in others:
        Post.objects.filter(pk=post.pk).update(stored_rendering={})

    count = stored_renderings.render_outdated()

    assert count == 2
    assert all(fresh(post).has_current_rendering for post in others)
    assert fresh(refused).stored_rendering == refused.stored_rendering
