"""Which live texts link to a post or an author: what an editor wants to know before it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Q, Value, Window
from django.db.models.functions import Concat

from authors.models import Author
from blog import clock
from blog.models import Address, Post, Reference
from blog.querysets import PostQuerySet

MOST = 20


@dataclass(frozen=True)
class IncomingLinks:
    """How many posts link to something; of the newest what a list says: kind, pk and title."""

    count: int
    newest: Sequence[Mapping[str, Any]]

    @property
    def others(self) -> int:
        """How many there are beside the newest."""
        return self.count - len(self.newest)


def incoming_links(targets: Iterable[Post | Author]) -> IncomingLinks:
    """The live posts that link to one of these and are none of them, in one query.

    A post is linked to by any address that it has or had.
    """
    targets = list(targets)
    posts = [target.pk for target in targets if isinstance(target, Post)]
    authors = [f"author:{target.slug}" for target in targets if isinstance(target, Author)]
    name = Concat(Value("post:"), "slug", output_field=CharField())
    names = Address.objects.filter(post__in=posts).values(name=name)
    links = Reference.objects.filter(Q(target__in=names) | Q(target__in=authors))
    over = ~Q(ending=Post.Ending.ARCHIVE) & Q(expires_at__lte=clock.now())
    linking = PostQuerySet(Post).kept().filter(pk__in=links.values("post")).exclude(over)
    others = linking.exclude(pk__in=posts).with_drafted_title().newest_first()
    counted = others.annotate(total=Window(Count("pk")))
    newest = list(counted.values("kind", "pk", "drafted_title", "total")[:MOST])
    return IncomingLinks(newest[0]["total"] if newest else 0, newest)
