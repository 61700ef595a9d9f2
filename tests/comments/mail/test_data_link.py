"""The link to one's own data, for whoever can read the mail of an address."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from comments.mail import correspondence, links
from comments.mail.links import LinkError
from comments.models import EmailAddress, Link, Mail
from tests.comments.correspondents import ADDRESS, create_confirmed_comment
from tests.comments.mail.mailbox import SITE, Mailbox, body, purposes
from tests.factories import create_comment
from tests.instants import DAY, MINUTE, Clock
from tests.mail_server import addresses_in
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_owner_of_a_known_address_gets_a_link_for_a_day(mailoutbox: Mailbox, clock: Clock) -> None:
    create_confirmed_comment()
    Mail.objects.all().delete()

    correspondence.send_data_link(ADDRESS)
    run_jobs()

    link = Link.objects.get(purpose="data")
    assert f"{SITE}/reacties/gegevens/{link.key}/" in addresses_in(body(mailoutbox[0]))
    assert "3\xa0maart\xa02026 om 12.00\xa0uur" in body(mailoutbox[0])
    assert links.find(Link.Purpose.DATA, link.key) == link
    clock.shift(DAY)
    with pytest.raises(LinkError, match=str(links.EXPIRED)):
        links.find(Link.Purpose.DATA, link.key)


def test_link_to_ones_data_is_mailed_once_a_day(clock: Clock) -> None:
    create_confirmed_comment()
    Mail.objects.all().delete()

    correspondence.send_data_link(ADDRESS)
    clock.shift(DAY - MINUTE)
    correspondence.send_data_link(ADDRESS)
    within_a_day = purposes()
    clock.shift(MINUTE)
    correspondence.send_data_link(ADDRESS)

    assert within_a_day == ["data"]
    assert Link.objects.filter(purpose="data").count() == 2


def test_unknown_address_leaves_nothing() -> None:
    correspondence.send_data_link("onbekend@example.org")

    assert not EmailAddress.objects.exists()
    assert not Mail.objects.exists()


def test_address_without_comments_gets_no_link() -> None:
    EmailAddress.objects.create(email=ADDRESS)

    correspondence.send_data_link(ADDRESS)

    assert not Mail.objects.exists()


def seconds_to_send(email: str) -> float:
    """How long whoever asks for a link waits."""
    begun = time.monotonic()
    correspondence.send_data_link(email)
    return time.monotonic() - begun


def test_time_does_not_tell_whether_an_address_is_known() -> None:
    for number in range(3):
        create_confirmed_comment(email=f"bekend{number}@example.org")

    def slow(execute: Callable[..., Any], *query: Any) -> Any:
        time.sleep(0.003)
        return execute(*query)

    # The quickest of three: the machine may be busy.
    with connection.execute_wrapper(slow):
        known, unknown = (
            min(seconds_to_send(f"{kind}{number}@example.org") for number in range(3))
            for kind in ("bekend", "onbekend")
        )

    assert Mail.objects.filter(purpose="data").count() == 3
    assert abs(known - unknown) < 0.03


def test_comment_of_a_stranger_with_the_address_keeps_nobody_from_their_data() -> None:
    create_confirmed_comment()
    create_comment(status="pending", email=ADDRESS)
    Mail.objects.all().delete()

    correspondence.send_data_link(ADDRESS)

    assert purposes() == ["data"]
