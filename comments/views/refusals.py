"""Polite pages for what cannot be done, where nothing was typed that could be lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from comments.intake.limits import LimitError
from comments.intake.origin import Origin, judge

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def own_forms_only(view: View[P]) -> View[P]:
    """Let no form of another site change anything; whoever was led there reads why."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and judge(request) is Origin.FOREIGN:
            template = "comments/elsewhere.html"
            return TemplateResponse(request, template, status=HTTPStatus.FORBIDDEN)
        return view(request, *args, **kwargs)

    return guarded


def dead_link(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A private address that leads nowhere, or not any more."""
    template, context = "comments/dead_link.html", {"reason": reason}
    return TemplateResponse(request, template, context, status=HTTPStatus.NOT_FOUND)


def too_often(request: HttpRequest, error: LimitError) -> HttpResponse:
    """Something that this network did too often."""
    response = TemplateResponse(
        request,
        "comments/too_often.html",
        {"error": error},
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response["Retry-After"] = str(error.retry_after)
    return response
