"""The pages for an address that leads nowhere, and for a request that we cannot take.

Django finds the other error pages by itself.
"""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from blog.models import Post
from blog.near_matches import near_matches

NEWEST_POSTS = 3


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read, or that is larger than we take."""
    status = HTTPStatus.BAD_REQUEST
    if isinstance(exception, RequestDataTooBig):
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, f"{status.value}.html", status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere, with what the visitor may have meant."""
    posts = Post.objects.published().select_related("theme").defer("body", "stored_rendering")
    context = {"matches": near_matches(request.path), "newest": posts.newest_first()[:NEWEST_POSTS]}
    response = render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)
    # A cache that made up its own term would hide a post that appears here a moment later.
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response
