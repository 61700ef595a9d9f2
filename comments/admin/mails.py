"""The outbox: which mails did not go, or perhaps did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.admin.read_only import ReadOnlyAdmin
from comments.mail import jobs
from comments.mail.outbox import NEEDS_A_LOOK
from comments.models import Mail
from comments.privacy import retention

ALL = "all"


class MailStatusFilter(admin.SimpleListFilter):
    """Unless asked otherwise, what an editor has to look at."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Mail.Status.choices, (ALL, _("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mail]) -> QuerySet[Mail]:
        if self.value() in Mail.Status.values:
            return queryset.filter(status=self.value())
        return queryset if self.value() == ALL else queryset.filter(status__in=NEEDS_A_LOOK)

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The first one, Django's “All”, is ours to name."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("Needs a look")}
        yield from others


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    change_list_template = "admin/comments/mail/change_list.html"
    list_display = ["purpose", "recipient", "status", "attempts", "status_at", "answer"]
    list_display_links = None
    list_filter = [MailStatusFilter, "purpose"]
    list_select_related = ["email", "user"]
    ordering = ["-status_at", "-pk"]
    fields = ["purpose", "recipient", "status", "attempts", "made_at", "status_at", "answer"]
    actions = ["send_again", "give_up"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        kept = retention.kept_mails().values("pk")
        return super().get_queryset(request).filter(pk__in=kept)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # With an account go the mails to it.
        return self.has_moderate_permission(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description=_("to"))
    def recipient(self, mail: Mail) -> str:
        """A moderator by name; of a visitor's address no more than tells two of them apart."""
        if mail.email is None:
            return str(mail.user)
        return mail.email.masked

    @admin.action(description=_("Send again"), permissions=["moderate"])
    def send_again(self, request: HttpRequest, mails: QuerySet[Mail]) -> None:
        count = sum(jobs.send_again(mail) for mail in mails.filter(status__in=NEEDS_A_LOOK))
        message = ngettext("%(count)d mail goes once more.", "%(count)d mails go once more.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Never mind"), permissions=["moderate"])
    def give_up(self, request: HttpRequest, mails: QuerySet[Mail]) -> None:
        _all, by_kind = mails.filter(status__in=NEEDS_A_LOOK).delete()
        count = by_kind.get(Mail._meta.label, 0)
        message = ngettext(
            "%(count)d mail was taken off the list.",
            "%(count)d mails were taken off the list.",
            count,
        )
        self.message_user(request, message % {"count": count}, messages.SUCCESS)
