"""Actions that ask once more, on a page of their own, before they do anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin, helpers
from django.db.models import Model
from django.http import HttpRequest
from django.template.response import TemplateResponse

CONFIRM = "_confirm"


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the editor comes from the page that asks."""
    return CONFIRM in request.POST


def ask(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    template: str,
    *,
    selected: Iterable[Model],
    **context: Any,
) -> TemplateResponse:
    """The page that asks; its form sends the same action for the same rows."""
    return TemplateResponse(
        request,
        template,
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "action": request.POST["action"],
            "selected_name": helpers.ACTION_CHECKBOX_NAME,
            "selected": [row.pk for row in selected],
            "confirm_name": CONFIRM,
            **context,
        },
    )
