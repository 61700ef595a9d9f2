"""Measures the list of many posts, saving a text, and comparing two, in processor time.

    python -m benchmarks.editing

The pages are asked of Django itself, without a server or a network between, on a data folder of
their own (or on the database in DATABASE_URL, which has to be an empty one).
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from itertools import count
from typing import Any

from benchmarks.measuring import measured, milliseconds, staff

POSTS = 10_000
LIST_MS, LIST_QUERIES, SAVE_MS, COMPARE_MS = 300, 12, 100, 100
ARTICLE = "magnesium-voor-het-slapengaan"


def main() -> int:
    """Fill a site, measure, and say whether every bound is kept."""
    with ExitStack() as stack:
        os.environ["DATA_DIR"] = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        prepare()
        desk = staff()
        listed, queries = measured(desk, "/admin/blog/post/")
        saved = milliseconds(saving(desk))
        compared, _queries = measured(desk, comparison())
        # A connection that stays open would keep its file in the folder.
        from django.db import connections

        connections.close_all()
    print("| what | processor time (median) | queries |")
    print("| --- | --- | --- |")
    print(f"| list of {POSTS:,} posts | {listed:.1f} ms | {queries} |")
    print(f"| saving the article | {saved:.1f} ms | |")
    print(f"| comparing the article with a changed section | {compared:.1f} ms | |")
    kept = listed < LIST_MS and queries <= LIST_QUERIES
    return 0 if kept and saved < SAVE_MS and compared < COMPARE_MS else 1


def prepare() -> None:
    """The example site, and as many posts as a magazine writes in its life."""
    import django

    django.setup()
    from config.first_start import collect_static, load_example, migrate

    migrate()
    load_example()
    collect_static()
    from datetime import timedelta

    from django.utils import timezone

    from blog.models import Byline, Post, Revision

    article, now = Post.objects.get(slug=ARTICLE), timezone.now()
    author, snapshot = article.byline[0], article.content.as_json()
    posts = Post.objects.bulk_create(
        Post(
            title=f"Bericht {number}",
            slug=f"bericht-{number}",
            body=article.body,
            theme=article.theme,
            stored_rendering=article.stored_rendering,
            published_at=now - timedelta(hours=number),
        )
        for number in range(POSTS - Post.objects.count())
    )
    Byline.objects.bulk_create(Byline(post=post, author=author) for post in posts)
    # Every tenth has a newer draft.
    numbers = [
        (post, number) for post in posts for number in ((1, 2) if post.pk % 10 == 0 else (1,))
    ]
    revisions = Revision.objects.bulk_create(
        Revision(post=post, number=number, snapshot=snapshot, digest=f"{number}", made_at=now)
        for post, number in numbers
    )
    for revision in revisions:
        revision.post.newest_revision = revision
        if revision.number == 1:
            revision.post.live_revision = revision
    Post.objects.bulk_update(posts, ["live_revision", "newest_revision"], batch_size=500)


def saving(desk: Any) -> Any:
    """An act that saves the article with another word each time."""
    from blog.models import Post

    post = Post.objects.get(slug=ARTICLE)
    numbers = count()
    address = f"/admin/blog/post/{post.pk}/change/"

    def save() -> None:
        post.refresh_from_db()
        typed = {
            "title": post.title,
            "slug": post.slug,
            "body": f"{post.body}\n\nNog een zin, {next(numbers)}.\n",
            "base": post.newest_revision_id,
            "_save": "1",
        }
        response = desk.post(address, typed)
        if response.status_code != 302:
            sys.exit(f"{address} answers {response.status_code}.")

    return save


def comparison() -> str:
    """The page that compares what readers see with a text in which a section was changed."""
    from dataclasses import replace

    from django.contrib.auth import get_user_model

    from blog import publishing
    from blog.models import Post

    post = Post.objects.get(slug=ARTICLE)
    newest = post.revisions.latest("number")
    content = newest.content
    sections = content.body.split("### ")
    sections[3] = " ".join(reversed(sections[3].split(" ")))
    editor = get_user_model().objects.get(username="bench")
    changed = replace(content, body="### ".join(sections))
    revision = publishing.save_draft(post, changed, by=editor, base=newest)
    return f"/admin/blog/post/{post.pk}/vergelijken/?van=live&tot={revision.number}"


if __name__ == "__main__":
    sys.exit(main())
