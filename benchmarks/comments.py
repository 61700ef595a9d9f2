"""Measures a page with many comments and a full queue, in processor time.

    python -m benchmarks.comments

The pages are asked of Django itself, without a server or a network between, on a data folder of
their own (or on the database in DATABASE_URL, which has to be an empty one).
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from typing import Any

from benchmarks.measuring import measured, staff, visitor

ROOTS, REPLIES = 4_000, 6_000
TABLE, WAITING = 100_000, 5_000
PAGE_MS, QUEUE_MS, QUEUE_QUERIES, PAGE_QUERIES = 60, 300, 12, 7
ARTICLE = "/blog/magnesium-voor-het-slapengaan/"
TEXT = (
    "Dank je wel voor dit *fijne* stuk.\n\nIk herken het: 's avonds lig ik vaak wakker. Zie ook"
    " https://www.example.org/slapen/beter?van=hier.\n\n- eerst thee\n- dan lezen"
)


def main() -> int:
    """Fill a site, measure both pages, and say whether they keep their bounds."""
    with ExitStack() as stack:
        os.environ["DATA_DIR"] = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        prepare()
        page = measured(visitor(), ARTICLE)
        fill_table()
        queue = measured(staff(), "/admin/comments/comment/wachtrij/")
        # A connection that stays open would keep its file in the folder.
        from django.db import connections

        connections.close_all()
    print("| page | processor time (median) | queries |")
    print("| --- | --- | --- |")
    print(f"| article with {ROOTS + REPLIES:,} comments | {page[0]:.1f} ms | {page[1]} |")
    print(f"| queue, {WAITING:,} of {TABLE:,} wait | {queue[0]:.1f} ms | {queue[1]} |")
    kept = page[0] < PAGE_MS and page[1] <= PAGE_QUERIES
    kept = kept and queue[0] < QUEUE_MS and queue[1] < QUEUE_QUERIES
    return 0 if kept else 1


def prepare() -> None:
    """The example site, with a long thread below its article."""
    import django

    django.setup()
    from config.first_start import collect_static, load_example, migrate

    migrate()
    load_example()
    collect_static()
    from blog.models import Post
    from comments.models import Comment

    post = Post.objects.get(slug="magnesium-voor-het-slapengaan")
    last = Comment.objects.filter(post=post).count()
    placed = Comment.objects.bulk_create(
        comment(post, number, position=last + number) for number in range(1, ROOTS + 1)
    )
    Comment.objects.bulk_create(
        comment(post, number, parent=root, position=root.position)
        for number, root in ((number, placed[number % ROOTS]) for number in range(REPLIES))
    )


def fill_table() -> None:
    """As many comments as a large site has, some of which wait."""
    from django.utils import timezone

    from blog.models import Post
    from comments.models import Comment

    post = Post.objects.get(slug="magnesium-voor-het-slapengaan")
    others = TABLE - Comment.objects.count() - WAITING
    Comment.objects.bulk_create(
        (comment(post, number, status="rejected") for number in range(others)), batch_size=5_000
    )
    waiting = {"status": "pending", "waiting_since": timezone.now(), "decided_at": None}
    Comment.objects.bulk_create(
        (comment(post, number, **waiting) for number in range(WAITING)), batch_size=5_000
    )


def comment(post: Any, number: int, **columns: Any) -> Any:
    """A comment that is not saved yet, approved unless the columns say otherwise."""
    from django.utils import timezone

    from comments.formatting import VERSION, format_comment
    from comments.models import Comment

    html = FORMATTED.setdefault(TEXT, format_comment(TEXT))
    columns = {"status": "approved", "decided_at": timezone.now()} | columns
    return Comment(
        post=post,
        name=f"Lezer {number}",
        text=TEXT,
        html=html,
        html_version=VERSION,
        **columns,
    )


FORMATTED: dict[str, str] = {}


if __name__ == "__main__":
    sys.exit(main())
