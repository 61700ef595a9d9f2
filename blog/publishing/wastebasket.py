"""The wastebasket: out of readers' sight and nothing lost, until it is removed for ever."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from blog import clock
from blog.log import record
from blog.models import LogRecord, Post
from blog.publishing.permissions import require_permission
from blog.stored_renderings import follow_addresses, follow_links

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def throw_away(post: Post, *, by: User, reason: str = "") -> None:
    """Put a post in the wastebasket, with its comments; readers no longer see it.

    Raises PermissionDenied when this user may not throw it away.
    """
    post = post.locked()
    require_permission(by, "delete", post)
    if post.deleted_at:
        # The first moment stays: it says whether readers ever saw the post.
        return
    post.deleted_at = clock.now()
    post.save(update_fields=["deleted_at"])
    record(LogRecord.Action.THROWN_AWAY, post, by=by, reason=reason)
    transaction.on_commit(partial(follow_links, post.pk))


@transaction.atomic
def take_back(post: Post, *, by: User) -> None:
    """Take a post out of the wastebasket, as it was. Raises as `throw_away` does."""
    post = post.locked()
    require_permission(by, "delete", post)
    if post.deleted_at is None:
        return
    post.deleted_at = None
    post.save(update_fields=["deleted_at"])
    record(LogRecord.Action.TAKEN_BACK, post, by=by)
    transaction.on_commit(partial(follow_links, post.pk))


@transaction.atomic
def remove(post: Post, *, by: User | None) -> bool:
    """Remove what lies in the wastebasket for ever, with its comments; whether it lay there.

    Its addresses are free again. `by` is nobody where time does it. Raises PermissionDenied when
    this user may not throw it away.
    """
    if by:
        require_permission(by, "delete", post)
    # Not `locked`: other rows may point at one that is held that way, and this one goes.
    row = Post._base_manager.select_for_update().filter(pk=post.pk).first()
    if row is None or row.deleted_at is None:
        return False
    addresses = list(row.addresses.values_list("slug", flat=True))
    led_here = Post._base_manager.filter(leads_to=row, ending=Post.Ending.REDIRECT)
    led_here.update(leads_to=None, ending=Post.Ending.GONE)
    record(LogRecord.Action.REMOVED, row, by=by)
    row.delete()
    transaction.on_commit(partial(follow_addresses, addresses))
    return True


def empty_wastebasket() -> int:
    """Remove what has lain there for longer than its term; how many posts."""
    since = clock.now() - timedelta(days=Post.DAYS_IN_WASTEBASKET)
    past = Post._base_manager.filter(deleted_at__lte=since)
    return sum(remove(post, by=None) for post in past.only("pk", "kind"))
