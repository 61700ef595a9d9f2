"""What the home page shows of each theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from blog.models import Post, Theme

POSTS_A_BAND = 3


@dataclass(frozen=True, slots=True)
class Band:
    """A theme and its newest posts."""

    theme: Theme
    posts: list[Post]


def bands(*, without: Iterable[Post]) -> list[Band]:
    """The newest posts of each theme but those shown already, in the order of the themes.

    One query, however many themes there are; a theme that has nothing to show is left out.
    """
    place = Window(
        RowNumber(),
        partition_by=F("theme"),
        order_by=[F("published_at").desc(), F("pk").desc()],
    )
    shown = [post.pk for post in without]
    others = Post.objects.published().filter(theme__isnull=False).exclude(pk__in=shown)
    newest = others.alias(place=place).filter(place__lte=POSTS_A_BAND)
    posts = (
        # By key: numbering whole rows takes twice as long.
        Post.objects.filter(pk__in=newest.values("pk"))
        .select_related("theme")
        .defer("body", "stored_rendering")
        .order_by("theme__position", "theme__name", "theme", "-published_at", "-pk")
    )
    return [
        Band(theme, list(group)) for theme, group in groupby(posts, key=lambda post: post.theme)
    ]
