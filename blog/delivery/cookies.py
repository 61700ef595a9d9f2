"""A public page is the same for everybody: cookies are for the admin alone."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def cookies_stay_in_the_admin(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: outside the admin a request has no cookies, whatever its browser sends.

    Other sites on the same host leave cookies under the very names that Django looks for; it would
    answer those with cookies of its own.
    """

    def without_cookies(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(settings.SESSION_COOKIE_PATH):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return without_cookies
