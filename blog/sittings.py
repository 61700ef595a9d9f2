"""What editors type between two saves: kept while they type, over nothing, and offered again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from blog.content import PostContent
from blog.models import Post, Revision, Sitting
from blog.publishing import keep_recovery_copy
from blog.publishing.permissions import require_change, require_permission

if TYPE_CHECKING:
    from datetime import datetime

# The fields of a form as they were sent.
Typed = dict[str, list[str]]

# An open form tells three times as often that somebody is there.
PRESENT_FOR = timedelta(seconds=60)
ENDS_AFTER = timedelta(minutes=30)
KEPT_FOR = timedelta(days=30)
AT_MOST = 50
# So many characters less, and less than half of them left, is more than an edit.
MANY_CHARACTERS = 200


class TooManySittingsError(Exception):
    """This editor has more texts that were not saved than we keep."""


@dataclass(frozen=True)
class OpenForm:
    """Which form an editor has open: of a post, or of one that is yet to be saved."""

    kind: str
    post: Post | None
    new_uid: UUID | None
    base: Revision | None


# --- While somebody types -------------------------------------------------------------------------


@transaction.atomic
def sit_down(key: UUID, form: OpenForm, *, by: User) -> Sitting:
    """The sitting of an open form, in which its editor was seen now.

    Raises PermissionDenied about a post that this user may not change and about the sitting of
    somebody else, and TooManySittingsError.
    """
    if form.post:
        # Before the sitting, as everywhere: what was typed may become a revision.
        require_change(by, form.post.locked())
    else:
        require_permission(by, "add", Post(kind=form.kind))
    sitting = Sitting.objects.select_for_update().filter(key=key).first()
    if sitting is None:
        make_room(by)
        sitting = Sitting(key=key, user=by, kind=form.kind, base=form.base)
    elif sitting.user_id != by.pk or (sitting.post and sitting.post != form.post):
        raise PermissionDenied
    sitting.post, sitting.new_uid = form.post, form.new_uid
    sitting.seen_at = timezone.now()
    sitting.save()
    return sitting


def make_room(user: User) -> None:
    """Let this user have one sitting more. Raises TooManySittingsError."""
    mine = Sitting.objects.filter(user=user)
    if mine.count() < AT_MOST:
        return
    mine.filter(typed={}).delete()
    if mine.count() >= AT_MOST:
        raise TooManySittingsError


def keep(
    sitting: Sitting, typed: Typed, *, base: Revision | None, at: datetime | None = None
) -> None:
    """Let what was typed by now take the place of what was typed before, in this sitting only.

    `base` is the revision that the text builds on.
    """
    now = timezone.now()
    # Whatever the clock of a device says, it is newer than what the history has of this sitting.
    if at is None or Revision.objects.filter(sitting=sitting.key).exists():
        at = now
    sitting.typed, sitting.base = typed, base
    sitting.typed_at = min(at, now)
    sitting.save(update_fields=["typed", "typed_at", "base"])


def much_vanishes(sitting: Sitting, typed: Typed) -> bool:
    """Whether a great part of the text would be gone at once."""
    before, after = (len("".join(fields.get("body", ()))) for fields in (sitting.typed, typed))
    return after < before / 2 and before - after > MANY_CHARACTERS


@transaction.atomic
def set_aside(sitting: Sitting, content: PostContent) -> Revision | None:
    """Keep what was typed apart from the sitting: in the history of its post, if it has one yet."""
    if sitting.post is None:
        Sitting.objects.create(
            key=uuid.uuid4(),
            user=sitting.user,
            kind=sitting.kind,
            new_uid=sitting.new_uid,
            typed=sitting.typed,
            typed_at=sitting.typed_at,
        )
        return None
    return keep_recovery_copy(
        sitting.post, content, by=sitting.user, base=sitting.base, sitting=sitting.key
    )


# --- When it ends ---------------------------------------------------------------------------------


def saved(key: UUID | None, post: Post, *, by: User) -> None:
    """All that was typed in this sitting is saved; called in the transaction of the save."""
    mine = Sitting.objects.filter(user=by)
    if key:
        mine.filter(key=key).delete()
    # What vanished while the post was new belongs to it now.
    mine.filter(post=None, new_uid=post.uid).update(post=post)


def leave(key: UUID, *, by: User) -> None:
    """The form was closed; what was typed and not saved stays."""
    Sitting.objects.filter(key=key, user=by, typed={}).delete()


@transaction.atomic
def end(sitting: Sitting, content: PostContent) -> Revision | None:
    """Be done with what was typed: it stays in the history, or goes if the post never was saved."""
    revision = set_aside(sitting, content) if sitting.post else None
    sitting.delete()
    return revision


@transaction.atomic
def keep_in_history(sitting: Sitting, content: PostContent) -> None:
    """Let a copy that nobody came back to become a revision; its editor is still offered it."""
    if not is_unsaved(sitting, content):
        sitting.delete()
    elif revision := set_aside(sitting, content):
        # The history may have had it since long before.
        sitting.typed_at = min(sitting.typed_at or revision.made_at, revision.made_at)
        sitting.save(update_fields=["typed_at"])


def held(sitting: Sitting) -> Sitting | None:
    """An idle sitting until the transaction ends, with its post; nothing if it is idle no more."""
    if sitting.post:
        sitting.post.locked()
    return idle().select_for_update().filter(pk=sitting.pk).first()


def idle() -> QuerySet[Sitting]:
    """Sittings that ended without a save, and are not in the history yet, the oldest first."""
    copy = Revision.objects.filter(sitting=OuterRef("key"), made_at__gte=OuterRef("typed_at"))
    ended = Sitting.objects.filter(seen_at__lt=timezone.now() - ENDS_AFTER)
    unsaved = ended.exclude(post=None).exclude(typed={}).exclude(Exists(copy))
    return unsaved.order_by("pk")


def clear_away() -> None:
    """Forget empty sittings that ended, and copies that nobody asked for in a month."""
    now = timezone.now()
    Sitting.objects.filter(typed={}, seen_at__lt=now - ENDS_AFTER).delete()
    Sitting.objects.filter(seen_at__lt=now - KEPT_FOR).delete()


# --- Who is there, and what is offered ------------------------------------------------------------


def colleagues_at(post: Post, *, besides: User) -> list[User]:
    """Who else has the form of this post open at this moment."""
    present = post.sittings.filter(seen_at__gt=timezone.now() - PRESENT_FOR)
    others = User.objects.filter(sittings__in=present).exclude(pk=besides.pk)
    return list(others.distinct().order_by("pk"))


def copies_of(user: User) -> QuerySet[Sitting]:
    """What this user typed and did not save, the newest first."""
    mine = Sitting.objects.filter(user=user).exclude(typed={})
    return mine.select_related("post__newest_revision", "base").order_by("-typed_at", "-pk")


def base_of(sitting: Sitting) -> Revision | None:
    """The revision on which what was typed builds, if its post has any.

    What was typed before the first save builds on no later one than that.
    """
    if sitting.base or sitting.post is None:
        return sitting.base
    return sitting.post.revisions.order_by("number").first()


def is_unsaved(sitting: Sitting, content: PostContent) -> bool:
    """Whether what was typed stands in no revision that somebody saved."""
    if sitting.post is None:
        return content != PostContent()
    was_saved = sitting.post.revisions.filter(sitting=None, digest=content.digest)
    return not was_saved.exists()
