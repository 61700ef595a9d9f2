"""A copy of a post, to begin the next one from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from authors.accounts import account
from blog import publishing
from blog.admin.pages import address_of

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin


def make_copy(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a post and go on in the copy; whoever only follows the address changes nothing."""
    post = admin.existing(request, pk, may="view")
    if request.method != "POST":
        return HttpResponseRedirect(address_of("change", post))
    copied = publishing.copy(post, by=account(request))
    message = gettext("This is a copy of “%(title)s”. Give it a title of its own.")
    admin.message_user(request, message % {"title": post.newest_title}, messages.SUCCESS)
    return HttpResponseRedirect(address_of("change", copied))
