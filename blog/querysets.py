"""Rules about rows of posts, each named once, so that no page can forget one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Case, Count, F, Prefetch, Q, TextField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from blog import clock

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from blog.models import Post


# What may be true of a post beside its state.
MARKS = ("newer", "planned", "withdrawn", "offered", "due", "points")


def has_word(word: str, fields: Iterable[str]) -> Q:
    """That one of these fields contains a word, whatever its capitals."""
    # SQLite knows the capitals of A to Z only; of é we try the usual ways to write it.
    spellings = {word} if word.isascii() else {word.lower(), word.capitalize(), word.upper()}
    found = Q()
    for field, spelling in product(fields, sorted(spellings)):
        found |= Q((f"{field}__icontains", spelling))
    return found


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about posts and pages; they chain."""

    def kept(self) -> PostQuerySet:
        """All but what lies in the wastebasket."""
        return self.filter(deleted_at__isnull=True)

    def published(self, *, at: datetime | None = None) -> PostQuerySet:
        """What readers may see: live, begun, not yet expired and not thrown away."""
        now = at or clock.now()
        begun = self.kept().filter(live_revision__isnull=False, published_at__lte=now)
        return begun.exclude(expires_at__lte=now)

    def readable(self) -> PostQuerySet:
        """What readers may open: what is published, and what has expired into the archive."""
        begun = self.kept().filter(live_revision__isnull=False, published_at__lte=clock.now())
        return begun.exclude(~Q(ending="archive"), expires_at__lte=clock.now())

    def standings(self) -> dict[str, Q]:
        """What each state and each mark says of a row at this moment."""
        now = clock.now()
        live = Q(live_revision__isnull=False)
        seen_now = live & Q(published_at__lte=now) & ~Q(expires_at__lte=now)
        # By digest: a draft that was discarded says what readers see.
        same = Q(live_revision=F("newest_revision")) | Q(
            live_revision__digest=F("newest_revision__digest")
        )
        reviews = self.model._meta.get_field("reviews").related_model._default_manager
        return {
            "draft": ~live,
            "scheduled": live & Q(published_at__gt=now),
            "live": seen_now,
            "expired": live & Q(published_at__lte=now, expires_at__lte=now),
            "newer": live & ~same,
            "planned": Q(planned_change__isnull=False),
            "withdrawn": ~live & Q(published_at__lte=now),
            "offered": Q(pk__in=reviews.filter(outcome="").values("post")),
            "points": Q(check_result__errors__gt=0) | Q(check_result__warnings__gt=0),
            "due": seen_now & Q(review_due_on__lte=clock.today()),
        }

    def in_state(self, state: str) -> PostQuerySet:
        """The rows for which `Post.state` is this state, or that bear this mark."""
        return self.filter(self.standings()[state])

    def last_saved_by(self, user: User) -> PostQuerySet:
        """Those of which this user made the newest revision."""
        return self.filter(newest_revision__made_by=user)

    def offered_by(self, user: User) -> PostQuerySet:
        """What this user offered and the editors have still to decide about."""
        return self.filter(reviews__outcome="", reviews__offered_by=user)

    def drafts_of(self, user: User) -> PostQuerySet:
        """What this user saved last and has still to go on with: readers do not see it.

        Not what they offered or what is planned, nor what readers saw and was taken offline.
        """
        standings = self.standings()
        # Not in an exclude of its own: that would ask for any offer, and any by this user.
        offered = PostQuerySet(self.model).offered_by(user)
        drafts = self.last_saved_by(user).filter(standings["draft"] | standings["newer"])
        return drafts.exclude(
            Q(pk__in=offered.values("pk"))
            | Q(planned_change__revision=F("newest_revision"))
            | (standings["withdrawn"] & Q(newest_revision__goes_live_at__isnull=False))
        )

    def with_marks(self) -> PostQuerySet:
        """Each with `has_mark_…`: what a list of posts says beside the state."""
        marks = {
            f"has_mark_{mark}": Case(When(self.standings()[mark], then=True), default=False)
            for mark in MARKS
        }
        return self.annotate(**marks)

    def counts(self) -> dict[str, int]:
        """How many there are of each state and each mark, in one query."""
        standing = {name: Count("pk", filter=rule) for name, rule in self.standings().items()}
        return self.aggregate(**standing)

    def at_address(self, slug: str) -> PostQuerySet:
        """The post that has this slug, or had it before it was renamed.

        A slug that a plan has claimed leads nowhere before its moment.
        """
        return self.filter(addresses__slug=slug, addresses__begins_at__lte=clock.now())

    def gone(self) -> PostQuerySet:
        """What readers could see once, and no longer: withdrawn, expired or thrown away."""
        begun = self.filter(published_at__lte=clock.now())
        # What ended before its moment came was never seen: see also `Post.was_seen`.
        seen = begun.exclude(deleted_at__lte=F("published_at")).exclude(
            expires_at__lte=F("published_at")
        )
        return seen.exclude(pk__in=self.readable().values("pk"))

    def with_byline(self) -> PostQuerySet:
        """Theme and authors fetched along, so that a list of any length costs two queries."""
        # A join: prefetching "bylines__author" would take a third query.
        bylines = self.model._meta.get_field("bylines").related_model
        authors = Prefetch("bylines", bylines._default_manager.select_related("author"))
        return self.select_related("theme").prefetch_related(authors)

    def with_tags(self) -> PostQuerySet:
        """Tags fetched along."""
        return self.prefetch_related("tags")

    def with_drafted_title(self) -> PostQuerySet:
        """Each with `drafted_title`: the same as `Post.newest_title`, without reading the draft."""
        drafted = KeyTextTransform("title", "newest_revision__snapshot")
        return self.annotate(drafted_title=Coalesce(drafted, "title", output_field=TextField()))

    def containing(
        self, words: Iterable[str], *, within: Sequence[str] = ("title", "summary", "body")
    ) -> PostQuerySet:
        """What has each of these words in its title, summary or text, whatever their capitals."""
        return self.filter(*(has_word(word, within) for word in words))

    def newest_first(self) -> PostQuerySet:
        """In the order of a list; the row's number settles a tie, so pages are steady."""
        return self.order_by("-published_at", "-pk")


PostQuerySetManager = models.Manager.from_queryset(PostQuerySet)


class PostManager(PostQuerySetManager["Post"]):
    """Posts only: a plain page is never among them."""

    kind = "post"

    def get_queryset(self) -> PostQuerySet:
        return cast("PostQuerySet", super().get_queryset()).filter(kind=self.kind)

    def get_by_natural_key(self, uid: str) -> Post:
        """The post or page that a fixture names; revisions and addresses belong to both kinds."""
        return self.model._base_manager.get(uid=uid)

    def todays_slugs(self, slugs: Iterable[str]) -> list[str]:
        """The same posts by the slugs at which readers find them; others keep the one given."""
        slugs = list(slugs)
        live = self.filter(live_revision__isnull=False, addresses__slug__in=slugs)
        today = dict(live.values_list("addresses__slug", "slug"))
        return [today.get(slug, slug) for slug in slugs]


class PageManager(PostManager):
    """Plain pages only."""

    kind = "page"
