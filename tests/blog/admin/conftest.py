"""Who sits behind the desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import create_superuser


@pytest.fixture
def editor() -> User:
    """Who sits behind the desk."""
    return create_superuser()


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    """A browser in which the editor is logged in."""
    client.force_login(editor)
    return client
