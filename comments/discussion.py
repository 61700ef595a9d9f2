"""Whether visitors can comment on a post now, and which comments wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from blog import clock
from blog.models import Moderation, Post, SiteSettings


@dataclass(frozen=True)
class Discussion:
    """Whether a post takes comments; where it does not, since when and why."""

    is_open: bool
    # Which comments wait for a moderator.
    moderation: Moderation
    closed_at: datetime | None = None
    reason: str = ""
    # Closed by the site's term, not by an editor.
    by_term: bool = False


def discussion(post: Post, site_settings: SiteSettings) -> Discussion:
    """Where the discussion below a post stands at this moment; takes no query."""
    moderation = moderation_of(post, site_settings)
    if not post.comments_open:
        return Discussion(
            is_open=False,
            moderation=moderation,
            closed_at=post.comments_closed_at,
            reason=post.comments_closed_reason,
        )
    closes_at = closing_time(post, site_settings)
    if closes_at and closes_at <= clock.now():
        return Discussion(is_open=False, moderation=moderation, closed_at=closes_at, by_term=True)
    if post.is_archived:
        return Discussion(is_open=False, moderation=moderation, closed_at=post.expires_at)
    return Discussion(is_open=True, moderation=moderation)


def closing_time(post: Post, site_settings: SiteSettings) -> datetime | None:
    """When the site's term ends the discussion, if it has a term."""
    if post.published_at is None or not site_settings.comments_close_after:
        return None
    return post.published_at + timedelta(days=site_settings.comments_close_after)


def moderation_of(post: Post, site_settings: SiteSettings) -> Moderation:
    """Which comments on this post wait for a moderator."""
    return Moderation(post.comments_moderation or site_settings.moderation)
