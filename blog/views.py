"""The blog's public pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control

from authors.models import Author
from blog.delivery.headers import public_page
from blog.models import Page, Post, Theme
from blog.paging import page_of

POSTS_ON_HOME = 9
# Browsers remember a permanent redirect; an hour, because names come back.
REDIRECT_SECONDS = 3_600


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The newest post large, the next ones below."""
    posts = list(Post.objects.published().newest_first().with_byline()[:POSTS_ON_HOME])
    context = {"lead_post": posts[0] if posts else None, "posts": posts[1:]}
    return TemplateResponse(request, "blog/home.html", context)


@public_page
def post_list(request: HttpRequest) -> HttpResponse:
    """All posts, newest first."""
    context = {"page_obj": page_of(Post.objects.published(), request)}
    return TemplateResponse(request, "blog/post_list.html", context)


@public_page
def theme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One theme and its posts."""
    theme = get_object_or_404(Theme, slug=slug)
    context = {"theme": theme, "page_obj": page_of(theme.posts.published(), request)}
    return TemplateResponse(request, "blog/theme_detail.html", context)


@public_page
def author_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One author and everything they have published."""
    author = get_object_or_404(Author, slug=slug)
    context = {"author": author, "page_obj": page_of(author.posts.published(), request)}
    return TemplateResponse(request, "blog/author_detail.html", context)


@public_page
def post_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One post at its permalink."""
    post = Post.objects.published().with_byline().filter(slug=slug).first()
    if post is None:
        return moved(Post.objects.published().at_address(slug).first())
    return TemplateResponse(request, "blog/post_detail.html", {"post": post})


@public_page
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One plain page."""
    page = Page.objects.published().filter(slug=slug).first()
    if page is None:
        return moved(Page.objects.published().at_address(slug).first())
    return TemplateResponse(request, "blog/page_detail.html", {"page": page})


def moved(post: Post | None) -> HttpResponse:
    """One redirect from an earlier address to today's; raises Http404 where there is no post."""
    if post is None:
        raise Http404
    response = HttpResponse(status=301, headers={"Location": post.get_absolute_url()})
    patch_cache_control(response, public=True, max_age=REDIRECT_SECONDS)
    return response
