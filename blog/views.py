"""The blog's public pages."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from authors.models import Author
from blog.archive import neighbours, posts_of, years
from blog.delivery.headers import private_page, public_page
from blog.front_page import bands
from blog.further_reading import further_reading
from blog.models import Page, Post, Tag, Theme
from blog.paging import page_of
from blog.querysets import PostQuerySet
from blog.search import look_for, typed_query

NEW_POSTS = 4


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The newest post large, the next ones below, and then a band for each theme."""
    posts = list(Post.objects.published().newest_first().with_byline()[: 1 + NEW_POSTS])
    context = {
        "lead_post": posts[0] if posts else None,
        "posts": posts[1:],
        "bands": bands(without=posts),
    }
    return TemplateResponse(request, "blog/home.html", context)


@public_page
def post_list(request: HttpRequest) -> HttpResponse:
    """All posts, newest first."""
    context = {"page_obj": page_of(Post.objects.published(), request)}
    return TemplateResponse(request, "blog/post_list.html", context)


@public_page
def theme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One theme and its posts."""
    theme = Theme.objects.at_slug(slug)
    if theme is None:
        raise Http404
    if theme.slug != slug:
        return moved(theme)
    context = {"theme": theme, "page_obj": page_of(theme.posts.published(), request)}
    return TemplateResponse(request, "blog/theme_detail.html", context)


@public_page
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One tag and its posts; a tag without public posts has no page."""
    tag = Tag.objects.at_slug(slug)
    if tag is None or not tag.posts.published().exists():
        raise Http404
    if tag.slug != slug:
        return moved(tag)
    context = {"tag": tag, "page_obj": page_of(tag.posts.published(), request)}
    return TemplateResponse(request, "blog/tag_detail.html", context)


@public_page
def author_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One author and everything they have published."""
    author = get_object_or_404(Author, slug=slug)
    context = {"author": author, "page_obj": page_of(author.posts.published(), request)}
    return TemplateResponse(request, "blog/author_detail.html", context)


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """Every year and month that holds posts."""
    return TemplateResponse(request, "blog/archive.html", {"years": years()})


@public_page
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The posts of one year, month by month."""
    periods = years()
    period = next((each for each in periods if each.number == year), None)
    if period is None:
        raise Http404
    newer, older = neighbours(periods, period)
    context = {
        "year": period,
        "newer": newer,
        "older": older,
        "page_obj": page_of(posts_of(year), request),
    }
    return TemplateResponse(request, "blog/archive_year.html", context)


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The posts of one month."""
    periods = [period for whole_year in years() for period in whole_year.months]
    period = next((each for each in periods if (each.year, each.number) == (year, month)), None)
    if period is None:
        raise Http404
    newer, older = neighbours(periods, period)
    context = {
        "month": period,
        "newer": newer,
        "older": older,
        "page_obj": page_of(posts_of(year, month), request),
    }
    return TemplateResponse(request, "blog/archive_month.html", context)


@private_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What contains the words that a reader typed."""
    query = typed_query(request.GET.get("q", ""))
    context = {
        "query": query,
        "page_obj": page_of(look_for(query), request),
        "themes": Theme.objects.all(),
    }
    return TemplateResponse(request, "blog/search.html", context)


@public_page
def post_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One post at its permalink."""
    post = Post.objects.readable().with_byline().with_tags().filter(slug=slug).first()
    if post is None:
        return elsewhere(request, Post.objects.at_address(slug))
    context = {"post": post, "related": further_reading(post)}
    return TemplateResponse(request, "blog/post_detail.html", context)


@public_page
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One plain page."""
    page = Page.objects.readable().filter(slug=slug).first()
    if page is None:
        return elsewhere(request, Page.objects.at_address(slug))
    return TemplateResponse(request, "blog/page_detail.html", {"page": page})


def elsewhere(request: HttpRequest, posts: PostQuerySet) -> HttpResponse:
    """Where a post went that no longer answers here: a redirect, or the news that it is gone.

    Raises Http404 for what readers have never seen.
    """
    post = posts.first()
    if post is None or not (post.is_readable or post.was_seen):
        raise Http404
    if leads_to := next((each for each in (post, *post.successors()) if each.is_readable), None):
        return moved(leads_to)
    # Not the post itself: of what is gone nothing shows but the reason.
    context = {"reason": post.gone_reason}
    return TemplateResponse(request, "410.html", context, status=HTTPStatus.GONE)


def moved(to: Post | Theme | Tag) -> HttpResponse:
    """One redirect from an earlier address to today's.

    Who keeps it has to ask again each time, as with every public page: a browser would remember a
    permanent redirect, and go round in circles once a name comes back.
    """
    return HttpResponsePermanentRedirect(to.get_absolute_url())
