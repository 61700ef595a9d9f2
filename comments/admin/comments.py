"""The list of all comments: to find one, and to decide about several at once."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from comments import queue
from comments.admin.access import ModeratorsAdmin, View, moderators_only
from comments.admin.comment_page import comment_page
from comments.admin.deciding import decide, decide_several, undo
from comments.admin.erasing import erase
from comments.admin.filters import PostFilter, ReportedFilter, WaitingFilter
from comments.admin.numbers import number
from comments.admin.queue import queue as queue_view
from comments.admin.redaction import redact
from comments.admin.visitors import visitor
from comments.models import Comment
from comments.moderation import ChangedError, require_moderator
from comments.privacy import retention
from comments.queue import Seen


@admin.register(Comment)
class CommentAdmin(ModeratorsAdmin):
    change_list_template = "admin/comments/comment/change_list.html"
    list_display = ["name", "words", "state", "post_filter"]
    list_filter = ["status", WaitingFilter, ReportedFilter, PostFilter]
    list_per_page = 50
    search_fields = ["name", "text", "post__title"]
    # As they were sent, newest first; the number has an index.
    ordering = ["-pk"]
    actions = ["approve", "reject", "mark_spam"]

    class Media:
        css = {"all": ["css/admin/queue.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        kept = retention.kept_comments(Comment.objects.all())
        return kept.select_related("post").defer("html", "post__body", "post__stored_rendering")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # Else the address of the list could ask for the keys of receipts, sign by sign.
        filters = {WaitingFilter, ReportedFilter, PostFilter}
        own = {"status", *(choice.parameter_name for choice in filters)}
        return lookup.partition("__")[0] in own

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, View, str]] = [
            ("wachtrij/", queue_view, "queue"),
            ("beslissen/", decide_several, "decide_several"),
            ("ongedaan/", undo, "undo"),
            ("bezoeker/", visitor, "visitor"),
            ("<int:pk>/beslissen/", decide, "decide"),
            ("<int:pk>/aanpassen/", redact, "redact"),
            ("<int:pk>/wissen/", erase, "erase"),
        ]
        return [
            *(
                path(route, moderators_only(view), name=f"comments_comment_{name}")
                for route, view, name in pages
            ),
            *super().get_urls(),
        ]

    # --- One comment ------------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Everything about one comment; its words are the visitor's, so there is no form."""
        require_moderator(account(request))
        return comment_page(request, number(object_id) or 0)

    # --- Who may ----------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what has replies cannot go, and erasing leaves its place."""
        return False

    # --- The list ---------------------------------------------------------------------------

    @admin.display(description=_("comment"), ordering="created_at")
    def words(self, comment: Comment) -> str:
        """All that readers would see, and in the form what a decision about it is about.

        Of what a report or another wording waits for, the list shows too little to decide.
        """
        sent = date_format(timezone.localtime(comment.created_at), "SHORT_DATETIME_FORMAT")
        shown = format_html(
            '<span class="list-sent">{}</span><div class="list-text" tabindex="0">{}</div>',
            sent,
            comment.text,
        )
        if comment.newest_version > comment.version:
            return shown
        field = '{}<input type="hidden" name="seen-{}" value="{}">'
        return format_html(field, shown, str(comment.pk), str(Seen.of(comment, reports=0)))

    @admin.display(description=_("status"), ordering="status")
    def state(self, comment: Comment) -> str:
        """Where it stands, and whether something about it waits."""
        label = comment.get_status_display()
        if comment.waiting_since is None or comment.status == Comment.Status.PENDING:
            return label
        waits = gettext("edit waits") if comment.has_waiting_edit else gettext("reported")
        address = reverse("admin:comments_comment_change", args=[comment.pk])
        return format_html('{} <a href="{}" class="state">{}</a>', label, address, waits)

    @admin.display(description=_("post"), ordering="post__title")
    def post_filter(self, comment: Comment) -> str:
        """The post, as a filter of this list."""
        title = Truncator(str(comment.post)).chars(40)
        return format_html(
            '<a href="?{}={}">{}</a>', PostFilter.parameter_name, comment.post_id, title
        )

    # --- Deciding about what was ticked -----------------------------------------------------

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if "approve" in actions and request.GET.get("status__exact") == Comment.Status.SPAM:
            function, name, _description = actions["approve"]
            actions["approve"] = (function, name, gettext("Approve after all"))
        return actions

    @admin.action(description=_("Approve"), permissions=["moderate"])
    def approve(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide(request, comments, "approve")

    @admin.action(description=_("Reject"), permissions=["moderate"])
    def reject(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide(request, comments, "reject")

    @admin.action(description=_("Mark as spam"), permissions=["moderate"])
    def mark_spam(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide(request, comments, "spam")

    def decide(self, request: HttpRequest, comments: QuerySet[Comment], choice: str) -> None:
        """The same decision about every comment that was ticked, as far as the list showed it."""
        decided = left = 0
        for comment in comments:
            seen = Seen.read(request.POST.get(f"seen-{comment.pk}", ""))
            try:
                queue.decide(comment, choice, by=account(request), seen=seen)
            except ChangedError:
                left += 1
            else:
                decided += 1
        message = ngettext("%(count)d comment decided.", "%(count)d comments decided.", decided)
        self.message_user(request, message % {"count": decided}, messages.SUCCESS)
        if left:
            message = ngettext(
                "%(count)d comment was left as it is, because there is more about it than the list"
                " showed: a report, an edit, or a change of a moment ago. Open it to decide.",
                "%(count)d comments were left as they are, because there is more about them than"
                " the list showed: a report, an edit, or a change of a moment ago. Open them to"
                " decide.",
                left,
            )
            self.message_user(request, message % {"count": left}, messages.WARNING)
