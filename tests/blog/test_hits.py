"""What readers ask for in vain is counted, by address alone, and costs nobody time."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import hits as module
from blog.hits import KEPT_FOR, MOST_AT_ONCE, MOST_KEPT, forget_missing_addresses, hits
from blog.models import MissingAddress
from tests.factories import create_page

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    """The addresses in the table, and how often each was asked for."""
    hits.write()
    return dict(MissingAddress.objects.values_list("path", "hits"))


def test_missing_address_is_counted_in_one_form_without_its_query(client: Client) -> None:
    for address in ("/Niets/", "/niets/?van=joke@example.org", "/blog/niets/", "/niets.html"):
        client.get(address)

    assert counted() == {"/niets": 2, "/blog/niets": 1, "/niets.html": 1}


def test_address_without_its_last_slash_counts_once(client: Client) -> None:
    client.get("/niets", follow=True)

    assert counted() == {"/niets": 1}


def test_what_is_no_page_for_readers_is_not_counted(
    client: Client, subtests: pytest.Subtests
) -> None:
    create_page(slug="over-ons")
    addresses = [
        "/over-ons/",
        "/admin/niets/",
        "/reacties/geheime-sleutel/",
        "/voorbeeld/geheime-sleutel/",
        "/static/niets.css",
        "/media/niets.png",
        "/" + "a" * 10_000,
        "/%00%0a",
    ]

    for address in addresses:
        with subtests.test(address=address[:30]):
            client.get(address)
            assert counted() == {}
    client.post("/niets/")
    client.head("/niets/")
    assert counted() == {}


def test_count_goes_on_where_it_was(client: Client) -> None:
    first = timezone.now() - timedelta(days=3)
    MissingAddress.objects.create(path="/niets", hits=5, first_asked_at=first, asked_at=first)

    client.get("/niets/")
    hits.write()

    missing = MissingAddress.objects.get()
    assert missing.hits == 6
    assert missing.first_asked_at == first
    assert missing.asked_at > first


def test_flood_writes_once_and_keeps_no_more_than_its_share(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/niets/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/nergens/")
    assert not [query for query in queries if "missing" in query["sql"]]

    for number in range(MOST_AT_ONCE * 3):
        hits.count(MissingAddress, f"/{number}")
    hits.count(MissingAddress, "/niets")

    assert len(hits.counts) == MOST_AT_ONCE
    assert counted()["/niets"] == 2


def test_least_asked_address_goes_when_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    for path, times in {"/vaak": 3, "/soms": 2, "/eens": 1, "/nog-eens": 1}.items():
        MissingAddress.objects.create(path=path, hits=times)

    hits.count(MissingAddress, "/nieuw")

    assert set(counted()) == {"/vaak", "/soms", "/nieuw"}
    assert MOST_KEPT == 1_000


def test_one_thread_writes_a_while_after_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    timer = Mock()
    monkeypatch.setattr(module, "Timer", timer)
    monkeypatch.setattr(hits, "timer", None)

    for number in range(3):
        hits.count(MissingAddress, f"/{number}")

    timer.assert_called_once_with(module.SECONDS_BETWEEN_WRITES, hits.write_beside_requests)
    timer.return_value.start.assert_called_once_with()
    hits.write()
    hits.count(MissingAddress, "/later")
    assert timer.call_count == 2


def test_busy_database_loses_counts_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def busy() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(hits, "write", busy)
    monkeypatch.setattr(connection, "close", lambda: None)

    hits.write_beside_requests()

    assert "OperationalError" in caplog.text


def test_address_that_nobody_asks_for_any_more_is_forgotten() -> None:
    now = timezone.now()
    MissingAddress.objects.create(path="/lang-geleden", asked_at=now - KEPT_FOR)
    MissingAddress.objects.create(path="/pas", asked_at=now - KEPT_FOR + timedelta(minutes=1))

    forget_missing_addresses()

    assert list(MissingAddress.objects.values_list("path", flat=True)) == ["/pas"]
    assert KEPT_FOR.days == 90
