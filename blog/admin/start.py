"""What the start page of the desk tells whoever logs in: what waits for them, and what comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from blog.admin.moments import in_words
from blog.admin.pages import address_of
from blog.admin.sittings import unsaved
from blog.log import day_and_time
from blog.models import PlannedChange, Post, Review
from blog.querysets import PostQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SHOWN = 5
COMING = 3
LARGE = ("body", "stored_rendering", "earlier_ids")


@dataclass(frozen=True)
class Task:
    """One text, where to go on with it, and what is the matter."""

    title: str
    address: str
    detail: str


@dataclass(frozen=True)
class Pile:
    """Texts that wait for the same, and where all of them are listed, if anywhere."""

    heading: str
    tasks: list[Task]
    address: str = ""

    @property
    def top(self) -> list[Task]:
        """Those that the page shows."""
        return self.tasks[:SHOWN]

    @property
    def rest(self) -> int:
        """How many there are beyond those."""
        return len(self.tasks) - len(self.top)


@dataclass(frozen=True)
class Desk:
    """What waits for somebody, and what will happen by itself."""

    waiting: list[Pile]
    coming: list[Task]


def desk_of(user: User) -> Desk:
    """The start page of this user: four queries, and some for each text that was not saved."""
    publishes = any(user.has_perm(f"blog.publish_{kind}") for kind in Post.Kind.values)
    if not publishes and not user.has_perm("blog.add_post"):
        return Desk([], [])
    plans = list(plans_in_order())
    piles = [not_saved(user), *reviews_for(user, publishes=publishes)]
    if publishes:
        piles.append(failed([plan for plan in plans if plan.problem]))
    coming = [*first_publications(), *(planned(plan) for plan in plans if not plan.problem)]
    soonest = sorted(coming, key=lambda pair: pair[0])[:COMING]
    return Desk([pile for pile in piles if pile.tasks], [task for _moment, task in soonest])


def not_saved(user: User) -> Pile:
    """What this user typed in a form and did not save."""
    copies = unsaved(user)
    text = ngettext(
        "%(count)d text that you typed was not saved",
        "%(count)d texts that you typed were not saved",
        len(copies),
    )
    tasks = [
        Task(copy.title, copy.choice_address, moment(copy.sitting.typed_at)) for copy in copies
    ]
    return Pile(text % {"count": len(copies)}, tasks)


def reviews_for(user: User, *, publishes: bool) -> Iterator[Pile]:
    """What came back to this user, and what waits for the editors: all of it, or their own."""
    of_whom = (
        Q(offered_by=user) | Q(outcome=Review.Outcome.OPEN) if publishes else Q(offered_by=user)
    )
    rows = Review.objects.standing().filter(of_whom).order_by("offered_at", "pk")
    rows = rows.select_related("post", "offered_by", "decided_by")
    reviews = list(
        rows.defer(*(f"post__{name}" for name in LARGE)).annotate(
            drafted_title=F("post__newest_revision__snapshot__title")
        )
    )
    returned = [review for review in reviews if review.decided_at]
    waiting = [review for review in reviews if not review.decided_at]
    text = ngettext(
        "%(count)d text came back to you with a remark",
        "%(count)d texts came back to you with a remark",
        len(returned),
    )
    tasks = [task(review, who=review.decided_by, at=review.decided_at) for review in returned]
    yield Pile(text % {"count": len(returned)}, tasks)
    if publishes:
        text = ngettext(
            "%(count)d text was offered for review",
            "%(count)d texts were offered for review",
            len(waiting),
        )
    else:
        text = ngettext(
            "%(count)d text of yours waits for the editors",
            "%(count)d texts of yours wait for the editors",
            len(waiting),
        )
    tasks = [task(review, who=review.offered_by, at=review.offered_at) for review in waiting]
    address = f"{reverse('admin:blog_post_changelist')}?state=offered"
    yield Pile(text % {"count": len(waiting)}, tasks, address)


def task(review: Any, *, who: User | None, at: datetime | None) -> Task:
    """A review as a line: which text, and who did what when."""
    detail = f"{who or '–'}, {moment(at)}"
    return Task(review.drafted_title, address_of("change", review.post), detail)


def moment(at: datetime | None) -> str:
    """A moment in a few signs."""
    return day_and_time(at) if at else ""


def plans_in_order() -> Any:
    """Every planned change of what is not thrown away, with the title that it brings."""
    plans = PlannedChange.objects.filter(post__deleted_at=None).select_related("post")
    plans = plans.defer(*(f"post__{name}" for name in LARGE))
    return plans.annotate(planned_title=F("revision__snapshot__title")).order_by("goes_live_at")


def failed(plans: list[Any]) -> Pile:
    """Plans that something stood in the way of."""
    text = ngettext(
        "%(count)d planned change did not go live",
        "%(count)d planned changes did not go live",
        len(plans),
    )
    tasks = [
        Task(plan.planned_title, address_of("publish", plan.post), plan.problem) for plan in plans
    ]
    return Pile(text % {"count": len(plans)}, tasks)


def planned(plan: Any) -> tuple[datetime, Task]:
    """A change that goes live by itself."""
    detail = gettext("change, %(moment)s") % {"moment": in_words(plan.goes_live_at)}
    address = address_of("change", plan.post)
    return plan.goes_live_at, Task(plan.planned_title, address, detail)


def first_publications() -> Iterator[tuple[datetime, Task]]:
    """What readers will see for the first time, the soonest first."""
    posts = PostQuerySet(Post).in_state(Post.State.SCHEDULED).kept().order_by("published_at", "pk")
    for post in posts.defer(*LARGE)[:COMING]:
        if post.published_at:
            detail = in_words(post.published_at)
            yield post.published_at, Task(post.title, address_of("change", post), detail)
