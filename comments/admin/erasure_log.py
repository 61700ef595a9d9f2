"""The log of what was erased."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.admin.read_only import ReadOnlyAdmin
from comments.models import Erasure


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "wish", "size", "made_by"]
    list_display_links = None
    list_select_related = ["made_by"]

    class Media:
        css = {"all": ["css/admin/queue.css"]}

    @admin.display(description=_("comments"), ordering="comments")
    def size(self, erasure: Erasure) -> str:
        """How much it was; a narrow screen shows no heads of columns."""
        text = ngettext("%(count)d comment", "%(count)d comments", erasure.comments)
        return text % {"count": erasure.comments}
