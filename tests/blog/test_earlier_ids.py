"""Links to a section keep landing on it after its heading was reworded."""

from __future__ import annotations

import random
import time

import pytest
import time_machine
from django.test import Client

from blog import publishing, stored_renderings
from blog.earlier_ids import MOST_HEADINGS, carry_over
from tests.factories import (
    create_draft,
    create_editor,
    create_post,
    fresh,
    in_days,
    newest,
    save_and_publish,
)
from tests.pages import parse, with_id

# --- Which id leads where -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("thee koffie", "thee koffie", {}, id="nothing changed"),
        pytest.param("thee koffie", "kruidenthee koffie", {"thee": "kruidenthee"}, id="reworded"),
        pytest.param("thee koffie", "water melk", {"thee": "water", "koffie": "melk"}, id="all"),
        pytest.param("a thee b", "c thee d", {"a": "c", "b": "d"}, id="two places"),
        pytest.param("thee koffie", "koffie thee", {}, id="swapped"),
        pytest.param("a b c", "c a b", {}, id="moved"),
        pytest.param("thee koffie melk", "thee melk", {}, id="removed"),
        pytest.param("thee melk", "thee koffie melk", {}, id="added"),
        pytest.param("thee", "thee thee-2", {}, id="duplicated"),
        pytest.param("thee thee-2", "thee", {}, id="duplicate removed"),
        pytest.param("thee", "", {}, id="everything removed"),
        pytest.param("", "thee", {}, id="first heading"),
        pytest.param(
            "slecht-slapen thee",
            "waarom-slecht-slapen-niet-erg-is nieuw thee",
            {},
            id="reworded past recognition beside a new one",
        ),
        pytest.param(
            "minder-moe thee",
            "nieuw minder-moe-overdag thee",
            {"minder-moe": "minder-moe-overdag"},
            id="reworded beside a new one",
        ),
        pytest.param(
            "minder-moe minder-moe-nu thee",
            "minder-moe-overdag thee",
            {"minder-moe": "minder-moe-overdag", "minder-moe-nu": "minder-moe-overdag"},
            id="two became one",
        ),
        pytest.param("thee a", "a warme-thee", {}, id="moved and reworded"),
    ],
)
def test_reworded_heading_answers_to_its_earlier_id(
    old: str, new: str, expected: dict[str, str]
) -> None:
    assert carry_over({}, old=old.split(), new=new.split()) == expected


def test_ids_of_all_earlier_texts_lead_to_the_heading_of_today() -> None:
    first = carry_over({}, old=["thee"], new=["kruidenthee"])
    second = carry_over(first, old=["kruidenthee"], new=["warme-dranken"])

    assert second == {"thee": "warme-dranken", "kruidenthee": "warme-dranken"}


def test_heading_that_gets_its_words_back_gets_its_id_back() -> None:
    away = carry_over({}, old=["thee"], new=["kruidenthee"])

    back = carry_over(away, old=["kruidenthee"], new=["thee"])

    assert back == {"kruidenthee": "thee"}


def test_id_that_another_heading_takes_is_no_longer_an_earlier_one() -> None:
    away = carry_over({}, old=["thee", "koffie"], new=["kruidenthee", "koffie"])

    taken = carry_over(away, old=["kruidenthee", "koffie"], new=["kruidenthee", "koffie", "thee"])

    assert taken == {}


def test_ids_of_a_section_that_went_are_dropped() -> None:
    away = carry_over({}, old=["thee", "koffie"], new=["kruidenthee", "koffie"])

    assert carry_over(away, old=["kruidenthee", "koffie"], new=["koffie"]) == {}


@pytest.mark.parametrize("more", [0, 1], ids=["as many", "another number"])
@pytest.mark.parametrize("headings", [MOST_HEADINGS - 1, 8_000])
def test_comparing_takes_little_time_however_many_headings_there_are(
    headings: int, more: int
) -> None:
    dice = random.Random(3)
    old = [f"kop-{number}-{dice.random()}" for number in range(headings)]
    new = [f"kop-{number}-{dice.random()}" for number in range(headings + more)]

    start = time.process_time()
    carry_over({}, old=old, new=new)

    assert time.process_time() - start < 5


# --- On the page ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_link_to_a_reworded_section_lands_on_it(client: Client) -> None:
    post = create_post(body="## Thee\n\nWarm.\n\n## Koffie\n\nSterk.\n")

    save_and_publish(post, body="## Kruidenthee\n\nWarm.\n\n## Koffie\n\nSterk.\n")
    save_and_publish(post, body="## Een kop thee\n\nWarm.\n\n## Koffie\n\nSterk.\n")

    page = parse(client.get(post.get_absolute_url()).content)
    heading = with_id(page, "een-kop-thee")
    targets = {target.get("id") for target in heading.iter("span")}
    assert {"thee", "kruidenthee"} <= targets


@pytest.mark.django_db
def test_rendering_anew_keeps_the_earlier_ids() -> None:
    post = create_post(body="## Kruidenthee\n")
    save_and_publish(post, body="## Thee\n")
    save_and_publish(post, body="## Warme dranken\n")
    before = fresh(post).stored_rendering

    stored_renderings.render_anew(type(post).objects.filter(pk=post.pk))

    assert fresh(post).stored_rendering == before
    for earlier in ("thee", "kruidenthee"):
        assert f'id="{earlier}"' in fresh(post).rendered.html


@pytest.mark.django_db
def test_text_that_returns_after_it_was_offline_answers_to_the_ids_that_readers_knew() -> None:
    post = create_post(body="## Thee\n")
    publishing.unpublish(post, by=create_editor())

    save_and_publish(post, body="## Kruidenthee\n")

    assert fresh(post).earlier_ids == {"thee": "kruidenthee"}


@pytest.mark.django_db
def test_earlier_revision_that_returns_answers_to_the_ids_of_the_later_one() -> None:
    post = create_post(body="## Thee\n")
    first = newest(post)
    save_and_publish(post, body="## Kruidenthee\n")

    publishing.publish(first, by=create_editor())

    assert fresh(post).earlier_ids == {"kruidenthee": "thee"}


@pytest.mark.django_db
def test_headings_that_readers_never_saw_leave_no_ids() -> None:
    post = create_draft(body="## Kladje\n")
    save_and_publish(post, body="## Thee\n")
    scheduled = create_post(body="## Plan\n", published_at=in_days(1))
    save_and_publish(scheduled, body="## Ander plan\n")

    assert fresh(post).earlier_ids == {}
    assert fresh(scheduled).earlier_ids == {}


@pytest.mark.django_db
def test_plan_that_was_replaced_in_time_leaves_no_ids_later_either() -> None:
    post = create_post(body="## Plan\n", published_at=in_days(1))
    save_and_publish(post, body="## Ander plan\n")

    with time_machine.travel(in_days(2)):
        publishing.unpublish(post, by=create_editor())
        save_and_publish(post, body="## Thee\n")

    assert fresh(post).earlier_ids == {"ander-plan": "thee"}


@pytest.mark.django_db
def test_text_that_cannot_be_rendered_any_more_gives_way_to_a_new_one() -> None:
    post = create_post(body="## Thee\n")
    revision = newest(post)
    revision.snapshot["body"] = "[" * 100_000
    revision.save()

    save_and_publish(post, body="## Kruidenthee\n")

    assert "Kruidenthee" in fresh(post).rendered.html
    assert fresh(post).earlier_ids == {}
