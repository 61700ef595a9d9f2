"""What readers see: a revision goes live now, or at its moment."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import OperationalError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog import clock
from blog.checking import count_soon
from blog.content import PostContent
from blog.earlier_ids import carry_over
from blog.log import day_and_time, named, record
from blog.models import LogRecord, PlannedChange, Post, Revision
from blog.publishing.obstacles import NotReadyError, claim_address, release_claims
from blog.publishing.permissions import require_permission
from blog.publishing.reviews import settle
from blog.publishing.row import put_on_row
from blog.rendering import TooComplexError, render
from blog.stored_renderings import follow_links, store_rendering

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

Action = LogRecord.Action


class PlanStandsError(Exception):
    """A change waits for its moment; whoever publishes now says what becomes of it."""

    def __init__(self, plan: PlannedChange) -> None:
        super().__init__(str(plan))
        self.plan = plan


@transaction.atomic
def publish(
    revision: Revision,
    *,
    by: User,
    at: datetime | None = None,
    notable: bool = False,
    keep_plan: bool | None = None,
    taking_over: bool = False,
) -> Post:
    """Make one revision what readers see, now; a first publication may have another date.

    A notable change moves the date of "updated". Publishing what is live already changes nothing
    else. `keep_plan` says whether a planned change stays; without an answer PlanStandsError asks
    for one. `taking_over` says that the address may be one that another post had; without it
    TakenBeforeError asks. Raises NotReadyError when something stands in the way, and
    PermissionDenied when this user may not publish.
    """
    post = revision.post.locked()
    require_permission(by, "publish", post)
    now = clock.now()
    plan = PlannedChange.objects.filter(post=post).first()
    if plan and keep_plan is None:
        raise PlanStandsError(plan)
    if not keep_plan:
        drop_plan(post, by=by)
    if post.live_revision == revision and post.is_published:
        if notable:
            post.changed_at = now
            post.save(update_fields=["changed_at"])
        return post
    moment = now if at is None or post.was_seen else at
    go_live(post, revision, by=by, notable=notable, at=moment, taking_over=taking_over)
    settle(post, revision, by=by)
    action = Action.PLANNED if moment > now else Action.PUBLISHED
    record(action, post, by=by, detail=when(revision, moment))
    return post


@transaction.atomic
def schedule(
    revision: Revision,
    *,
    by: User,
    at: datetime,
    notable: bool = False,
    taking_over: bool = False,
) -> Post:
    """Let one revision go live at a later moment; it takes the place of an earlier plan.

    What readers have never seen is put in the post's row at once, hidden by its date. A change of
    what they know waits as a `PlannedChange`: checked, and its address claimed. Raises
    NotReadyError, TakenBeforeError and PermissionDenied as `publish` does.
    """
    post = revision.post.locked()
    require_permission(by, "publish", post)
    if at <= clock.now():
        raise NotReadyError("moment", _("This moment has passed. Choose a later one."))
    if not post.was_seen:
        if (post.live_revision, post.published_at) == (revision, at) and not post.deleted_at:
            return post
        return publish(revision, by=by, at=at, keep_plan=False, taking_over=taking_over)
    same = {"revision": revision, "goes_live_at": at, "notable": notable}
    if PlannedChange.objects.filter(post=post, **same).exists():
        return post
    drop_plan(post, by=by)
    content = revision.content
    claim_address(post, content, begins_at=at, taking_over=taking_over)
    with complexity_in_the_way():
        render(content.body)
    PlannedChange.objects.create(
        post=post, revision=revision, goes_live_at=at, notable=notable, made_by=by
    )
    settle(post, revision, by=by)
    record(Action.PLANNED, post, by=by, detail=when(revision, at))
    return post


@transaction.atomic
def withdraw_plan(post: Post, *, by: User) -> bool:
    """Let a planned change not happen; its revision stays in the history. Whether there was one.

    Raises PermissionDenied when this user may not publish.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    return drop_plan(post, by=by)


def drop_plan(post: Post, *, by: User) -> bool:
    """Take away the plan of a post whose row is locked, and its claim; whether it had one."""
    plan = PlannedChange.objects.filter(post=post).first()
    if plan is None:
        return False
    plan.delete()
    slug = plan.revision.content.slug
    if not (post.live_revision and post.slug == slug):
        # Its moment may have passed, and other addresses may have gone live since then.
        post.addresses.filter(slug=slug, begins_at__gte=plan.goes_live_at).delete()
    record(Action.PLAN_WITHDRAWN, post, by=by, detail=when(plan.revision, plan.goes_live_at))
    return True


