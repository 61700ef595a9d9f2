"""The log of what was erased."""

from __future__ import annotations

from django.contrib import admin

from comments.admin.read_only import ReadOnlyAdmin
from comments.models import Erasure


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "wish", "comments", "made_by"]
    list_display_links = None
    list_select_related = ["made_by"]
