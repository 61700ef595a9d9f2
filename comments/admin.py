"""The moderators' side: comments are decided about, never rewritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from authors.accounts import account
from comments import moderation
from comments.models import Comment, Decision

DECISIONS: dict[str, Callable[..., Comment]] = {
    "_approve": moderation.approve,
    "_reject": moderation.reject,
    "_spam": moderation.mark_spam,
}


class DecisionInline(admin.TabularInline[Decision, Comment]):
    """What was decided before."""

    model = Decision
    fields = readonly_fields = ("status", "made_by", "reason", "made_at")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("comments.moderate_comment")


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin[Comment]):
    view_on_site = False
    change_form_template = "admin/comments/comment/change_form.html"
    list_display = ["excerpt", "status", "name", "post_link", "created_at"]
    list_filter = ["status", "created_at"]
    search_fields = ["name", "text", "post__title"]
    ordering = ["-created_at", "-pk"]
    actions = ["approve", "reject", "mark_spam"]
    fields = readonly_fields = (
        "name",
        "text",
        "post_link",
        "parent",
        "status",
        "created_at",
        "approved_at",
    )
    inlines = [DecisionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).select_related("post", "parent")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_moderate_permission(request)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """Whether this user may decide about comments."""
        return request.user.has_perm("comments.moderate_comment")

    @admin.display(description=_("comment"))
    def excerpt(self, comment: Comment) -> str:
        """The first words."""
        return Truncator(comment.text).chars(80)

    @admin.display(description=_("post"), ordering="post__title")
    def post_link(self, comment: Comment) -> str:
        """The post, or the comment's own place on it."""
        title = Truncator(str(comment.post)).chars(40)
        if not comment.post.is_published:
            return title
        public = comment.status == Comment.Status.APPROVED
        address = (comment if public else comment.post).get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, title)

    # --- Deciding ---------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        """The three buttons of the form; a comment's words are the visitor's."""
        for button, decide in DECISIONS.items():
            if button in request.POST:
                decide(obj, by=account(request), reason=request.POST.get("reason", "")[:200])

    def response_change(self, request: HttpRequest, obj: Comment) -> HttpResponse:
        """Back to the list, where the next one waits."""
        obj.refresh_from_db()
        label = obj.get_status_display()
        self.message_user(request, f"{obj}: {label}", messages.SUCCESS)
        return self.response_post_save_change(request, obj)

    @admin.action(description=_("Approve"), permissions=["moderate"])
    def approve(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide(request, comments, moderation.approve)

    @admin.action(description=_("Reject"), permissions=["moderate"])
    def reject(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide(request, comments, moderation.reject)

    @admin.action(description=_("Mark as spam"), permissions=["moderate"])
    def mark_spam(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self.decide(request, comments, moderation.mark_spam)

    def decide(
        self, request: HttpRequest, comments: QuerySet[Comment], decision: Callable[..., Comment]
    ) -> None:
        """The same decision about every comment that was ticked."""
        for comment in comments:
            decision(comment, by=account(request))
        count = len(comments)
        message = ngettext("%(count)d comment decided.", "%(count)d comments decided.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)
