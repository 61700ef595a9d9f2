"""Lists over several pages, with steady addresses: page one has none of its own."""

from __future__ import annotations

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest

from blog.models import Post
from blog.querysets import PostQuerySet

POSTS_A_PAGE = 20


def page_of(posts: PostQuerySet, request: HttpRequest) -> Page[Post]:
    """The page that `?pagina=` asks for; raises Http404 past the end and for anything else."""
    asked = request.GET.get("pagina")
    if asked == "1":
        raise Http404
    try:
        return Paginator(posts.newest_first().with_byline(), POSTS_A_PAGE).page(asked or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
