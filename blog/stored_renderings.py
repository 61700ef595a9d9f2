"""The HTML that live posts keep: made when they are published, and anew when its links change."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

from blog.checking import check_anew
from blog.models import Address, Post, Reference, SiteSettings
from blog.models.reference import look_up
from blog.rendering import VERSION, TooComplexError


def render_outdated() -> int:
    """Render anew each live post whose stored rendering is missing, older or untrue; how many."""
    live = Post._base_manager.filter(live_revision__isnull=False)
    current = live.filter(stored_rendering__version=VERSION)
    untold = untrue() | told_of_other_shops()
    return render_anew(live.filter(~Q(pk__in=current.values("pk")) | Q(pk__in=untold)))


def untrue() -> set[int]:
    """The posts with a link that time has changed, or that a crash kept from following its post.

    In three queries, so that a start of the server need not render what links to anything.
    """
    stored = ("post__stored_rendering__destinations", "post__stored_rendering__until")
    rows = Reference.objects.values_list("post", "target", *stored)
    found = look_up({target for _post, target, _destinations, _until in rows})
    today = {name: place.as_json() for name, place in found.items()}
    now = timezone.now()
    return {
        post
        for post, name, destinations, until in rows
        if (destinations or {}).get(name) != today.get(name)
        or (until and datetime.fromisoformat(until) <= now)
    }


def told_of_other_shops() -> set[int]:
    """The live posts that name a host which has become, or is no longer, one of our own shops.

    In one query, and one for each shop.
    """
    today = SiteSettings.objects.shops()
    told = "stored_rendering__shop_hosts"
    live = Post._base_manager.filter(live_revision__isnull=False)
    # As text, because the HTML stands in many places of it.
    live = live.annotate(kept=Cast("stored_rendering", models.TextField()))
    others = {
        post
        for post, hosts in live.exclude(**{told: []}).values_list("pk", told)
        if not today.issuperset(hosts or ())
    }
    for host in sorted(today):
        naming = live.filter(kept__icontains=host).values_list("pk", told)
        others |= {post for post, hosts in naming if host not in (hosts or ())}
    return others


def follow_shops() -> None:
    """Render anew what names a host that became one of our own shops, or is no longer one."""
    follow(Post._base_manager.filter(pk__in=told_of_other_shops()))


def follow_links(pk: int, *, moved: bool = True) -> None:
    """Render anew what links to a post, now that it has another address or came or went.

    Runs after the commit and holds one row at a time, so that two posts that name each other can
    be published at the same moment. The post itself is among them: what it links to may have
    changed before its own links were on record.
    """
    slugs = Address.objects.filter(post=pk).values_list("slug", flat=True)
    linking = linking_to(slugs if moved else [])
    itself = Post._base_manager.filter(pk=pk, references__isnull=False)
    follow(Post._base_manager.filter(Q(pk__in=linking) | Q(pk__in=itself)))


def follow_addresses(slugs: Iterable[str]) -> None:
    """Render anew what links to these addresses, of a post that was removed."""
    follow(linking_to(slugs))


def linking_to(slugs: Iterable[str]) -> models.QuerySet[Post]:
    """The live posts whose text links to one of these addresses."""
    names = [f"post:{slug}" for slug in slugs]
    return Post._base_manager.filter(references__target__in=names).distinct()


def follow_author_links(slug: str) -> None:
    """Render anew what links to an author who came or went."""
    follow(Post._base_manager.filter(references__target=f"author:{slug}"))


def follow(posts: models.QuerySet[Post]) -> None:
    """Render these posts anew, and count what the checks find in them now."""
    pks = list(posts.values_list("pk", flat=True))
    render_anew(Post._base_manager.filter(pk__in=pks))
    check_anew(pks)


def render_anew(posts: models.QuerySet[Post]) -> int:
    """Render these posts one by one where they are live; how many.

    A text that this version finds too complex keeps the rendering that it has.
    """
    count = 0
    for pk in list(posts.values_list("pk", flat=True)):
        with transaction.atomic(), suppress(TooComplexError):
            post = Post(pk=pk).locked()
            if post.live_revision_id is None:
                continue
            store_rendering(post)
            post.save(update_fields=["stored_rendering"])
            count += 1
    return count


def store_rendering(post: Post) -> None:
    """Keep the live text as HTML, on the row (not yet saved), and what it links to."""
    post.store_rendering()
    post.references.all().delete()
    Reference.objects.bulk_create(
        Reference(post=post, target=target) for target in post.rendered.references
    )
