"""Rules about rows of posts, each named once, so that no page can forget one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from blog.models import Post


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about posts and pages; they chain."""

    def kept(self) -> PostQuerySet:
        """All but what lies in the wastebasket."""
        return self.filter(deleted_at__isnull=True)

    def published(self, *, at: datetime | None = None) -> PostQuerySet:
        """What readers may see: live, begun, not yet expired and not thrown away."""
        now = at or timezone.now()
        begun = self.kept().filter(live_revision__isnull=False, published_at__lte=now)
        return begun.exclude(expires_at__lte=now)

    def in_state(self, state: str) -> PostQuerySet:
        """The rows for which `Post.state` is this state."""
        now = timezone.now()
        live = Q(live_revision__isnull=False)
        conditions = {
            "draft": ~live,
            "scheduled": live & Q(published_at__gt=now),
            "live": live & Q(published_at__lte=now) & ~Q(expires_at__lte=now),
            "expired": live & Q(published_at__lte=now, expires_at__lte=now),
        }
        return self.filter(conditions[state])

    def at_address(self, slug: str) -> PostQuerySet:
        """The post that has this slug, or had it before it was renamed."""
        return self.filter(addresses__slug=slug)

    def with_byline(self) -> PostQuerySet:
        """Theme and authors fetched along, so that a list of any length costs two queries."""
        return self.select_related("theme").prefetch_related("bylines__author")

    def newest_first(self) -> PostQuerySet:
        """In the order of a list; the row's number settles a tie, so pages are steady."""
        return self.order_by("-published_at", "-pk")


PostQuerySetManager = models.Manager.from_queryset(PostQuerySet)


class PostManager(PostQuerySetManager["Post"]):
    """Posts only: a plain page is never among them."""

    kind = "post"

    def get_queryset(self) -> PostQuerySet:
        return cast("PostQuerySet", super().get_queryset()).filter(kind=self.kind)

    def get_by_natural_key(self, uid: str) -> Post:
        """The post or page that a fixture names; revisions and addresses belong to both kinds."""
        return self.model._base_manager.get(uid=uid)


class PageManager(PostManager):
    """Plain pages only."""

    kind = "page"
