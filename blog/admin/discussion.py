"""The comments of posts in the list: opened, closed, and moderated in another way."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog import publishing
from blog.admin.confirmation import ask, is_confirmed
from blog.admin.forms import PlainText
from blog.models import Moderation, Post
from blog.querysets import PostQuerySet


class ClosingForm(forms.Form):
    """What visitors are told who can no longer comment."""

    reason = PlainText(
        label=_("Reason for readers"),
        max_length=Post._meta.get_field("comments_closed_reason").max_length,
        required=False,
        help_text=_("Optional, at most 200 characters. It stands below the comments."),
    )


class ModerationForm(forms.Form):
    """Which comments on these posts wait for a moderator."""

    moderation = forms.ChoiceField(
        label=_("Moderation"),
        choices=[("", _("As on the whole site")), *Moderation.choices],
        required=False,
        widget=forms.RadioSelect,
    )


class DiscussionAdmin(admin.ModelAdmin[Post]):
    """Says which posts can be commented on, and which comments wait for a moderator."""

    @admin.action(description=_("Open for comments"), permissions=["publish"])
    def open_comments(self, request: HttpRequest, posts: PostQuerySet) -> None:
        for post in posts:
            publishing.open_comments(post, by=account(request), opened=True)
        self.message_user(request, gettext("Visitors can comment."), messages.SUCCESS)

    @admin.action(description=_("Close for comments…"), permissions=["publish"])
    def close_comments(self, request: HttpRequest, posts: PostQuerySet) -> HttpResponse | None:
        form = ClosingForm(request.POST if is_confirmed(request) else None)
        if not form.is_valid():
            return ask(
                self,
                request,
                "admin/blog/close_comments.html",
                selected=posts,
                title=gettext("Close for comments"),
                form=form,
                posts=posts,
            )
        for post in posts:
            publishing.open_comments(
                post, by=account(request), opened=False, reason=form.cleaned_data["reason"]
            )
        self.message_user(request, gettext("Visitors can no longer comment."), messages.SUCCESS)
        return None

    @admin.action(description=_("Moderation of comments…"), permissions=["publish"])
    def moderate_comments(self, request: HttpRequest, posts: PostQuerySet) -> HttpResponse | None:
        chosen = {post.comments_moderation for post in posts}
        form = ModerationForm(
            request.POST if is_confirmed(request) else None,
            initial={"moderation": chosen.pop() if len(chosen) == 1 else None},
        )
        if not form.is_valid():
            return ask(
                self,
                request,
                "admin/blog/moderate_comments.html",
                selected=posts,
                title=gettext("Moderation of comments"),
                form=form,
                posts=posts,
            )
        for post in posts:
            publishing.moderate_comments(
                post, by=account(request), moderation=form.cleaned_data["moderation"]
            )
        self.message_user(request, gettext("The moderation was changed."), messages.SUCCESS)
        return None
