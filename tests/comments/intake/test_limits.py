"""How often one network may do something, and what is said where that is too often."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.intake.limits import LIMITS, Action, LimitError, in_words, take
from comments.intake.networks import network_of
from comments.models import Attempt, Comment
from comments.privacy import retention
from tests.factories import create_post
from tests.instants import NOON, at_the_same_instant
from tests.pages import Answer, all_with_class, form_values, parse, visible_text, with_class

pytestmark = pytest.mark.django_db

NETWORK = "192.0.2.0/24"
NEIGHBOUR = "198.51.100.0/24"
MOST = 10


def take_often(times: int, action: Action = Action.COMMENT, network: str = NETWORK) -> None:
    """Do something so many times."""
    for _time in range(times):
        take(action, network)


@time_machine.travel(NOON, tick=False)
def test_network_may_send_ten_comments_in_ten_minutes() -> None:
    take_often(MOST)

    with pytest.raises(LimitError):
        take(Action.COMMENT, NETWORK)


def test_after_the_time_that_was_said_the_network_may_again() -> None:
    with time_machine.travel(NOON + timedelta(minutes=3, seconds=20.5), tick=False):
        take_often(MOST)
        with pytest.raises(LimitError) as refused:
            take(Action.COMMENT, NETWORK)

    later = NOON + timedelta(minutes=3, seconds=20.5 + refused.value.retry_after)
    assert 399 <= refused.value.retry_after <= 401
    with time_machine.travel(later, tick=False):
        take(Action.COMMENT, NETWORK)


def test_a_network_may_send_sixty_comments_a_day() -> None:
    for minutes in range(0, 60, 10):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            take_often(MOST)

    in_two_hours = time_machine.travel(NOON + timedelta(hours=2), tick=False)
    with in_two_hours, pytest.raises(LimitError) as refused:
        take(Action.COMMENT, NETWORK)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        take(Action.COMMENT, NETWORK)

    assert timedelta(seconds=refused.value.retry_after) <= timedelta(days=1)


def test_whoever_is_refused_is_not_counted() -> None:
    with time_machine.travel(NOON, tick=False):
        take_often(MOST)
        for _time in range(100):
            with pytest.raises(LimitError):
                take(Action.COMMENT, NETWORK)

    assert sorted(attempt.count for attempt in Attempt.objects.all()) == [MOST, MOST]


@time_machine.travel(NOON, tick=False)
def test_another_network_has_its_own_limit() -> None:
    take_often(MOST)

    take(Action.COMMENT, NEIGHBOUR)


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("action", list(Action))
def test_each_kind_of_thing_has_its_own_limit(action: Action) -> None:
    take_often(LIMITS[action][0].most, action)

    with pytest.raises(LimitError):
        take(action, NETWORK)
    for other in set(Action) - {action}:
        take(other, NETWORK)


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("address", ["", "127.0.0.1", "::1"])
def test_network_that_may_stand_for_everybody_has_a_wide_limit(address: str) -> None:
    network = network_of(ip_address(address) if address else None)
    take_often(10 * MOST, network=network)

    with pytest.raises(LimitError):
        take(Action.COMMENT, network)


@time_machine.travel(datetime(2026, 3, 2, 0, 0, tzinfo=ZoneInfo("UTC")), tick=False)
def test_two_periods_that_begin_together_are_counted_apart() -> None:
    take_often(3)

    assert [attempt.count for attempt in Attempt.objects.all()] == [3, 3]


@time_machine.travel(NOON, tick=False)
def test_what_is_kept_of_a_network_cannot_be_read_back() -> None:
    take(Action.COMMENT, NETWORK)

    for row in Attempt.objects.values():
        assert "192.0.2" not in str(row)
        assert len(row["network"]) == 64


def test_counts_of_yesterday_go_with_the_first_of_today() -> None:
    with time_machine.travel(NOON, tick=False):
        take(Action.COMMENT, NETWORK)

    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        take(Action.REPORT, NEIGHBOUR)

    assert Attempt.objects.count() == len(LIMITS[Action.REPORT])
    days = {timezone.localdate(attempt.window) for attempt in Attempt.objects.all()}
    assert days == {timezone.localdate(NOON + timedelta(days=1))}


@time_machine.travel(datetime(2026, 3, 2, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False)
def test_clean_up_shortly_after_midnight_leaves_the_counts_of_the_day() -> None:
    take(Action.COMMENT, NETWORK)

    retention.clean_up()

    assert Attempt.objects.count() == len(LIMITS[Action.COMMENT])


@time_machine.travel(NOON, tick=False)
def test_error_undoes_nothing_else_in_the_transaction() -> None:
    take_often(MOST)
    with transaction.atomic():
        post = create_post()
        with pytest.raises(LimitError):
            take(Action.COMMENT, NETWORK)

    assert Post.objects.filter(pk=post.pk).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(3))
def test_as_many_as_come_at_the_same_instant_are_counted(round_: int) -> None:
    with time_machine.travel(NOON, tick=False):
        outcomes = at_the_same_instant(*[lambda: take(Action.COMMENT, NETWORK)] * MOST)

    assert outcomes == [None] * MOST
    assert [attempt.count for attempt in Attempt.objects.all()] == [MOST, MOST]


@pytest.mark.django_db(transaction=True)
def test_no_more_pass_at_the_same_instant_than_may() -> None:
    with time_machine.travel(NOON, tick=False):
        outcomes = at_the_same_instant(*[lambda: take(Action.COMMENT, NETWORK)] * (MOST + 6))

    assert outcomes.count(None) == MOST
    assert [type(outcome) for outcome in outcomes[MOST:]] == [LimitError] * 6


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 minuut"),
        (60, "1 minuut"),
        (61, "2 minuten"),
        (59 * 60, "59 minuten"),
        (59 * 60 + 1, "1 uur"),
        (3_600, "1 uur"),
        (3_601, "2 uur"),
        (86_400, "24 uur"),
    ],
)
def test_time_to_wait_is_said_in_words_and_never_too_short(seconds: int, words: str) -> None:
    assert in_words(seconds) == words


# --- In the form ----------------------------------------------------------------------------------


@pytest.fixture
def post() -> Post:
    """A post that was there long before anybody comments."""
    return create_post(published_at=NOON - timedelta(days=30))


def send(client: Client, post: Post, **fields: str) -> Answer:
    """Send the form below a post from one network."""
    data = {"naam": "Joke", "mailadres": "joke@example.org", "tekst": "Ja."} | fields
    return client.post(f"/blog/{post.slug}/reageren/", data, REMOTE_ADDR="192.0.2.7")


@time_machine.travel(NOON, tick=False)
def test_comment_over_the_limit_comes_back_with_all_that_was_typed(
    client: Client, post: Post
) -> None:
    take_often(MOST)

    response = send(client, post, tekst="De elfde.")

    page = parse(response.content, strict=True)
    (form,) = page.iter("form")
    values = form_values(form)
    assert response.status_code == 429
    assert int(response["Retry-After"]) == 600
    assert "10 minuten" in visible_text(with_class(page, "error-summary"))
    assert values["naam"] == ["Joke"]
    assert values["mailadres"] == ["joke@example.org"]
    assert values["tekst"] == ["De elfde."]
    assert Comment.objects.count() == 0


def test_comment_over_the_limit_can_be_sent_later_as_it_came_back(
    client: Client, post: Post
) -> None:
    with time_machine.travel(NOON, tick=False):
        take_often(MOST)
        response = send(client, post, tekst="Bel 06-12345678", toch="phone")
    (form,) = parse(response.content).iter("form")
    values = {name: value[0] for name, value in form_values(form).items()}

    with time_machine.travel(NOON + timedelta(minutes=11), tick=False):
        again = send(client, post, **values)

    assert again.status_code == 302
    assert Comment.objects.get().text == "Bel 06-12345678"


@time_machine.travel(NOON, tick=False)
def test_second_click_takes_nothing_of_the_limit(client: Client, post: Post) -> None:
    take_often(MOST - 1)
    first = send(client, post)

    again = [send(client, post) for _time in range(3)]

    assert [answer["Location"] for answer in again] == [first["Location"]] * 3


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    "fields",
    [{"naam": ""}, {"voorbeeld": "ja"}, {"tekst": "Bel 06-12345678"}],
    ids=["mistake", "preview", "nudge"],
)
def test_form_that_is_not_ready_takes_nothing_of_the_limit(
    client: Client, post: Post, fields: dict[str, str]
) -> None:
    take_often(MOST)

    response = send(client, post, **fields)

    assert response.status_code in {200, 422}
    assert [attempt.count for attempt in Attempt.objects.all()] == [MOST, MOST]


@time_machine.travel(NOON, tick=False)
def test_readers_notice_nothing_of_a_flood(client: Client, post: Post) -> None:
    for number in range(3 * MOST):
        send(client, post, tekst=f"Nummer {number}.")

    page = client.get(post.get_absolute_url(), REMOTE_ADDR="192.0.2.7")

    assert Comment.objects.count() == MOST
    assert page.status_code == 200
    assert not all_with_class(parse(page.content), "error-summary")
