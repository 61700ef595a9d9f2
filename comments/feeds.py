"""The comments below one post, for feed readers."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from blog.delivery.headers import public_page
from blog.models import Post
from blog.rendering import typeset
from blog.rendering.markdown import clean
from comments.formatting import formatted
from comments.models import Comment

NEWEST = 50


class CommentFeed(Atom1Feed):
    """Atom in which an item has its whole text, and a feed without items is as old as its post."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["description"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        """When the feed last changed; Django's own answer for an empty one is another each time."""
        begun: datetime = self.feed["begun"]
        return super().latest_post_date() if self.items else begun


@public_page
def comment_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest comments below a post, as Atom."""
    post = get_object_or_404(Post.objects.readable().at_address(slug))
    address = reverse("comments:comment_feed", args=[post.slug])
    if post.slug != slug:
        return HttpResponsePermanentRedirect(address)
    feed = CommentFeed(
        title=clean(_("Comments on “%(title)s”") % {"title": typeset(post.title)}),
        link=f"{settings.SITE_URL}{post.get_absolute_url()}#reacties",
        description=None,
        language=settings.LANGUAGE_CODE,
        feed_url=f"{settings.SITE_URL}{address}",
        # Neither the post's own name nor an address, which changes with the slug.
        feed_guid=uuid.uuid5(post.uid, "comments").urn,
        begun=post.published_at,
    )
    newest = post.comments.approved().select_related("parent").order_by("-created_at", "-pk")
    for comment in newest[:NEWEST]:
        add_comment(feed, comment)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def add_comment(feed: CommentFeed, comment: Comment) -> None:
    """One comment as an item, with nothing but what the page shows."""
    moments = filter(None, [comment.decided_at, comment.redacted_at])
    feed.add_item(
        title=title(comment),
        link=f"{settings.SITE_URL}{comment.get_absolute_url()}",
        description=content(comment),
        # XML cannot hold all that a name may hold.
        author_name=clean(comment.name),
        # Not in the title, where a visitor could write the same.
        categories=[comment.get_badge_display()] if comment.badge else [],
        unique_id=comment.uid.urn,
        pubdate=comment.created_at,
        updateddate=max(moments),
    )


def title(comment: Comment) -> str:
    """Who says it, and to whom."""
    names = {"name": clean(comment.name)}
    if comment.parent is None:
        return names["name"]
    if not comment.parent.is_public:
        return _("%(name)s in reply to a removed comment") % names
    names["parent"] = clean(comment.parent.name)
    return _("%(name)s in reply to %(parent)s") % names


def content(comment: Comment) -> SafeString:
    """The text, and whether editors changed it."""
    html = formatted(comment)
    if comment.redacted_at:
        html = format_html("{}<p>{}</p>", html, _("Adapted by the editors."))
    return html
