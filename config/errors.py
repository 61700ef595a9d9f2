"""The page for a request that we cannot take; Django finds the other error pages by itself."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read, or that is larger than we take."""
    status = HTTPStatus.BAD_REQUEST
    if isinstance(exception, RequestDataTooBig):
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, f"{status.value}.html", status=status)
