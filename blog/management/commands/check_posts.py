"""Run the editorial checks on every post and page, or on those with these addresses.

The exit status is 1 when there are errors, which keep a text from going live, and else 0.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext, ngettext

from blog import checking
from blog.checking import Report
from blog.editorial import Finding
from blog.models import Post
from blog.querysets import PostQuerySet

POSTS_A_STEP = 100


@dataclass(frozen=True)
class Checked:
    """One post and what the checks found in its newest text."""

    post: Post
    report: Report

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "post": str(self.post.uid),
            "slug": self.post.slug,
            "title": self.post.newest_title,
            "findings": [as_json(finding) for finding in self.report.open],
            "waived": [
                {**as_json(finding), "note": waiver.note} for finding, waiver in self.report.waived
            ],
        }


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help="the address of a post")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, slugs: list[str], **options: Any) -> None:
        """Check the newest text of each, and keep the numbers for the lists of the admin."""
        posts = PostQuerySet(Post).kept().order_by("pk")
        if slugs:
            posts = posts.filter(slug__in=slugs)
            if missing := set(slugs) - set(posts.values_list("slug", flat=True)):
                raise CommandError(f"No such post: {', '.join(sorted(missing))}")
        errors = points = 0
        found = []
        for checked in self.checked(posts):
            errors += len(checked.report.errors)
            points += len(checked.report.warnings)
            if options["json"]:
                found.append(checked.as_json())
            else:
                self.tell(checked)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(in_numbers(errors, points))
        if errors:
            sys.exit(1)

    def checked(self, posts: PostQuerySet) -> Iterator[Checked]:
        """Check posts one by one, and say on the error stream how far it is."""
        total = posts.count()
        rows = posts.select_related("newest_revision").iterator(chunk_size=POSTS_A_STEP)
        for number, post in enumerate(rows, start=1):
            report = checking.report_on(post, checking.newest_content(post))
            checking.store(post, report)
            yield Checked(post, report)
            if number % POSTS_A_STEP == 0:
                self.stderr.write(f"{number}/{total}")

    def tell(self, checked: Checked) -> None:
        """Write down what is open in one post."""
        if not checked.report.open:
            return
        self.stdout.write(f"{checked.post.newest_title} ({checked.post.slug})")
        for finding in checked.report.open:
            self.stdout.write(f"  {finding.severity}: {finding.check}: {finding.reason}")
            if finding.place.words:
                self.stdout.write(f"    “{shortened(finding.place.words)}”")


def in_numbers(errors: int, points: int) -> str:
    """How many of each there are."""
    parts = [
        ngettext("%(count)d error", "%(count)d errors", errors) % {"count": errors},
        ngettext("%(count)d warning", "%(count)d warnings", points) % {"count": points},
    ]
    return gettext("Found: %(parts)s.") % {"parts": ", ".join(parts)}


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    place = finding.place
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "reason": finding.reason,
        "hint": finding.hint,
        "field": place.field,
        "start": place.start,
        "end": place.end,
        "words": place.words,
        "key": finding.key,
    }


def shortened(words: str) -> str:
    """A passage in one line of a terminal."""
    line = " ".join(words.split())
    return line if len(line) <= 100 else f"{line[:99]}…"
