"""A text that is not public, in the very page in which readers would see it."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from blog import clock
from blog.content import COLUMNS, PostContent
from blog.delivery.headers import private_page
from blog.further_reading import further_reading_of
from blog.models import Post, PreviewLink, SiteSettings, Tag, Theme, known_for
from blog.publishing.row import bylines
from blog.rendering import TooComplexError, render
from blog.taxonomy import up_to_date

# In the place of the key of a post, and of its address, that was never saved.
NO_ROW = 0
NO_SLUG = "voorbeeld"


@private_page
@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The newest draft of a post, for whoever was given its link; its permalink once it is live."""
    links = PreviewLink.objects.select_related(
        "post", "post__live_revision", "post__newest_revision"
    )
    link = links.filter(key=key).first()
    if link is None:
        return no_longer(request, HTTPStatus.NOT_FOUND)
    post, newest = link.post, link.post.newest_revision
    if link.withdrawn_at is None and post.is_readable and not post.has_newer_changes:
        return HttpResponseRedirect(post.get_absolute_url())
    if newest is None or not link.works:
        return no_longer(request, HTTPStatus.GONE)
    try:
        return preview_page(request, post, newest.content, until=link.expires_at)
    except TooComplexError:
        # A draft of before the limits were what they are.
        return no_longer(request, HTTPStatus.GONE)


def preview_page(
    request: HttpRequest, post: Post, content: PostContent, *, until: datetime | None = None
) -> HttpResponse:
    """The page of this post as it would be with this content. Raises TooComplexError."""
    today = up_to_date(content)
    site = SiteSettings.objects.current()
    shown = as_readers_would_see(post, today, shop_hosts=site.shops)
    context = {
        "is_preview": True,
        "layout": f"blog/{post.kind}_detail.html",
        "post": shown,
        "page": shown,
        # Asked here already, and once is enough.
        "site_settings": site,
        "related": further_reading_of(today, post=shown),
        "shown_to_readers": post.live_revision if post.is_readable else None,
        "digest": content.digest,
        "until": until,
    }
    return TemplateResponse(request, "blog/preview.html", context)


def no_longer(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """The same words for every link that does not work: of the post nothing shows."""
    message = gettext("This link does not work, or no longer. Ask whoever gave it to you.")
    return no_preview(request, message, status)


def no_preview(request: HttpRequest, message: str, status: HTTPStatus) -> HttpResponse:
    """A page that says why there is no preview."""
    context = {"message": message}
    return TemplateResponse(request, "blog/no_preview.html", context, status=status)


def as_readers_would_see(post: Post, content: PostContent, *, shop_hosts: frozenset[str]) -> Post:
    """This post with other content, by the slugs of today, in memory only. Raises TooComplexError.

    A theme, tag or author that is gone is left out, as it is when a revision goes live.
    """
    columns = {name: getattr(content, name) for name in COLUMNS}
    shown = Post(
        **columns | {"slug": content.slug or NO_SLUG},
        pk=post.pk or NO_ROW,
        kind=post.kind,
        theme=Theme.objects.filter(slug=content.theme).first(),
        published_at=post.published_at or clock.now(),
        changed_at=post.changed_at,
        earlier_ids=post.earlier_ids,
    )
    # As if fetched along with a row: no row has these yet.
    shown._prefetched_objects_cache = {  # type: ignore[attr-defined]  # noqa: SLF001
        "bylines": bylines(shown, content),
        "tags": list(Tag.objects.filter(slug__in=content.tags)),
    }
    known = known_for(content.body, shop_hosts=shop_hosts, paid=shown.is_paid)
    shown.rendered = render(content.body, known=known)
    return shown
