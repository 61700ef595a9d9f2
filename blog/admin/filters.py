"""The filter that leaves the wastebasket out of the list of posts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class WastebasketFilter(admin.SimpleListFilter):
    """What was thrown away shows only when asked for."""

    title = _("wastebasket")
    parameter_name = "wastebasket"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("In the wastebasket"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "yes":
            return queryset.exclude(deleted_at__isnull=True)
        return queryset.kept()
