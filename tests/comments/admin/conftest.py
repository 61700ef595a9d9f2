"""Who sits behind the moderators' desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import create_editor


@pytest.fixture
def moderator() -> User:
    """Who sits behind the desk."""
    return create_editor(username="karin")


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    """A browser in which a moderator is logged in."""
    client.force_login(moderator)
    return client
