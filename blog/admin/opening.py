"""How the change form is opened: its address says from which revision it starts.

A browser that goes back, reloads or was restarted asks for the form anew and puts in it what was
typed before. The address is all else that it has kept.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest

from authors.accounts import account
from blog import sittings
from blog.admin.history import revision_called
from blog.admin.pages import address_of
from blog.models import Post, Revision, Sitting

if TYPE_CHECKING:
    from blog.admin.posts import ContentAdmin

# The queries with which a form is opened: the number of a revision, and the key of a sitting of
# which the text is gone on with.
STARTS_FROM = "vanaf"
TAKE_UP = "verder"


def base_asked_for(
    request: HttpRequest, post: Post | None, taken_up: Sitting | None
) -> Revision | None:
    """The revision from which a form that is opened starts, when that need not be the newest.

    The address names it, or the text that is taken up was typed on it; of two it is the earlier.
    """
    if request.method != "GET" or post is None:
        return None
    named = revision_called(post, request.GET.get(STARTS_FROM, ""))
    bases = [named, sittings.base_of(taken_up) if taken_up else None]
    return min(filter(None, bases), key=attrgetter("number"), default=None)


def taken_up(admin: ContentAdmin, request: HttpRequest, post: Post | None) -> Sitting | None:
    """The sitting with which somebody goes on, when the form is opened for that."""
    if request.method != "GET" or not (key := as_key(request.GET.get(TAKE_UP))):
        return None
    mine = sittings.copies_of(account(request)).filter(kind=admin.opts.model_name, post=post)
    return mine.filter(key=key).first()


def is_named(base: Revision, request: HttpRequest) -> bool:
    """Whether the address names this revision."""
    return request.GET.get(STARTS_FROM) == str(base.number)


def address_naming(base: Revision, request: HttpRequest) -> str:
    """The form that was asked for, at the address that names its base."""
    query = request.GET.copy()
    query[STARTS_FROM] = str(base.number)
    return f"{request.path}?{query.urlencode()}"


def form_address(post: Post) -> str:
    """The form with the newest text of a post, as this instance knows it."""
    form, base = address_of("change", post), post.newest_revision
    return f"{form}?{STARTS_FROM}={base.number}" if base else form


def newest_address(request: HttpRequest) -> str:
    """The same form with the newest text."""
    query = request.GET.copy()
    for name in {STARTS_FROM, TAKE_UP} & query.keys():
        del query[name]
    return f"{request.path}?{query.urlencode()}".removesuffix("?")


def as_key(typed: object) -> UUID | None:
    """The key of a sitting, if this is one."""
    try:
        return UUID(str(typed))
    except ValueError:
        return None
