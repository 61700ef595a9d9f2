"""Whose network a comment came from, and how little of that is kept."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import RequestFactory
from pytest_django import Settings

from comments.intake.networks import client_address, fingerprint, network_of
from comments.models import DailyKey, Submission
from tests.factories import create_comment
from tests.instants import NOON


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
    ],
)
def test_network_is_the_neighbourhood_of_an_address(address: str, network: str) -> None:
    assert network_of(ipaddress.ip_address(address)) == network


@pytest.mark.parametrize(
    ("connection", "forwarded", "expected"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.66, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.66, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.66, garbage", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_address_is_the_last_hop_that_is_no_trusted_proxy(
    settings: Settings, connection: str, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)

    request = RequestFactory().get(
        "/", REMOTE_ADDR=connection, headers={"x-forwarded-for": forwarded}
    )

    assert str(client_address(request)) == expected


def test_request_without_an_address_has_no_network() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="")

    assert client_address(request) is None
    assert network_of(None) == ""


@pytest.mark.django_db
def test_hash_changes_with_the_day() -> None:
    with time_machine.travel(NOON, tick=False):
        today = fingerprint("192.0.2.0/24", "x")
        again = fingerprint("192.0.2.0/24", "x")
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        tomorrow = fingerprint("192.0.2.0/24", "x")

    assert today == again != tomorrow


@pytest.mark.django_db
def test_day_begins_at_midnight_in_amsterdam() -> None:
    midnight = datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))

    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        before = fingerprint("192.0.2.0/24", "x")
    with time_machine.travel(midnight, tick=False):
        after = fingerprint("192.0.2.0/24", "x")

    assert before != after


@pytest.mark.django_db
def test_words_cannot_slide_from_one_place_to_the_next() -> None:
    assert fingerprint("n", "ab", "c") != fingerprint("n", "a", "bc")


@pytest.mark.django_db
def test_keys_and_hashes_of_earlier_days_go_with_the_first_comment_of_a_new_one() -> None:
    late, early = NOON + timedelta(hours=11), NOON + timedelta(hours=13)
    for moment in (NOON - timedelta(days=2), NOON, late):
        with time_machine.travel(moment, tick=False):
            create_comment()

    with time_machine.travel(early, tick=False):
        comment = create_comment()

    assert [key.day for key in DailyKey.objects.all()] == [early.date()]
    assert [submission.comment for submission in Submission.objects.all()] == [comment]


@pytest.mark.django_db
def test_hashes_of_one_day_stay_together() -> None:
    for hours in (0, 5, 11):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            create_comment()

    assert Submission.objects.count() == 3


@pytest.mark.django_db
def test_hash_of_a_day_that_has_begun_is_read_only(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    first = fingerprint("192.0.2.0/24", "x")

    with django_assert_num_queries(1):
        assert fingerprint("192.0.2.0/24", "x") == first


@pytest.mark.django_db
def test_no_row_holds_an_address() -> None:
    create_comment()

    (submission,) = Submission.objects.all()

    assert "192.0.2" not in str(Submission.objects.values().get())
    assert len(submission.fingerprint) == 64


@pytest.mark.django_db
def test_key_of_a_day_comes_only_together_with_the_end_of_all_earlier_hashes() -> None:
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        create_comment()

    with (
        time_machine.travel(NOON, tick=False),
        connection.execute_wrapper(fail_to_delete),
        pytest.raises(OperationalError),
    ):
        fingerprint("192.0.2.0/24", "x")

    assert [key.day for key in DailyKey.objects.all()] == [(NOON - timedelta(days=1)).date()]


def fail_to_delete(execute: Callable[..., Any], sql: str, *call: Any) -> Any:
    """A database that comes to a halt at the first DELETE."""
    if sql.startswith("DELETE"):
        raise OperationalError
    return execute(sql, *call)
