"""Lists over several pages, with steady addresses: page one has none of its own."""

from __future__ import annotations

import re

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest

from blog.models import Post
from blog.querysets import PostQuerySet

POSTS_A_PAGE = 20
# One way to write each number from 2 on: every page has one address.
LATER_PAGE = re.compile(r"[2-9]|[1-9][0-9]{1,8}")


def page_of(posts: PostQuerySet, request: HttpRequest) -> Page[Post]:
    """The page that `?pagina=` asks for; raises Http404 past the end and for anything else."""
    asked = request.GET.get("pagina")
    if asked is not None and not LATER_PAGE.fullmatch(asked):
        raise Http404
    try:
        return Paginator(posts.newest_first(), POSTS_A_PAGE).page(asked or 1)
    except EmptyPage as error:
        raise Http404 from error
