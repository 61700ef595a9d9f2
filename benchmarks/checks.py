"""Measures the editorial checks: the first article, and the command on many posts.

    python -m benchmarks.checks

The posts are made on a data folder of their own (or on the database in DATABASE_URL, which has to
be an empty one). Each has the text of the first article, the hard case.
"""

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from io import StringIO

from benchmarks.measuring import milliseconds

POSTS = 2_000
ARTICLE_MS, ALL_SECONDS = 50, 120
ARTICLE = "magnesium-voor-het-slapengaan"


def main() -> int:
    """Fill a site, measure, and say whether every bound is kept."""
    with ExitStack() as stack:
        os.environ["DATA_DIR"] = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        prepare()
        article, rendering = milliseconds_of_article()
        total, progress = seconds_of_command()
        # A connection that stays open would keep its file in the folder.
        from django.db import connections

        connections.close_all()
    print("| what | measured |")
    print("| --- | --- |")
    print(f"| all checks on the article (median, processor time) | {article:.1f} ms |")
    print(f"| the same as a share of rendering it | {article / rendering:.1f} |")
    print(f"| the command on {POSTS:,} posts (on the clock) | {total:.0f} s |")
    print(f"| lines of progress | {progress} |")
    return 0 if article < ARTICLE_MS and total < ALL_SECONDS and progress else 1


def prepare() -> None:
    """The example site, and as many posts as a magazine has after years."""
    import django

    django.setup()
    from config.first_start import load_example, migrate

    migrate()
    load_example()
    from blog.models import Post, Revision

    article = Post.objects.get(slug=ARTICLE)
    snapshot = article.content.as_json()
    posts = Post.objects.bulk_create(
        Post(title=f"Bericht {number}", slug=f"bericht-{number}", body=article.body)
        for number in range(POSTS - Post._base_manager.count())
    )
    revisions = Revision.objects.bulk_create(
        Revision(post=post, number=1, snapshot=snapshot, digest="1") for post in posts
    )
    for revision in revisions:
        revision.post.newest_revision = revision
    Post.objects.bulk_update(posts, ["newest_revision"], batch_size=500)


def milliseconds_of_article() -> tuple[float, float]:
    """What all checks take on the first article, and what rendering it takes."""
    from django.utils.timezone import localdate

    from blog.editorial import Known, findings
    from blog.models import Post
    from blog.rendering import render

    content, known = Post.objects.get(slug=ARTICLE).content, Known(today=localdate())
    return (
        milliseconds(lambda: findings(content, known)),
        milliseconds(lambda: render(content.body)),
    )


def seconds_of_command() -> tuple[float, int]:
    """How long the command takes, and how often it says how far it is."""
    from django.core.management import call_command

    progress = StringIO()
    start = time.monotonic()
    call_command("check_posts", stdout=StringIO(), stderr=progress)
    return time.monotonic() - start, len(progress.getvalue().splitlines())


if __name__ == "__main__":
    sys.exit(main())
