"""Letting a warning be, with the reason why; an error cannot be let be."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from blog import clock
from blog.checking import count_soon, report_on
from blog.log import record
from blog.models import LogRecord, Post, Waiver
from blog.publishing.obstacles import NotReadyError
from blog.publishing.permissions import require_permission

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def waive(post: Post, keys: Collection[str], *, by: User, note: str) -> list[Waiver]:
    """Let warnings of the newest text be, by the keys of their findings, with one reason for all.

    What is waived already, or was mended meanwhile, is passed over. Raises NotReadyError without
    a reason, and PermissionDenied when this user may not publish.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    if not note.strip():
        raise NotReadyError("note", _("Say why it may stand."))
    made: list[Waiver] = []
    newest = post.newest_revision
    if newest is None:
        return made
    for finding in report_on(post, newest.content).warnings:
        if finding.key not in keys or finding.key in {waiver.key for waiver in made}:
            continue
        waiver = Waiver.of(finding)
        waiver.post, waiver.revision = post, newest
        waiver.made_by, waiver.made_at, waiver.note = by, clock.now(), note.strip()
        waiver.save()
        made.append(waiver)
        record(LogRecord.Action.WAIVED, post, by=by, detail=finding.reason, reason=waiver.note)
    count_soon(post.pk)
    return made


@transaction.atomic
def withdraw_waiver(waiver: Waiver, *, by: User) -> bool:
    """Show a warning again; whether it was waived still.

    Raises PermissionDenied when this user may not publish.
    """
    post = waiver.post.locked()
    require_permission(by, "publish", post)
    standing = Waiver.objects.standing().filter(pk=waiver.pk)
    if not standing.update(withdrawn_at=clock.now(), withdrawn_by=by):
        return False
    record(LogRecord.Action.WAIVER_WITHDRAWN, post, by=by, detail=waiver.reason)
    count_soon(post.pk)
    return True
