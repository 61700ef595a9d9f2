"""How the change form is opened: its address says from which revision it starts.

A browser that goes back, reloads or was restarted asks for the form anew and puts in it what was
typed before. The address is all else that it has kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect

from authors.accounts import account
from blog import sittings
from blog.admin.history import revision_called
from blog.models import Post, Revision, Sitting

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin

# The queries with which a form is opened: the number of a revision, and the key of a sitting of
# which the text is gone on with.
STARTS_FROM = "vanaf"
TAKE_UP = "verder"


def named_base(request: HttpRequest, post: Post | None) -> Revision | None:
    """The revision from which the address says that the form starts, if the post has it."""
    if request.method != "GET" or post is None:
        return None
    return revision_called(post, request.GET.get(STARTS_FROM, ""))


def taken_up(admin: ContentAdmin, request: HttpRequest, post: Post | None) -> Sitting | None:
    """The sitting with which somebody goes on, when the form is opened for that."""
    if request.method != "GET" or not (key := as_key(request.GET.get(TAKE_UP))):
        return None
    mine = sittings.copies_of(account(request)).filter(kind=admin.opts.model_name, post=post)
    return mine.filter(key=key).first()


def starting_from(base: Revision, request: HttpRequest) -> HttpResponseRedirect:
    """To the same form, at the address that names its base."""
    query = request.GET.copy()
    query[STARTS_FROM] = str(base.number)
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def as_key(typed: object) -> UUID | None:
    """The key of a sitting, if this is one."""
    try:
        return UUID(str(typed))
    except ValueError:
        return None
