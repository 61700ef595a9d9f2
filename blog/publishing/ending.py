"""How a post ends: taken offline by an editor, or expired at its moment."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog import clock
from blog.log import day_and_time, record
from blog.models import LogRecord, Post
from blog.publishing.going_live import drop_plan
from blog.publishing.obstacles import IN_WASTEBASKET, NotReadyError, refuse_return, release_claims
from blog.publishing.permissions import require_permission
from blog.publishing.row import take_off_row
from blog.stored_renderings import follow_links

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def unpublish(post: Post, *, by: User, reason: str = "", leads_to: Post | None = None) -> Post:
    """Take a post away from readers; its text, addresses and date are kept.

    Whoever comes to its address is led to another post if one is given, or reads the reason. Of
    a post that is offline already this changes only what readers find there. A planned change is
    withdrawn. Raises NotReadyError about a way that leads back here, and PermissionDenied when
    this user may not publish.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    seen = post.was_seen
    if post.newest_revision is None or (post.live_revision is None and not seen):
        return post
    if not seen:
        # A date that passes later must not say otherwise.
        post.revisions.update(goes_live_at=None)
        post.published_at = None
    # It has ended: what returns has no end, as with what expired.
    post.expires_at = None
    drop_plan(post, by=by)
    take_off_row(post)
    release_claims(post)
    ending = Post.Ending.REDIRECT if leads_to else Post.Ending.GONE
    choose_ending(post, ending, reason=reason, leads_to=leads_to)
    post.save()
    transaction.on_commit(partial(follow_links, post.pk))
    action = LogRecord.Action.UNPUBLISHED if seen else LogRecord.Action.PLAN_WITHDRAWN
    record(action, post, by=by, detail=leading_to(leads_to), reason=reason)
    return post


@transaction.atomic
def set_expiry(
    post: Post,
    *,
    by: User,
    at: datetime | None,
    ending: str = Post.Ending.GONE,
    reason: str = "",
    leads_to: Post | None = None,
) -> Post:
    """Say when a post expires, if ever, and what readers find at its address from then on.

    Raises NotReadyError about a moment that has passed or comes before it appears, a way that
    leads nowhere, or errors in a text that had expired and would be seen again, and
    PermissionDenied when this user may not publish.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    if at and at <= clock.now() and at != post.expires_at:
        raise NotReadyError("expires_at", _("This moment has passed. Choose a later one."))
    if at and post.published_at and at <= post.published_at:
        raise NotReadyError("expires_at", _("It would end before it appears. Choose a later one."))
    if post.state == Post.State.EXPIRED and at != post.expires_at:
        refuse_return(post)
    post.expires_at = at
    if at:
        choose_ending(post, ending, reason=reason, leads_to=leads_to)
    else:
        post.forget_ending()
    post.save(update_fields=["expires_at", "ending", "gone_reason", "leads_to"])
    transaction.on_commit(partial(follow_links, post.pk))
    record(LogRecord.Action.EXPIRY_SET, post, by=by, detail=what_ends(post), reason=reason)
    return post


@transaction.atomic
def archive(post: Post, *, by: User, reason: str = "") -> Post:
    """Let a post expire now, and keep its text at its address, marked as archived.

    What has expired already keeps its moment. A planned change is withdrawn. Raises NotReadyError
    about what is neither live nor expired or lies in the wastebasket, and PermissionDenied when
    this user may not publish.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    if post.deleted_at:
        raise NotReadyError(None, IN_WASTEBASKET)
    if post.state not in {Post.State.LIVE, Post.State.EXPIRED}:
        raise NotReadyError("ending", _("Only what is live or has expired goes to the archive."))
    if post.state == Post.State.LIVE:
        post.expires_at = clock.now()
    drop_plan(post, by=by)
    choose_ending(post, Post.Ending.ARCHIVE, reason=reason, leads_to=None)
    post.save(update_fields=["expires_at", "ending", "gone_reason", "leads_to"])
    transaction.on_commit(partial(follow_links, post.pk))
    record(LogRecord.Action.EXPIRY_SET, post, by=by, detail=what_ends(post), reason=reason)
    return post


def choose_ending(post: Post, ending: str, *, reason: str, leads_to: Post | None) -> None:
    """What readers find instead: another post, that it is gone and why, or the archived text."""
    if ending != Post.Ending.REDIRECT:
        leads_to = None
    elif leads_to is None:
        raise NotReadyError("leads_to", _("Choose the post or page that readers are led to."))
    elif leads_to.pk == post.pk:
        raise NotReadyError("leads_to", _("Choose another post or page than this one."))
    elif post in leads_to.successors():
        raise NotReadyError("leads_to", _("That one is gone itself, and leads back to this one."))
    post.ending, post.gone_reason, post.leads_to = ending, reason, leads_to


def what_ends(post: Post) -> str:
    """What the log says of an end: when, and what readers find then."""
    if post.expires_at is None:
        return gettext("no end")
    found = leading_to(post.leads_to) or Post.Ending(post.ending).label
    return f"{day_and_time(post.expires_at)} · {found}"


def leading_to(post: Post | None) -> str:
    """What the log says of a redirect."""
    return f"→ {post.get_absolute_url()}" if post else ""
