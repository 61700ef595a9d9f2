"""What the start page of the desk tells whoever logs in: what waits for them, and what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from blog import publishing
from blog.admin.findings import in_numbers
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
    # Beside these tasks.
    more: int = 0

    @property
    def top(self) -> list[Task]:
        """Those that the page shows."""
        return self.tasks[:SHOWN]

    @property
    def rest(self) -> int:
        """How many there are beyond those."""
        return len(self.tasks) - len(self.top) + self.more


@dataclass(frozen=True)
class Desk:
    """What waits for somebody, and what will happen by itself."""

    waiting: list[Pile]
    coming: list[Task]


def desk_of(user: User) -> Desk:
    """The start page of this user: seven queries, and some for each text that was not saved."""
    publishes = [kind for kind in Post.Kind.values if user.has_perm(f"blog.publish_{kind}")]
    writes = [kind for kind in Post.Kind.values if publishing.may_change(user, Post(kind=kind))]
    if not publishes and not writes and not user.has_perm("blog.add_post"):
        return Desk([], [])
    decides = [kind for kind in writes if kind in publishes]
    plans = list(plans_in_order())
    problems = [plan for plan in plans if plan.problem and plan.post.kind in publishes]
    piles = [not_saved(user), *reviews_for(user, publishes), failed(problems)]
    piles += [*drafts(user, writes), *due(decides), *with_points(user, writes, decides)]
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


def reviews_for(user: User, publishes: Sequence[str]) -> Iterator[Pile]:
    """What came back to this user, and what waits for the editors.

    Of the kinds that this user publishes that is all of it, of others their own.
    """
    to_decide = Q(outcome=Review.Outcome.OPEN, post__kind__in=publishes)
    rows = Review.objects.standing().filter(Q(offered_by=user) | to_decide)
    rows = rows.order_by("offered_at", "pk")
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
    for kind in Post.Kind.values:
        own = kind not in publishes
        narrowed = {"mijn": "aangeboden"} if own else {"state": "offered"}
        of_kind = [review for review in waiting if review.post.kind == kind]
        text = waiting_in_words(kind, len(of_kind), own=own)
        tasks = [task(review, who=review.offered_by, at=review.offered_at) for review in of_kind]
        sees = user.has_perm(f"blog.view_{kind}") or publishing.may_change(user, Post(kind=kind))
        yield Pile(text % {"count": len(of_kind)}, tasks, listed(kind, **narrowed) if sees else "")


def waiting_in_words(kind: str, count: int, *, own: bool) -> str:
    """What a pile of offered posts or pages is called, still without its number."""
    if kind == Post.Kind.POST and own:
        return ngettext(
            "%(count)d post of yours waits for the editors",
            "%(count)d posts of yours wait for the editors",
            count,
        )
    if kind == Post.Kind.POST:
        return ngettext(
            "%(count)d post was offered for review",
            "%(count)d posts were offered for review",
            count,
        )
    if own:
        return ngettext(
            "%(count)d page of yours waits for the editors",
            "%(count)d pages of yours wait for the editors",
            count,
        )
    return ngettext(
        "%(count)d page was offered for review",
        "%(count)d pages were offered for review",
        count,
    )


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


# --- Texts that wait in great numbers -----------------------------------------------------------


def drafts(user: User, kinds: Sequence[str]) -> Iterator[Pile]:
    """What this user saved last and has still to go on with, the newest first."""
    posts = PostQuerySet(Post).filter(kind__in=kinds).drafts_of(user)
    posts = posts.annotate(saved_at=F("newest_revision__made_at"))
    for kind, count, rows in on_top(posts, "-newest_revision__made_at", "-pk"):
        if kind == Post.Kind.POST:
            text = ngettext(
                "%(count)d draft of yours is not live yet",
                "%(count)d drafts of yours are not live yet",
                count,
            )
        else:
            text = ngettext(
                "%(count)d draft of yours for a page is not live yet",
                "%(count)d drafts of yours for pages are not live yet",
                count,
            )
        tasks = [
            Task(row.drafted_title, address_of("change", row), moment(row.saved_at)) for row in rows
        ]
        address = listed(kind, mijn="concepten")
        yield Pile(text % {"count": count}, tasks, address, more=count - len(rows))


def due(kinds: Sequence[str]) -> Iterator[Pile]:
    """Live posts of which readers were promised a check by now; a page has none."""
    if Post.Kind.POST not in kinds:
        return
    posts = PostQuerySet(Post).filter(kind=Post.Kind.POST).in_state("due")
    for kind, count, rows in on_top(posts, "review_due_on", "pk"):
        text = ngettext(
            "%(count)d post is to be checked again",
            "%(count)d posts are to be checked again",
            count,
        )
        promise = gettext("promised for %(day)s")
        tasks = [
            Task(
                row.drafted_title,
                address_of("change", row),
                promise % {"day": date_format(row.review_due_on)},
            )
            for row in rows
        ]
        address = listed(kind, state="due")
        yield Pile(text % {"count": count}, tasks, address, more=count - len(rows))


def with_points(user: User, kinds: Sequence[str], decides: Sequence[str]) -> Iterator[Pile]:
    """What the checks found: in any text, or, of what others decide about, in this user's own."""
    mine = Q(kind__in=kinds, newest_revision__made_by=user)
    posts = PostQuerySet(Post).filter(Q(kind__in=decides) | mine).in_state("points")
    posts = posts.annotate(errors=F("check_result__errors"), warnings=F("check_result__warnings"))
    for kind, count, rows in on_top(
        posts, "-check_result__errors", "-check_result__warnings", "pk"
    ):
        if kind == Post.Kind.POST:
            text = ngettext(
                "%(count)d post has points to look at",
                "%(count)d posts have points to look at",
                count,
            )
        else:
            text = ngettext(
                "%(count)d page has points to look at",
                "%(count)d pages have points to look at",
                count,
            )
        tasks = [
            Task(
                row.drafted_title,
                address_of("findings", row),
                in_numbers(errors=row.errors, warnings=row.warnings),
            )
            for row in rows
        ]
        whose = {} if kind in decides else {"mijn": "laatst"}
        address = listed(kind, state="points", **whose)
        yield Pile(text % {"count": count}, tasks, address, more=count - len(rows))


def on_top(posts: PostQuerySet, *order: str) -> Iterator[tuple[str, int, list[Any]]]:
    """Of posts, then of pages: how many of these there are, and the first few in this order.

    Each has a list of its own in the admin; what was thrown away is not counted.
    """
    ranked = (
        posts.kept()
        .with_drafted_title()
        .defer(*LARGE)
        .annotate(
            total=Window(Count("*"), partition_by="kind"),
            place=Window(RowNumber(), partition_by="kind", order_by=list(order)),
        )
    )
    rows: Any = ranked.filter(place__lte=SHOWN).order_by("-kind", "place")
    for kind, group in groupby(rows, key=lambda row: row.kind):
        shown = list(group)
        yield kind, shown[0].total, shown


def listed(kind: str, **query: str) -> str:
    """The list of posts or of pages, narrowed to some of them."""
    return f"{reverse(f'admin:blog_{kind}_changelist')}?{urlencode(query)}"
