"""Which texts link to a post or an author: what an editor wants to know before it goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Window

from authors.models import Author
from blog import clock
from blog.content import PostContent
from blog.models import Address, PlannedChange, Post, Reference
from blog.querysets import PostQuerySet
from blog.rendering import TooComplexError, references_in

MOST = 20


@dataclass(frozen=True)
class PlannedLink:
    """A change that names something and does not go live once that is gone."""

    kind: str
    pk: int
    title: str
    goes_live_at: datetime


@dataclass(frozen=True)
class IncomingLinks:
    """How many posts link to something; of the newest what a list says: kind, pk and title."""

    count: int
    newest: Sequence[Mapping[str, Any]]
    planned: Sequence[PlannedLink]

    @property
    def others(self) -> int:
        """How many there are beside the newest."""
        return self.count - len(self.newest)


def incoming_links(targets: Iterable[Post | Author]) -> IncomingLinks:
    """The live posts and the planned changes that link to one of these and are none of them.

    A post is linked to by any address that it has or had. Three queries.
    """
    targets = list(targets)
    posts = [target.pk for target in targets if isinstance(target, Post)]
    names = {f"author:{target.slug}" for target in targets if isinstance(target, Author)}
    slugs = Address.objects.filter(post__in=posts).values_list("slug", flat=True)
    names |= {f"post:{slug}" for slug in slugs}
    links = Reference.objects.filter(target__in=names)
    over = ~Q(ending=Post.Ending.ARCHIVE) & Q(expires_at__lte=clock.now())
    linking = PostQuerySet(Post).kept().filter(pk__in=links.values("post")).exclude(over)
    others = linking.exclude(pk__in=posts).with_drafted_title().newest_first()
    counted = others.annotate(total=Window(Count("pk")))
    newest = list(counted.values("kind", "pk", "drafted_title", "total")[:MOST])
    planned = list(planned_links(names, besides=posts))
    return IncomingLinks(newest[0]["total"] if newest else 0, newest, planned)


def planned_links(names: set[str], *, besides: Collection[int]) -> Iterator[PlannedLink]:
    """The changes still to go live that name one of these, the soonest first.

    No table knows what a planned change names; there are few enough to read them all.
    """
    plans = PlannedChange.objects.filter(problem="", post__deleted_at=None)
    rows = plans.exclude(post__in=besides).order_by("goes_live_at", "pk")
    for kind, pk, moment, snapshot in rows.values_list(
        "post__kind", "post", "goes_live_at", "revision__snapshot"
    ):
        content = PostContent.from_json(snapshot)
        if not names.isdisjoint(named_in(content)):
            yield PlannedLink(kind, pk, content.title, moment)


def named_in(content: PostContent) -> set[str]:
    """The posts and authors that a text links to, above and below it as well."""
    named = {f"author:{slug}" for slug in content.byline}
    named |= {f"post:{slug}" for slug in content.related}
    with suppress(TooComplexError):
        named.update(references_in(content.body))
    return named
