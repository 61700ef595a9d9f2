"""“Checked, nothing changed”: the button on the form of a live post, and the action of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from authors.accounts import account
from blog import publishing
from blog.admin.pages import BUSY, address_of
from blog.models import Post
from blog.publishing import NotReadyError

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin
    from blog.querysets import PostQuerySet


def confirm_review(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the live text was checked; whoever only follows the address changes nothing."""
    post = admin.existing(request, pk, may="publish")
    if request.method == "POST":
        if problem := problem_with(post, request):
            admin.message_user(request, problem, messages.ERROR)
        else:
            post.refresh_from_db(fields=["review_due_on"])
            message = gettext("Readers see that the text was checked today. Next check: %(day)s.")
            told = {"day": date_format(post.review_due_on) if post.review_due_on else "–"}
            admin.message_user(request, message % told, messages.SUCCESS)
    return HttpResponseRedirect(address_of("change", post))


def confirm_reviews(admin: ContentAdmin, request: HttpRequest, posts: PostQuerySet) -> None:
    """Say the same of several posts, and name those of which it cannot be said."""
    count = 0
    for post in posts:
        if problem := problem_with(post, request):
            link = format_html('<a href="{}">{}</a>', address_of("change", post), post.title)
            admin.message_user(request, format_html("{}: {}", link, problem), messages.WARNING)
        else:
            count += 1
    if count:
        message = ngettext(
            "Readers see that one post was checked today.",
            "Readers see that %(count)d posts were checked today.",
            count,
        )
        admin.message_user(request, message % {"count": count}, messages.SUCCESS)


def problem_with(post: Post, request: HttpRequest) -> str:
    """Confirm the check of a post; what stood in the way, if anything did."""
    try:
        publishing.confirm_review(post, by=account(request))
    except NotReadyError as obstacle:
        return gettext("Not kept as checked: %(problem)s") % {"problem": obstacle}
    except OperationalError:
        return str(BUSY)
    return ""
