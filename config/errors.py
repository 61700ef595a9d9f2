"""The pages for what goes wrong, in the hand of the site; the 500 page is a static file."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that we cannot read, or that is larger than we take."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return error_page(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that this visitor may not do."""
    return error_page(request, HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address without a page."""
    return error_page(request, HTTPStatus.NOT_FOUND)


def error_page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """The template that is called after the status."""
    return render(request, f"{status.value}.html", status=status)
