"""The account behind a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def account(request: HttpRequest) -> User:
    """The user of a request inside the admin, which lets nobody in without an account."""
    return cast("User", request.user)
