"""Rows that moderators read and nobody writes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from comments.admin.access import ModeratorsAdmin


class ReadOnlyAdmin(ModeratorsAdmin):
    """A list for moderators, without forms."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
