"""Writes down what is done behind the desk, in the transaction in which it is done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from blog.models import LogRecord, Post, Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Action = LogRecord.Action
# Of the comments it might keep what a visitor wrote; they have a log of their own.
APPS = ("auth", "authors", "blog")
# What Django's own log of the admin calls a deed, and what ours does.
DEEDS = {ADDITION: Action.ADDED, CHANGE: Action.CHANGED, DELETION: Action.REMOVED}


def record(
    action: LogRecord.Action,
    post: Post,
    *,
    by: User | None,
    detail: str = "",
    reason: str = "",
) -> None:
    """Note what somebody did to a post; `by` is nobody where time did it."""
    note(
        action,
        kind=post.kind,
        subject=str(post.uid),
        title=post.title,
        by=by,
        detail=detail,
        reason=reason,
    )


def note(
    action: LogRecord.Action,
    *,
    kind: str,
    subject: str,
    title: str,
    by: User | None,
    detail: str = "",
    reason: str = "",
) -> None:
    """Note what somebody did to anything; never a word that a visitor wrote."""
    LogRecord.objects.create(
        action=action,
        by=by,
        by_name=str(by or ""),
        kind=kind,
        subject=subject,
        title=title[:200],
        detail=detail[:500],
        reason=reason,
    )


def named(revision: Revision) -> str:
    """A revision, in a detail."""
    return gettext("revision %(number)d") % {"number": revision.number}


def day_and_time(moment: datetime) -> str:
    """A moment on the clock of the site, in a detail: with its year, for it is kept for long."""
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def keeps(label: str, kind: str) -> bool:
    """Whether what Django's admin did to such things is noted here; posts have use cases."""
    return label in APPS and kind not in Post.Kind.values


def copy_entry(instance: LogEntry, *, created: bool, **kwargs: Any) -> None:
    """Keep a line of Django's own log of the admin, which goes when its account goes."""
    kind = instance.content_type
    if created and kind and keeps(kind.app_label, kind.model):
        note(
            DEEDS[instance.action_flag],
            kind=kind.model,
            subject=instance.object_id or "",
            title=instance.object_repr,
            by=instance.user,
            detail=instance.get_change_message(),
        )
