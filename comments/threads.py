"""A post's comments as readers see them: roots in the order of their approval, replies below."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime

from django.db.models import Count, FilteredRelation, Max, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from blog.models import Post
from comments.formatting import formatted
from comments.models import ROOTS_A_PAGE, Comment, page_address

INITIAL_COLOURS = 6


@dataclass
class Placed:
    """A comment in its place: what a page shows of it."""

    pk: int
    uid: str
    parent_id: int | None
    position: int
    status: str
    name: str
    text: str
    html: str
    html_version: int
    badge: str
    seed: int
    created_at: datetime
    redacted_at: datetime | None
    replies: list[Placed] = field(default_factory=list)
    parent: Placed | None = None

    @property
    def removed(self) -> bool:
        """Whether only the place is left, because replies hang on it."""
        return self.status != Comment.Status.APPROVED

    @property
    def answers_reply(self) -> bool:
        """Whether it answers another comment than the one at whose foot it stands."""
        return self.parent is None or self.parent.parent_id is not None

    @property
    def anchor(self) -> str:
        """The id of the comment on the page; it survives moderation."""
        return f"reactie-{self.pk}"

    @property
    def initial(self) -> str:
        """The first letter of the name."""
        return next((sign for sign in self.name if sign.isalnum()), "?").upper()

    @property
    def colour(self) -> int:
        """Which colour its initial has, from 1 on; drawn at random when it was sent."""
        return self.seed % INITIAL_COLOURS + 1

    @property
    def badge_label(self) -> str:
        """What the badge says; empty for a visitor, and where the name says the same."""
        label = Comment.Badge(self.badge).label if self.badge else ""
        return "" if label == self.name else str(label)

    @property
    def formatted(self) -> SafeString:
        """The text as HTML."""
        return formatted(self)


# What is read of a comment, in the order in which a Placed takes it.
COLUMNS = [column.name for column in fields(Placed) if column.name not in {"replies", "parent"}]


@dataclass(frozen=True)
class Thread:
    """One page of what is said below a post."""

    post: Post
    roots: list[Placed]
    page: int
    pages: int
    # How many comments readers can read on all pages together.
    count: int

    @property
    def address(self) -> str:
        """The address of this page of the thread."""
        return page_address(self.post, self.page)

    @property
    def earlier(self) -> str:
        """The address of the page before, if there is one."""
        return f"{page_address(self.post, self.page - 1)}#reacties" if self.page > 1 else ""

    @property
    def later(self) -> str:
        """The address of the page after, if there is one."""
        more = self.page < self.pages
        return f"{page_address(self.post, self.page + 1)}#reacties" if more else ""


def thread(post: Post, page: int = 1) -> Thread:
    """A page of the thread in one query, two levels deep however deep comments answer each other.

    A root stays on its page for good: its position counts, not what else is still there.
    """
    last = page * ROOTS_A_PAGE
    positions = Q(comments__position__range=(last - ROOTS_A_PAGE + 1, last))
    readable = Q(comments__status=Comment.Status.APPROVED) | Q(comments__parent__isnull=True)
    public = Comment.objects.approved().filter(post=post.pk).order_by().values("post")
    # From the post, so that a page without comments still tells how many there are elsewhere. The
    # two numbers name the post by its key: they are then counted once, not for each row.
    rows = (
        Post._base_manager.filter(pk=post.pk)
        .annotate(
            placed=FilteredRelation("comments", condition=positions & readable),
            count=Coalesce(Subquery(public.values(total=Count("pk"))), 0),
            last=Coalesce(Subquery(public.values(last=Max("position"))), 0),
        )
        .order_by("placed__position", "placed__created_at", "placed__pk")
        .values_list("count", "last", *(f"placed__{name}" for name in COLUMNS))
    )
    found = list(rows)
    count, last_position = found[0][:2]
    placed = [Placed(pk, *columns) for _count, _last, pk, *columns in found if pk]
    pages = max(1, -(-last_position // ROOTS_A_PAGE))
    return Thread(post, arrange(placed), page, pages, count)


def arrange(placed: list[Placed]) -> list[Placed]:
    """The roots, each with its replies; one that was removed only where a reply hangs on it."""
    by_key = {comment.pk: comment for comment in placed}
    roots = {comment.position: comment for comment in placed if comment.parent_id is None}
    for comment in placed:
        if comment.parent_id is not None:
            comment.parent = by_key.get(comment.parent_id)
            roots[comment.position].replies.append(comment)
    return [root for root in roots.values() if root.replies or not root.removed]
