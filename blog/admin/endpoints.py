"""What the Markdown editor asks the server: a preview, and later a place for a picture.

These stand in for markdownx's own two endpoints, which anybody could call. They answer JSON with
a status of their own: a redirect to the login page would be taken for an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from blog.models import known_for
from blog.rendering import TooComplexError, render

EDITING = ("blog.add_post", "blog.change_post", "blog.add_page", "blog.change_page")

Endpoint = Callable[[HttpRequest], JsonResponse]


def for_editors(endpoint: Endpoint) -> Endpoint:
    """Staff who may edit posts or pages; permission is judged before the CSRF token."""
    protected = csrf_protect(require_POST(endpoint))

    @wraps(endpoint)
    def judged(request: HttpRequest) -> JsonResponse:
        user = request.user
        if not (user.is_active and user.is_staff and any(map(user.has_perm, EDITING))):
            return problem(gettext("You may not do this. Log in again."), HTTPStatus.FORBIDDEN)
        answer = protected(request)
        # Django's page about a missing token is for people; the editor's script reads JSON.
        if answer.status_code == HTTPStatus.FORBIDDEN:
            return problem(gettext("You may not do this. Log in again."), HTTPStatus.FORBIDDEN)
        return answer

    return csrf_exempt(never_cache(judged))


@for_editors
def markdownify(request: HttpRequest) -> JsonResponse:
    """The text as readers will see it."""
    source = request.POST.get("content", "")
    try:
        rendered = render(source, known=known_for(source))
    except TooComplexError as error:
        return problem(str(error), HTTPStatus.BAD_REQUEST)
    html = render_to_string("admin/blog/post/preview.html", {"rendered": rendered})
    return JsonResponse({"html": html})


@for_editors
def upload(request: HttpRequest) -> JsonResponse:
    """Refuse a picture, and say so; nothing of it is kept."""
    return problem(gettext("Pictures cannot be added yet."), HTTPStatus.BAD_REQUEST)


def problem(message: str, status: HTTPStatus) -> JsonResponse:
    """What the editor is told when it does not work."""
    return JsonResponse({"error": message}, status=status)
