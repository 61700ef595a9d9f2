"""A text that was checked and stays as it is: from then on the next check counts."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog import clock
from blog.content import PostContent
from blog.log import named, record
from blog.models import Address, LogRecord, PlannedChange, Post, Revision, SiteSettings, Tag
from blog.publishing.drafts import add_revision
from blog.publishing.going_live import go_live
from blog.publishing.obstacles import NotReadyError
from blog.publishing.permissions import require_permission
from blog.publishing.reviews import open_review
from blog.taxonomy import up_to_date

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def confirm_review(post: Post, *, by: User, on: date | None = None) -> Post:
    """Say that the text that readers see was checked, today or on a day, and nothing changed.

    It goes live at once with the new dates, and without another date of "updated". A newer draft
    and a planned change stay, with the new dates as well unless they tell of a check of their own.
    What was said of this day already changes nothing. Raises NotReadyError when the post is not
    live or nobody is known who checks it, and PermissionDenied when this user may not publish.
    """
    post = post.locked()
    require_permission(by, "publish", post)
    live, newest = post.live_revision, post.newest_revision
    if live is None or newest is None or not post.is_published:
        raise NotReadyError(None, _("Only what is live can be checked."))
    if not post.reviewed_by:
        raise NotReadyError("reviewed_by", _("Fill in who checks the text, and publish it."))
    on = on or clock.today()
    if on > clock.today():
        raise NotReadyError("reviewed_on", _("This day has yet to come."))
    due = months_after(on, SiteSettings.objects.current().review_months)
    if (post.reviewed_on, post.review_due_on) == (on, due):
        return post
    differs = post.has_newer_changes
    note = gettext("Checked, nothing changed")
    before = live.content
    after = replace(before, reviewed_on=on, review_due_on=due)
    revision = add_revision(post, without_gone(after), by=by, base=live, note=note)
    go_live(post, revision, by=by, notable=False, at=clock.now(), taking_over=False)
    keep_plan(post, but=newest, before=before, after=after, by=by)
    post.newest_revision = revision
    if differs:
        post.newest_revision = made_again(newest, post, before=before, after=after, by=by)
    take_the_place(newest, post.newest_revision)
    post.save(update_fields=["newest_revision"])
    detail = f"{named(revision)} · {date_format(on)} → {date_format(due)}"
    record(LogRecord.Action.CHECKED, post, by=by, detail=detail)
    return post


def without_gone(content: PostContent) -> PostContent:
    """The same content without the tags and posts that were removed since, as on the live row."""
    content = up_to_date(content)
    tags = set(Tag.objects.filter(slug__in=content.tags).values_list("slug", flat=True))
    addresses = Address.objects.filter(slug__in=content.related, post__kind=Post.Kind.POST)
    related = set(addresses.values_list("slug", flat=True))
    return replace(
        content,
        tags=tuple(slug for slug in content.tags if slug in tags),
        related=tuple(slug for slug in content.related if slug in related),
    )


def keep_plan(
    post: Post, *, but: Revision, before: PostContent, after: PostContent, by: User
) -> None:
    """Let a planned change not put the days of this check back to those of before.

    One of the newest draft is left to `take_the_place`.
    """
    plan = PlannedChange.objects.filter(post=post).exclude(revision=but).first()
    if plan:
        later = made_again(plan.revision, post, before=before, after=after, by=by)
        take_the_place(plan.revision, later)


def made_again(
    revision: Revision, post: Post, *, before: PostContent, after: PostContent, by: User
) -> Revision:
    """The same text as a new revision, with the days of the check that readers are now told of.

    A draft that says something else of who checked it, and when, goes on saying so.
    """
    content = revision.content
    if told_of_check(content) == told_of_check(before):
        on, due = after.reviewed_on, after.review_due_on
        content = replace(content, reviewed_on=on, review_due_on=due)
    return add_revision(post, content, by=by, base=revision, note=revision.note)


def told_of_check(content: PostContent) -> tuple[str, date | None, date | None]:
    """What readers are told of a check: by whom, when, and when the next is."""
    return content.reviewed_by, content.reviewed_on, content.review_due_on


def take_the_place(earlier: Revision, later: Revision) -> None:
    """Let the plan and the offer of one revision be about the other, which has the same text."""
    PlannedChange.objects.filter(revision=earlier).update(revision=later)
    review = open_review(earlier.post)
    if review and review.revision == earlier:
        review.revision = later
        review.save(update_fields=["revision"])


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
