"""The log in the admin: what was done to what, by whom and why; nobody writes in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin import actions
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog.log import day_and_time, keeps, note
from blog.models import LogRecord, Post


class KindFilter(admin.SimpleListFilter):
    """Posts, pages, themes and so on, as far as the log has any."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        kinds = LogRecord.objects.order_by("kind").values_list("kind", flat=True).distinct()
        return [(kind, name_of(kind)) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class LogList(ChangeList):
    """One page of the log; what is still there can be opened."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        records = list(self.result_list)
        there = addresses(records, request)
        for record in records:
            record.address = there.get((record.kind, record.subject))
        self.result_list = records


@admin.register(LogRecord)
class LogRecordAdmin(admin.ModelAdmin[LogRecord]):
    list_display = ["moment", "who", "deed", "reason"]
    list_display_links = None
    list_filter = ["action", KindFilter, ("by_name", admin.AllValuesFieldListFilter)]
    list_per_page = 50
    search_fields = ["title"]
    date_hierarchy = "at"
    sortable_by = []  # always the latest first

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LogList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A short title: there is nothing to select."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.display(description=_("at"))
    def moment(self, record: LogRecord) -> str:
        """Day and time in a few signs."""
        return day_and_time(record.at)

    @admin.display(description=_("by"))
    def who(self, record: LogRecord) -> str:
        """The name that the account had, or that time did it."""
        return record.by_name or gettext("the site itself")

    @admin.display(description=_("what"))
    def deed(self, record: Any) -> str:
        """What was done to what, with a link while that is there."""
        title: str = record.title
        if record.address:
            title = format_html('<a href="{}">{}</a>', record.address, title)
        deed = format_html("{}: {} “{}”", record.get_action_display(), name_of(record.kind), title)
        return format_html("{}<br>{}", deed, record.detail) if record.detail else deed


def model_of(kind: str) -> type[Model] | None:
    """What the admin has of this kind."""
    models = (model for model in apps.get_models() if model._meta.model_name == kind)
    return next((model for model in models if admin.site.is_registered(model)), None)


def name_of(kind: str) -> str:
    """A kind as an editor reads it."""
    model = model_of(kind)
    return str(model._meta.verbose_name) if model else kind


def addresses(records: Iterable[LogRecord], request: HttpRequest) -> dict[tuple[str, str], str]:
    """Where to open what these records are about, as far as it is there and may be looked at.

    One query for each kind of thing.
    """
    subjects = defaultdict(set)
    for record in records:
        if record.subject:
            subjects[record.kind].add(record.subject)
    found = {}
    for kind, named in subjects.items():
        model = model_of(kind)
        if model is None or not admin.site.get_model_admin(model).has_view_permission(request):
            continue
        key = "uid" if kind in Post.Kind.values else "pk"
        rows = admin.site.get_model_admin(model).get_queryset(request)
        name = f"admin:{model._meta.app_label}_{kind}_change"
        for subject, pk in rows.filter(**{f"{key}__in": named}).values_list(key, "pk"):
            found[kind, str(subject)] = reverse(name, args=[pk])
    return found


@wraps(actions.delete_selected)
def delete_selected(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> Any:
    """Django's own action; it logs several rows at once, of which no signal tells."""
    going = [(str(row.pk), str(row)) for row in rows]
    answer: HttpResponse | None = actions.delete_selected(model_admin, request, rows)
    opts = model_admin.opts
    if answer is None and len(going) > 1 and keeps(opts.app_label, opts.model_name):
        for pk, title in going:
            note(
                LogRecord.Action.REMOVED,
                kind=opts.model_name,
                subject=pk,
                title=title,
                by=account(request),
            )
    return answer


admin.site.add_action(delete_selected)
