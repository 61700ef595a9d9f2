"""The archive: which years and months hold posts, and which posts those are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeVar

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from blog.querysets import PostQuerySet


@dataclass(frozen=True, slots=True)
class Month:
    """A month that holds public posts."""

    first_day: date
    count: int

    @property
    def year(self) -> int:
        """The year that it is in."""
        return self.first_day.year

    @property
    def number(self) -> int:
        """Its place in the year, from 1 to 12."""
        return self.first_day.month

    def get_absolute_url(self) -> str:
        """The list of its posts."""
        return reverse("blog:archive_month", args=[self.year, self.number])


@dataclass(frozen=True, slots=True)
class Year:
    """A year that holds public posts, with those of its months that do, newest first."""

    number: int
    months: tuple[Month, ...]

    @property
    def count(self) -> int:
        """How many posts its months hold together."""
        return sum(month.count for month in self.months)

    def get_absolute_url(self) -> str:
        """The list of its posts."""
        return reverse("blog:archive_year", args=[self.number])


Period = TypeVar("Period", Year, Month)


def years() -> list[Year]:
    """Every year that holds public posts, newest first, in one query."""
    rows = (
        Post.objects.published()
        .annotate(month=TruncMonth("published_at"))
        .values_list("month")
        .annotate(count=Count("pk"))
        .order_by("-month")
    )
    months = [Month(moment.date(), count) for moment, count in rows]
    return [
        Year(number, tuple(group))
        for number, group in groupby(months, key=lambda month: month.year)
    ]


def neighbours(periods: Sequence[Period], period: Period) -> tuple[Period | None, Period | None]:
    """The periods just after and just before this one, in a list that begins with the newest."""
    place = periods.index(period)
    newer = periods[place - 1] if place else None
    older = periods[place + 1] if place + 1 < len(periods) else None
    return newer, older


def posts_of(year: int, month: int | None = None) -> PostQuerySet:
    """The public posts of one year, or of one month of it."""
    first, last = (month, month) if month else (1, 12)
    return Post.objects.published().filter(
        published_at__gte=beginning(year, first), published_at__lt=beginning(year, last + 1)
    )


def beginning(year: int, month: int) -> datetime:
    """When a month begins where the site is; the thirteenth is the first of the next year."""
    year, month = (year + 1, 1) if month > 12 else (year, month)
    return timezone.make_aware(datetime(year, month, 1))  # noqa: DTZ001 - made aware right here
