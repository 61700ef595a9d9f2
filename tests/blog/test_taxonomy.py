"""Themes and tags get other names and become one; every earlier address leads on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import publishing
from blog.models import EarlierTagSlug, MenuItem, Page, Post, Tag, Theme
from blog.publishing import publish, save_draft
from blog.taxonomy import TakenError, merge, rename, slug_for, up_to_date
from tests.factories import (
    create_draft,
    create_editor,
    create_post,
    create_tag,
    create_theme,
    edited,
    fresh,
    newest,
    post_content,
    save_and_publish,
)
from tests.instants import at_the_same_instant

pytestmark = pytest.mark.django_db

either = pytest.mark.parametrize("create", [create_theme, create_tag], ids=["theme", "tag"])
Create = Callable[..., Any]


def tags_of(post: Post) -> list[str]:
    """The slugs of the tags on the row of a post."""
    return sorted(fresh(post).tags.values_list("slug", flat=True))


# --- Names and slugs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Rust", "rust"),
        ("CRÈME Brûlée", "creme-brulee"),
        ("  Eten & drinken!  ", "eten-drinken"),
        ("'s Nachts", "s-nachts"),
        ("Omega-3", "omega-3"),
        ("Top 10", "top-10"),
        ("a" * 59 + " b", "a" * 59),
        ("ﬁ" * 60, "fi" * 30),
    ],
)
def test_slug_follows_the_name(name: str, slug: str) -> None:
    assert slug_for(name, term=Tag()) == slug


@pytest.mark.parametrize("name", ["", "   ", "!?", "—", "_", "日本", "🙂"])
def test_name_without_a_letter_or_digit_is_refused(name: str) -> None:
    with pytest.raises(TakenError):
        slug_for(name, term=Tag())


@either
@pytest.mark.parametrize("name", ["Crème", "crème", "CREME", "creme!"])
def test_name_that_differs_in_capitals_or_accents_only_is_taken(create: Create, name: str) -> None:
    create(name="Crème", slug="creme")
    other = create(name="Room", slug="room")

    with pytest.raises(TakenError, match="Crème"):
        rename(other, name=name)

    other.refresh_from_db()
    assert (other.name, other.slug) == ("Room", "room")


@either
def test_name_whose_earlier_address_leads_to_another_is_taken(create: Create) -> None:
    first = create(name="Room", slug="room")
    rename(first, name="Slagroom")

    with pytest.raises(TakenError, match="Slagroom"):
        slug_for("Room", term=type(first)())


def test_theme_and_tag_may_have_the_same_name() -> None:
    create_theme(name="Rust", slug="rust")

    assert slug_for("Rust", term=Tag()) == "rust"


# --- Renaming -------------------------------------------------------------------------------------


@either
def test_renamed_term_is_found_at_every_slug_that_it_had(create: Create) -> None:
    term = create(name="Een", slug="een")

    rename(term, name="Twee")
    rename(term, name="Drie")

    terms = type(term).objects
    assert [terms.at_slug(slug) for slug in ("een", "twee", "drie")] == [term] * 3
    assert terms.at_slug("vier") is None
    assert terms.get(pk=term.pk).slug == "drie"


@either
def test_name_that_comes_back_takes_its_slug_back(create: Create) -> None:
    term = create(name="Heen", slug="heen")

    rename(term, name="Weer")
    rename(term, name="Heen")

    assert term.slug == "heen"
    assert [earlier.slug for earlier in term.earlier_slugs.all()] == ["weer"]
    assert type(term).objects.at_slug("weer") == term


@either
def test_name_that_differs_in_capitals_only_keeps_the_slug(create: Create) -> None:
    term = create(name="rust", slug="rust")

    rename(term, name="Rust")

    term.refresh_from_db()
    assert (term.name, term.slug) == ("Rust", "rust")
    assert term.earlier_slugs.count() == 0


@either
def test_slug_that_the_row_has_leads_on_whatever_an_old_copy_says(create: Create) -> None:
    term = create(name="Een", slug="een")
    old_copy = type(term).objects.get(pk=term.pk)
    rename(term, name="Twee")

    rename(old_copy, name="Drie")

    assert type(term).objects.at_slug("twee") == term
    assert type(term).objects.at_slug("een") == term


@either
def test_slug_that_came_in_by_a_fixture_twice_can_be_left(create: Create) -> None:
    first = create(name="Een", slug="een")
    rename(first, name="Twee")
    again = create(name="Een", slug="een")

    rename(again, name="Drie")

    assert type(first).objects.at_slug("een") == again


# --- Becoming one ---------------------------------------------------------------------------------


def test_posts_of_a_merged_tag_have_the_other_one_once() -> None:
    tag, into = create_tag(slug="moe"), create_tag(slug="moeheid")
    one, both = create_post(tags=[tag]), create_post(tags=[tag, into])

    merge(tag, into=into)

    assert (tags_of(one), tags_of(both)) == (["moeheid"], ["moeheid"])
    assert Tag.objects.at_slug("moe") == into


def test_posts_of_a_merged_theme_have_the_other_one() -> None:
    theme, into = create_theme(slug="nacht"), create_theme(slug="slaap")
    post = create_post(theme=theme)

    merge(theme, into=into)

    assert fresh(post).theme == into
    assert Theme.objects.at_slug("nacht") == into


@pytest.mark.parametrize("kind", [Post, Page])
@pytest.mark.parametrize("create", [create_theme, create_tag], ids=["theme", "tag"])
def test_drafts_pages_and_what_was_thrown_away_move_too(create: Create, kind: type[Post]) -> None:
    term, into = create(), create()
    relation: dict[str, Any] = {"theme": term} if create is create_theme else {"tags": [term]}
    draft = create_draft(kind=kind, **relation)
    thrown_away = create_draft(kind=kind, **relation)
    publishing.throw_away(thrown_away, by=create_editor())

    merge(term, into=into)

    for post in (fresh(draft), fresh(thrown_away)):
        assert into in (post.theme, *post.tags.all())


@either
def test_merged_terms_merge_on(create: Create) -> None:
    first, second, third = create(slug="een"), create(slug="twee"), create(slug="drie")
    rename(first, name="Eerst een")

    merge(first, into=second)
    merge(second, into=third)

    terms = type(third).objects
    slugs = ("een", "eerst-een", "twee", "drie")
    assert [terms.at_slug(slug) for slug in slugs] == [third] * 4
    assert terms.count() == 1


@either
def test_term_whose_slug_the_other_had_before_can_merge_into_it(create: Create) -> None:
    into = create(name="Een", slug="een")
    rename(into, name="Twee")
    term = create(name="Een", slug="een")

    merge(term, into=into)

    assert type(into).objects.at_slug("een") == into


@either
def test_term_does_not_merge_into_itself(create: Create) -> None:
    term = create()

    with pytest.raises(ValueError, match="itself"):
        merge(term, into=type(term).objects.get(pk=term.pk))

    assert type(term).objects.filter(pk=term.pk).exists()


@pytest.mark.django_db(transaction=True)
@either
def test_second_click_at_the_same_instant_moves_nothing(create: Create) -> None:
    term, into = create(), create()
    copies = [type(term).objects.get(pk=term.pk) for _click in range(2)]

    outcomes = at_the_same_instant(*(lambda copy=copy: merge(copy, into=into) for copy in copies))

    assert outcomes == [None, None]
    assert type(term).objects.at_slug(term.slug) == into


def test_merging_a_tag_takes_as_many_queries_for_ten_posts_as_for_one() -> None:
    def queries_with(posts: int) -> int:
        tag, into = create_tag(), create_tag()
        for _number in range(posts):
            create_post(tags=[tag])
        with CaptureQueriesContext(connection) as queries:
            merge(tag, into=into)
        return len(queries)

    assert queries_with(1) == queries_with(10)


def test_menu_line_of_a_merged_theme_becomes_the_others_where_that_has_none() -> None:
    theme, into = create_theme(), create_theme()
    header = MenuItem.objects.create(place="header", theme=theme, label="Beter slapen")
    MenuItem.objects.create(place="footer", theme=theme)
    there = MenuItem.objects.create(place="footer", theme=into)

    merge(theme, into=into)

    assert list(MenuItem.objects.filter(theme=into)) == [header, there]
    assert MenuItem.objects.count() == 2


# --- What was written before ----------------------------------------------------------------------


@pytest.fixture(params=["renamed", "merged"])
def written_before(request: pytest.FixtureRequest) -> Post:
    """A post whose revision names a theme and a tag by slugs that only lead on by now."""
    theme, tag = create_theme(name="Nacht", slug="nacht"), create_tag(name="Moe", slug="moe")
    post = create_post(theme=theme, tags=[tag])
    if request.param == "renamed":
        rename(theme, name="Slaap")
        rename(tag, name="Moeheid")
    else:
        merge(theme, into=create_theme(name="Slaap", slug="slaap"))
        merge(tag, into=create_tag(name="Moeheid", slug="moeheid"))
    return fresh(post)


def has_todays_terms(post: Post) -> bool:
    """Whether the row of a post has the terms that it should have by now."""
    return (fresh(post).content.theme, tags_of(post)) == ("slaap", ["moeheid"])


def test_content_is_brought_up_to_date(written_before: Post) -> None:
    content = newest(written_before).content
    assert (content.theme, content.tags) == ("nacht", ("moe",))

    today = up_to_date(content)

    assert (today.theme, today.tags) == ("slaap", ("moeheid",))
    assert has_todays_terms(written_before)


@pytest.mark.parametrize("names", ["of then", "of today"])
def test_saving_without_a_change_makes_no_revision(written_before: Post, names: str) -> None:
    content = newest(written_before).content
    content = content if names == "of then" else up_to_date(content)

    save_draft(written_before, content, by=create_editor(), base=newest(written_before))

    assert written_before.revisions.count() == 1


def test_revision_from_before_can_be_changed_and_published(written_before: Post) -> None:
    save_and_publish(written_before, title="Anders")

    assert fresh(written_before).title == "Anders"
    assert has_todays_terms(written_before)


def test_revision_from_before_can_be_published_again(written_before: Post) -> None:
    first = newest(written_before)
    save_and_publish(written_before, theme=None, tags=())

    publish(first, by=create_editor())

    assert has_todays_terms(written_before)


def test_post_from_before_can_be_taken_offline(written_before: Post) -> None:
    publishing.unpublish(written_before, by=create_editor())

    assert has_todays_terms(written_before)


def test_tags_that_became_one_are_named_once() -> None:
    moe, moeheid = create_tag(slug="moe"), create_tag(slug="moeheid")
    content = post_content(tags=[moe, moeheid])

    merge(moe, into=moeheid)

    assert up_to_date(content).tags == ("moeheid",)


def test_name_that_nothing_has_stays_for_the_editor_to_see() -> None:
    content = post_content(theme=Theme(slug="weg"), tags=[Tag(slug="ook-weg")])

    assert up_to_date(content) == content


def test_term_that_has_the_slug_today_goes_before_one_that_had_it() -> None:
    renamed = create_tag(name="Een", slug="een")
    rename(renamed, name="Twee")
    today = create_tag(name="Een", slug="een")

    assert EarlierTagSlug.objects.get().slug == "een"
    assert Tag.objects.at_slug("een") == today
    assert Tag.objects.todays_slugs(["een", "twee", "niets"]) == ["een", "twee", "niets"]


def test_chosen_post_that_was_renamed_is_the_same_choice() -> None:
    chosen = create_post(slug="eerst")
    post = create_post(related=[chosen])
    save_and_publish(chosen, slug="daarna")

    content = edited(post, related=("daarna",))
    save_draft(post, content, by=create_editor(), base=newest(post))

    assert post.revisions.count() == 1
    assert up_to_date(newest(post).content).related == ("daarna",)


def test_chosen_post_that_is_offline_keeps_the_name_that_it_was_chosen_by() -> None:
    chosen = create_post(slug="eerst")
    post = create_post(related=[chosen])
    save_draft(chosen, edited(chosen, slug="nooit-live"), by=create_editor(), base=newest(chosen))

    publishing.unpublish(chosen, by=create_editor())

    assert up_to_date(newest(post).content).related == ("eerst",)
    assert list(publishing.missing(newest(post).content)) == []
