"""What a post's template asks of the comments, without the blog knowing them."""

from __future__ import annotations

from django import template
from django.http import Http404
from django.template.context import Context

from blog.models import Post
from blog.paging import LATER_PAGE
from comments.discussion import Discussion, discussion
from comments.forms import CommentForm
from comments.mail.outbox import NEEDS_A_LOOK
from comments.models import Report
from comments.privacy import retention
from comments.queue import waiting
from comments.threads import Thread, thread

register = template.Library()


@register.simple_tag(takes_context=True)
def comment_thread(context: Context, post: Post) -> Thread:
    """The page of the thread that `?reacties=` asks for; raises Http404 where there is none."""
    asked = context["request"].GET.get("reacties")
    if asked is not None and not LATER_PAGE.fullmatch(asked):
        raise Http404
    found = thread(post, int(asked or 1))
    if found.page > found.pages:
        raise Http404
    return found


@register.simple_tag(takes_context=True)
def comment_discussion(context: Context, post: Post) -> Discussion:
    """Whether the post takes comments now, and why not."""
    return discussion(post, context["site_settings"])


@register.simple_tag
def waiting_comments() -> int:
    """How many comments wait for a moderator."""
    return waiting().count()


@register.simple_tag
def reported_comments() -> int:
    """How many of those that wait were reported by a reader."""
    return waiting().filter(pk__in=Report.objects.waiting().values("comment")).count()


@register.simple_tag
def failed_mails() -> int:
    """How many mails did not go, or perhaps did: as many as their list begins with."""
    return retention.kept_mails().filter(status__in=NEEDS_A_LOOK).count()


@register.filter
def real_minus(number: str) -> str:
    """A number with the sign that is as wide as a digit in place of a hyphen."""
    return number.replace("-", "−")


@register.simple_tag
def comment_form(post: Post) -> CommentForm:
    """The empty form below a post."""
    return CommentForm(post=post)
