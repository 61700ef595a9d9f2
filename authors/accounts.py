"""The account behind a request."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def account(request: HttpRequest) -> User:
    """The user of a request inside the admin, which lets nobody in without an account."""
    return cast(User, request.user)
