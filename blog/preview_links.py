"""Links with which somebody without an account reads a draft."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from blog import clock
from blog.models import Post, PreviewLink
from blog.publishing.obstacles import IN_WASTEBASKET, NotReadyError
from blog.publishing.permissions import require_change

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def make_link(post: Post, *, by: User, days: int) -> PreviewLink:
    """A way in to the newest draft, for so many days.

    Raises NotReadyError about a post in the wastebasket, and PermissionDenied when this user may
    not change the post.
    """
    post = post.locked()
    require_change(by, post)
    if post.deleted_at:
        raise NotReadyError(None, IN_WASTEBASKET)
    now = clock.now()
    return PreviewLink.objects.create(
        post=post, made_by=by, made_at=now, expires_at=now + timedelta(days=days)
    )


@transaction.atomic
def withdraw_link(link: PreviewLink, *, by: User) -> None:
    """Close a way in for good. Raises PermissionDenied as `make_link` does."""
    require_change(by, link.post.locked())
    # Of two clicks the first counts.
    working = PreviewLink.objects.filter(pk=link.pk, withdrawn_at=None)
    working.update(withdrawn_at=clock.now())
