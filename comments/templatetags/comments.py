"""What a post's template asks of the comments, without the blog knowing them."""

from __future__ import annotations

from django import template

from blog.models import Post
from comments.forms import CommentForm
from comments.threads import Thread, thread

register = template.Library()


@register.simple_tag
def comment_thread(post: Post) -> Thread:
    """The thread below a post."""
    return thread(post)


@register.simple_tag
def comment_form() -> CommentForm:
    """The empty form below a post."""
    return CommentForm()
