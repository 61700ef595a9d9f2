"""Rules about rows of comments, each named once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from comments.models import Comment


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments; they chain."""

    def approved(self) -> CommentQuerySet:
        """What readers may see."""
        return self.filter(status="approved")

    def waiting(self) -> CommentQuerySet:
        """What a moderator has to look at, what waits longest first."""
        return self.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")


CommentQuerySetManager = models.Manager.from_queryset(CommentQuerySet)


class CommentManager(CommentQuerySetManager["Comment"]):
    def get_by_natural_key(self, uid: str) -> Comment:
        """The comment that a fixture names."""
        return self.get(uid=uid)