def apply_planned_changes() -> int:
    """Make every planned change live whose moment has come; how many."""
    due = PlannedChange.objects.filter(problem="", goes_live_at__lte=clock.now())
    posts = list(due.order_by("goes_live_at", "pk").values_list("post", flat=True))
    return sum(apply_planned_change(pk) for pk in posts)


@transaction.atomic
def apply_planned_change(pk: int) -> bool:
    """Make the planned change of a post live, if its moment has come; whether it went live.

    What stands in the way by then is kept with the plan, for the editors to see.
    """
    post = Post(pk=pk).locked()
    due = PlannedChange.objects.filter(post=pk, problem="", goes_live_at__lte=clock.now())
    plan = due.select_related("revision", "made_by").first()
    if plan is None:
        return False
    try:
        with transaction.atomic():
            go_live(
                post,
                plan.revision,
                by=plan.made_by,
                notable=plan.notable,
                at=plan.goes_live_at,
                taking_over=True,  # whoever planned it was asked
            )
            settle(post, plan.revision, by=plan.made_by)
    except OperationalError:
        # The database is busy, and not the plan at fault: the next look is another try.
        raise
    except Exception as error:
        plan.problem = problem_in_words(error)[:300]
        plan.save(update_fields=["problem"])
        record(Action.PLAN_FAILED, Post(pk=pk).locked(), by=plan.made_by, reason=plan.problem)
        return False
    plan.delete()
    detail = when(plan.revision, plan.goes_live_at)
    record(Action.PUBLISHED, post, by=plan.made_by, detail=detail)
    return True


def problem_in_words(error: Exception) -> str:
    """What the editors are told; one plan that breaks down holds up no other, and no start."""
    if isinstance(error, NotReadyError):
        return str(error)
    logger.error("A planned change broke down: %s", type(error).__name__, exc_info=error)
    return gettext("The site itself made an error. Publish the text by hand, or plan it anew.")


def go_live(
    post: Post,
    revision: Revision,
    *,
    by: User | None,
    notable: bool,
    at: datetime,
    taking_over: bool,
) -> None:
    """Copy a revision onto the post's locked row and save it, as it is from a moment on.

    The moment is the date of a first publication, which may be any; later it is the date of the
    change. Raises NotReadyError.
    """
    content, begins_at = revision.content, max(at, clock.now())
    seen = post.was_seen
    before = last_seen(post) if seen else None
    # What links to a post that was live at this address already leads there.
    moved = post.live_revision is None or post.slug != content.slug
    other = claim_address(post, content, begins_at=at, taking_over=taking_over)
    put_on_row(post, content)
    if before:
        carry_over_ids(post, old=before.content, new=content)
    if not seen:
        # Readers get this revision, and none that was planned before it.
        post.revisions.update(goes_live_at=None)
        post.published_at = at
    elif notable:
        post.changed_at = at
    if post.expires_at and post.expires_at <= begins_at:
        post.expires_at = None
    if post.expires_at is None:
        post.forget_ending()
    post.live_revision = revision
    with complexity_in_the_way():
        store_rendering(post)
    post.save()
    transaction.on_commit(partial(follow_links, post.pk, moved=moved))
    count_soon(post.pk)
    revision.goes_live_at = begins_at
    revision.save(update_fields=["goes_live_at"])
    plan = PlannedChange.objects.filter(post=post).first()
    release_claims(post, keeping={post.slug, plan.revision.content.slug if plan else ""})
    if before and before.content.slug != content.slug:
        detail = f"{before.content.slug} → {content.slug}"
        record(Action.RENAMED, post, by=by, detail=detail)
    if other:
        record(Action.RENAMED, post, by=by, detail=f"{content.slug} ← {other.title}")
        record(Action.RENAMED, other, by=by, detail=f"{content.slug} → {content.title}")


@contextmanager
def complexity_in_the_way() -> Iterator[None]:
    """Say of a text that cannot be rendered in good time that it cannot go live."""
    try:
        yield
    except TooComplexError as error:
        raise NotReadyError("body", str(error)) from error


def last_seen(post: Post) -> Revision | None:
    """The text that readers see, or saw last."""
    went_live = post.revisions.filter(goes_live_at__isnull=False).order_by("goes_live_at", "pk")
    return post.live_revision or went_live.last()


def carry_over_ids(post: Post, *, old: PostContent, new: PostContent) -> None:
    """Let links to sections of the text that readers saw until now land on the same ones."""
    with suppress(TooComplexError):
        post.earlier_ids = carry_over(
            post.earlier_ids,
            old=render(old.body).heading_ids,
            new=render(new.body).heading_ids,
        )


def when(revision: Revision, moment: datetime) -> str:
    """What the log says of a publication: which revision, and from when."""
    return f"{named(revision)} · {day_and_time(moment)}"
