"""Rules about rows of comments, each named once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from blog.models import Post
    from comments.models import Comment


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments; they chain."""

    def approved(self) -> CommentQuerySet:
        """What readers may see."""
        return self.filter(status="approved")

    def in_thread(self, post: Post) -> CommentQuerySet:
        """A post's approved comments, oldest first, and removed ones that still have a reply."""
        replies = self.model._default_manager.filter(parent=OuterRef("pk"), status="approved")
        shown = Q(status="approved") | Exists(replies)
        return self.filter(shown, post=post).order_by("created_at", "pk")


CommentQuerySetManager = models.Manager.from_queryset(CommentQuerySet)


class CommentManager(CommentQuerySetManager["Comment"]):
    def get_by_natural_key(self, uid: str) -> Comment:
        """The comment that a fixture names."""
        return self.get(uid=uid)
