"""What scripts of the editor ask the server, such as a preview and a place for a picture.

What cannot be done is answered as JSON, with a status of its own: a redirect to the login page
would be taken for an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from blog.preview import no_preview

EDITING = (
    *("blog.add_post", "blog.change_post", "blog.change_own_post"),
    *("blog.add_page", "blog.change_page"),
)

Endpoint = Callable[..., HttpResponse]


def for_editors(endpoint: Endpoint) -> Endpoint:
    """Staff who may edit posts or pages; permission is judged before the CSRF token."""
    protected = csrf_protect(require_POST(endpoint))

    @wraps(endpoint)
    def judged(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not (user.is_active and user.is_staff and any(map(user.has_perm, EDITING))):
            return no_permission(request)
        answer = protected(request, *args, **kwargs)
        # Django's page about a missing token is for people; the editor's script reads JSON.
        if answer.status_code == HTTPStatus.FORBIDDEN and not isinstance(answer, JsonResponse):
            # A login in another tab made another token; only a page of ours can read this one.
            return no_permission(request, token=get_token(request))
        return answer

    return csrf_exempt(never_cache(judged))


@for_editors
def upload(request: HttpRequest) -> HttpResponse:
    """Refuse a picture, and say so; nothing of it is kept."""
    return problem(request, gettext("Pictures cannot be added yet."), HTTPStatus.BAD_REQUEST)


def no_permission(request: HttpRequest, **more: str) -> HttpResponse:
    """For who may not do this, or is no longer logged in."""
    message = gettext("You may not do this. Log in again.")
    return problem(request, message, HTTPStatus.FORBIDDEN, **more)


def problem(request: HttpRequest, message: str, status: HTTPStatus, **more: str) -> HttpResponse:
    """What the editor is told when it does not work: as JSON, or as a page in a tab of its own."""
    if "text/html" in request.headers.get("Accept", ""):
        return no_preview(request, message, status)
    return JsonResponse({"error": message, **more}, status=status)
