"""What stands under "Verder lezen": chosen by hand, then on the same subject, then recent."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from blog import publishing
from blog.further_reading import further_reading
from blog.models import Post
from tests.factories import (
    create_draft,
    create_editor,
    create_page,
    create_post,
    create_tag,
    create_theme,
    fresh,
    in_days,
    save_and_publish,
)

pytestmark = pytest.mark.django_db


def titles(post: Post) -> list[str]:
    """What a reader is led to, in order."""
    return [other.title for other in further_reading(post)]


def test_chosen_posts_come_first_then_a_shared_tag_then_what_is_recent() -> None:
    tag = create_tag()
    chosen = create_post(title="Gekozen", published_at=in_days(-9))
    create_post(title="Zelfde onderwerp", tags=[tag], published_at=in_days(-8))
    create_post(title="Nieuw", published_at=in_days(-1))
    create_post(title="Minder nieuw", published_at=in_days(-2))

    post = create_post(tags=[tag], related=[chosen])

    assert titles(post) == ["Gekozen", "Zelfde onderwerp", "Nieuw"]


def test_chosen_posts_stand_in_the_order_of_the_editor() -> None:
    first = create_post(title="Eerst", published_at=in_days(-9))
    second = create_post(title="Daarna", published_at=in_days(-1))
    third = create_post(title="Ten slotte", published_at=in_days(-5))

    post = create_post(related=[first, second, third])

    assert titles(post) == ["Eerst", "Daarna", "Ten slotte"]


def test_of_more_than_three_the_first_three_show() -> None:
    chosen = [create_post(title=f"Nummer {number}") for number in range(5)]

    assert titles(create_post(related=chosen)) == ["Nummer 0", "Nummer 1", "Nummer 2"]


def test_newest_of_a_shared_tag_come_first_whatever_number_of_tags_is_shared() -> None:
    tags = [create_tag(), create_tag(), create_tag()]
    create_post(title="Drie gedeeld", tags=tags, published_at=in_days(-3))
    create_post(title="Een gedeeld", tags=tags[:1], published_at=in_days(-2))
    create_post(title="Twee gedeeld", tags=tags[1:], published_at=in_days(-1))
    create_post(title="Niets gedeeld", tags=[create_tag()])

    assert titles(create_post(tags=tags)) == ["Twee gedeeld", "Een gedeeld", "Drie gedeeld"]


def test_posts_of_the_same_moment_keep_their_order() -> None:
    moment = in_days(-1)
    for number in range(4):
        create_post(title=f"Nummer {number}", published_at=moment)

    assert titles(create_post()) == ["Nummer 3", "Nummer 2", "Nummer 1"]


def test_what_readers_cannot_see_is_left_out_also_when_it_was_chosen() -> None:
    tag, editor = create_tag(), create_editor()
    withdrawn, thrown_away = create_post(tags=[tag]), create_post(tags=[tag])
    expired = create_post(tags=[tag], published_at=in_days(-2), expires_at=in_days(-1))
    scheduled = create_post(tags=[tag], published_at=in_days(1))
    create_draft(tags=[tag])
    create_page(title="Een bladzijde", tags=[tag])
    create_post(title="Te zien")
    post = create_post(tags=[tag], related=[withdrawn, thrown_away, expired, scheduled])
    publishing.unpublish(withdrawn, by=editor)
    publishing.throw_away(thrown_away, by=editor)

    assert titles(post) == ["Te zien"]


def test_post_does_not_lead_to_itself() -> None:
    post = create_post(tags=[create_tag()])

    save_and_publish(post, related=(post.slug,))

    assert titles(post) == []
    assert fresh(post).content.related == ()


def test_post_that_was_chosen_at_two_addresses_shows_once() -> None:
    chosen = create_post(title="Gekozen", slug="eerst")
    save_and_publish(chosen, slug="daarna")
    other = create_post(title="Nog een", slug="ander")
    post = create_post()

    save_and_publish(post, related=("eerst", "ander", "daarna"))

    assert list(fresh(post).related_posts.order_by("pk")) == [chosen, other]
    assert titles(post) == ["Gekozen", "Nog een"]


def test_page_cannot_be_chosen() -> None:
    create_page(slug="over-ons")
    post = create_post()

    with pytest.raises(publishing.NotReadyError) as refusal:
        save_and_publish(post, related=("over-ons",))

    assert refusal.value.field == "related"


def test_one_query_brings_all_that_a_card_shows_and_no_text(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tags = [create_tag(), create_tag()]
    for _number in range(6):
        create_post(theme=create_theme(name="Hoofd"), tags=tags)
    post = create_post(theme=create_theme(), tags=tags, related=[create_post()])

    with django_assert_num_queries(1) as queries:
        cards = [(other.title, other.theme, other.summary) for other in further_reading(post)]

    assert len(cards) == 3
    assert '"body"' not in queries.captured_queries[0]["sql"]
