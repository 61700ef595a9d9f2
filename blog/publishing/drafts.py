"""Keeping what was written: every save is a revision, and none is ever edited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from blog.checking import count_soon
from blog.content import PostContent
from blog.log import named, record
from blog.models import LogRecord, Post, Revision
from blog.publishing.permissions import require_change, require_permission
from blog.publishing.row import put_on_row
from blog.taxonomy import up_to_date

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TITLE_LENGTH = Post._meta.get_field("title").max_length or 0
NOTE_LENGTH = Revision._meta.get_field("note").max_length or 0


class StaleRevisionError(Exception):
    """Somebody else saved since this copy was opened; nothing was written."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(str(newest))
        self.newest = newest


@transaction.atomic
def save_draft(
    post: Post,
    content: PostContent,
    *,
    by: User,
    base: Revision | None,
    note: str = "",
    restored_from: Revision | None = None,
) -> Revision:
    """Keep this content as the newest revision; what readers see of a live post stays as it is.

    `base` is the revision that the editor started from. Content equal to the newest revision
    makes no new one. Raises StaleRevisionError when `base` is no longer the newest, and
    PermissionDenied when this user may not change the post.
    """
    if post.pk is None:
        require_permission(by, "add", post)
        post.save()
        post = post.locked()
    else:
        post = post.locked()
        require_change(by, post)
    newest, live = post.newest_revision, post.live_revision
    today = up_to_date(content)
    if newest and today == up_to_date(newest.content):
        return newest
    if newest and newest != base:
        raise StaleRevisionError(newest)
    if live and live != newest and today == up_to_date(live.content):
        # Under the names that its theme and tags had then, so that it counts as no change.
        content = live.content
    revision = add_revision(post, content, by=by, base=base, note=note, restored_from=restored_from)
    post.newest_revision = revision
    if post.live_revision is None:
        put_on_row(post, content)
    post.save()
    count_soon(post.pk)
    if restored_from:
        is_live = restored_from == post.live_revision
        action = LogRecord.Action.DISCARDED if is_live else LogRecord.Action.RESTORED
        # Which draft was left, or which text came back.
        left = newest if is_live and newest else restored_from
        record(action, post, by=by, detail=f"{named(left)} → {named(revision)}")
    return revision


@transaction.atomic
def restore(revision: Revision, *, by: User, base: Revision | None) -> Revision:
    """Make an earlier text the newest one again, as a new revision; nothing newer is lost.

    Raises StaleRevisionError and PermissionDenied as `save_draft` does.
    """
    return save_draft(revision.post, revision.content, by=by, base=base, restored_from=revision)


@transaction.atomic
def discard(post: Post, *, by: User, base: Revision | None) -> Revision:
    """Go on from what readers see: the working copy stays in the history only.

    Raises StaleRevisionError and PermissionDenied as `save_draft` does, and ValueError when the
    post is not live.
    """
    post = post.locked()
    if post.live_revision is None:
        raise ValueError("Only the draft of a live post can be discarded.")
    live = post.live_revision
    return save_draft(post, live.content, by=by, base=base, restored_from=live)


@transaction.atomic
def copy(post: Post, *, by: User) -> Post:
    """A new draft with the newest text of a post, and without what is true of that one alone.

    Nobody has checked the copy, and nothing in it was put right. Raises PermissionDenied when this
    user may not add posts.
    """
    content = post.newest_revision.content if post.newest_revision else post.content
    title, words = content.title, gettext("%(title)s (copy)")
    # A long title is cut off before these words.
    room = TITLE_LENGTH - len(words % {"title": ""})
    copied = replace(
        content,
        title=words % {"title": title[:room]},
        slug="",
        reviewed_by="",
        reviewed_on=None,
        review_due_on=None,
        corrections=(),
    )
    note = gettext("Copy of “%(title)s”") % {"title": title}
    draft = Post(kind=post.kind)
    return save_draft(draft, copied, by=by, base=None, note=note[:NOTE_LENGTH]).post


@transaction.atomic
def keep_recovery_copy(
    post: Post, content: PostContent, *, by: User, base: Revision | None, sitting: UUID
) -> Revision:
    """Keep what somebody typed and never saved in the history; it is nobody's newest draft.

    A text that the history has already, of this sitting or as the newest draft, adds nothing.
    Asks for no permission: it was typed by who had it then, and may have lost it since.
    """
    post = post.locked()
    if known := post.revisions.filter(sitting=sitting, digest=content.digest).first():
        return known
    newest = post.newest_revision
    if newest and newest.digest == content.digest:
        return newest
    return add_revision(post, content, by=by, base=base, sitting=sitting)


def add_revision(
    post: Post,
    content: PostContent,
    *,
    by: User,
    base: Revision | None,
    note: str = "",
    restored_from: Revision | None = None,
    sitting: UUID | None = None,
) -> Revision:
    """One more snapshot of a post whose row is locked, with the next number."""
    return Revision.objects.create(
        post=post,
        number=(post.revisions.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        base=base,
        restored_from=restored_from,
        sitting=sitting,
        snapshot=content.as_json(),
        digest=content.digest,
        note=note,
        made_by=by,
    )
