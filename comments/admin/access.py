"""Who may open the moderators' pages, and how their script is told that somebody may not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from authors.accounts import account
from comments.moderation import may_moderate, require_moderator

View = Callable[..., HttpResponse]


class ModeratorsAdmin(admin.ModelAdmin[Any]):
    """A part of the admin that is open to who may decide about comments, and to nobody else."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_moderate_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_moderate_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_moderate_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_moderate_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_moderate_permission(request)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """What an action of a list asks for."""
        return may_moderate(request.user)


def moderators_only(view: View) -> Callable[..., HttpResponseBase]:
    """A page of the admin for who may moderate.

    The script gets a refusal as JSON: it would take the login page for an answer.
    """

    @wraps(view)
    def permitted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_moderator(account(request))
        return view(request, *args, **kwargs)

    page = admin.site.admin_view(permitted)

    @wraps(view)
    def judged(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not wants_json(request):
            return page(request, *args, **kwargs)
        if not admin.site.has_permission(request):
            return refusal()
        try:
            answer = page(request, *args, **kwargs)
        except PermissionDenied:
            return refusal()
        # Django's page about a missing token is for people.
        return refusal() if answer.status_code == HTTPStatus.FORBIDDEN else answer

    # The token is judged by `admin_view`.
    return csrf_exempt(never_cache(judged))


def wants_json(request: HttpRequest) -> bool:
    """Whether it is the script that asks."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def refusal() -> JsonResponse:
    """What the script is told when somebody may not."""
    message = gettext("You may not do this. Log in again.")
    return JsonResponse({"error": message}, status=HTTPStatus.FORBIDDEN)
