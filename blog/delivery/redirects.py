"""The last thing that the site tries before it says that nothing is at an address."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.cache import patch_cache_control

from blog.hits import hits
from blog.models import MissingAddress, Redirect
from blog.redirects import in_one_step, is_private, is_readable, normal

NOTHING_THERE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
FILES = (settings.STATIC_URL, "/media/")


def redirects_come_last(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: where nothing answers, a redirect of the editors may; if none does, count it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        nothing = response.status_code in NOTHING_THERE and request.method in {"GET", "HEAD"}
        # PostgreSQL takes no question with a null byte in it.
        if not nothing or is_private(request.path_info) or not is_readable(request.path_info):
            return response
        path = normal(request.path_info)
        if redirect := Redirect.objects.filter(path=path).first():
            hits.count(Redirect, path)
            return led_on(redirect)
        if response.status_code == HTTPStatus.NOT_FOUND and is_missing(request):
            hits.count(MissingAddress, path)
        return response

    return answer


def is_missing(request: HttpRequest) -> bool:
    """Whether a reader asked for a page; a slash too few is mended by Django, which asks anew."""
    path = request.path_info
    mended = not path.endswith("/") and is_valid_path(f"{path}/")
    return request.method == "GET" and not path.startswith(FILES) and not mended


def led_on(redirect: Redirect) -> HttpResponse:
    """One step to where a redirect leads today; browsers ask again before they follow it."""
    response = HttpResponsePermanentRedirect(in_one_step(redirect.target))
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response
