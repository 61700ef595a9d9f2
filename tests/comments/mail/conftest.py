"""A site that sends mail from a public address, at a time that stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import Settings

from tests.comments.mail.mailbox import SITE
from tests.instants import NOON, Clock


@pytest.fixture(autouse=True)
def site_url(settings: Settings) -> None:
    """The site at a public address."""
    settings.SITE_URL = SITE


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Time stands still at noon, until a test moves it."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
