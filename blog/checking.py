"""The editorial checks of a post: what is looked up for them, and what editors let be."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate

from blog import clock
from blog.content import PostContent
from blog.earlier_ids import carry_over
from blog.editorial import Finding, Known, Severity, findings
from blog.models import Address, CheckResult, Post, SiteSettings, Waiver
from blog.models.reference import look_up
from blog.rendering import Target, TooComplexError, references_in, render

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Report:
    """What the checks found in a text: what is open, and what somebody let be."""

    open: list[Finding]
    waived: list[tuple[Finding, Waiver]]

    @property
    def errors(self) -> list[Finding]:
        """What keeps the text from going live."""
        return [finding for finding in self.open if finding.severity == Severity.ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """What somebody should look at."""
        return [finding for finding in self.open if finding.severity == Severity.WARNING]


def report_on(post: Post, content: PostContent, *, at: datetime | None = None) -> Report:
    """What the checks find in this content of a post, if it goes live then, or now."""
    standing = Waiver.objects.standing().select_related("made_by")
    waivers = {waiver.key: waiver for waiver in standing.filter(post=post)} if post.pk else {}
    known = known_about(post, content, at=at or clock.now())
    found = findings(content, known, let_be=waivers)
    waived = [
        (finding, waivers[finding.key])
        for finding in found
        if finding.key in waivers and finding.severity == Severity.WARNING
    ]
    let_be = {finding.key for finding, _waiver in waived}
    return Report([finding for finding in found if finding.key not in let_be], waived)


def errors_in(post: Post, content: PostContent, *, at: datetime) -> list[Finding]:
    """What keeps this content from going live at that moment."""
    found = findings(content, known_about(post, content, at=at))
    return [finding for finding in found if finding.severity == Severity.ERROR]


def known_about(post: Post, content: PostContent, *, at: datetime) -> Known:
    """What the checks are told, in at most five queries."""
    try:
        references = references_in(content.body)
    except TooComplexError:
        references = ()
    own = {f"post:{slug}" for slug in (content.slug, *own_slugs(post))}
    destinations = look_up(references)
    targets = {name: place.as_target(at=at) for name, place in destinations.items()}
    fragments = fragments_of(targets)
    if own.intersection(references):
        # They lead to the text itself, wherever it stands by then.
        ids = frozenset(render(content.body).heading_ids)
        targets |= dict.fromkeys(own, Target("", public=True))
        fragments |= dict.fromkeys(own, ids)
    return Known(
        today=localdate(at),
        earlier_ids=earlier_ids_in(post, content),
        targets=targets,
        fragments=fragments,
        live_body=post.body if post.live_revision_id else None,
        shop_hosts=SiteSettings.objects.shops(),
        is_page=post.kind == Post.Kind.PAGE,
    )


def earlier_ids_in(post: Post, content: PostContent) -> frozenset[str]:
    """The ids of sections of the live text that will still lead to one of this text."""
    asks = content.corrections or "](#" in content.body
    if not asks or post.live_revision_id is None:
        return frozenset()
    with suppress(TooComplexError):
        new = render(content.body).heading_ids
        return frozenset(carry_over(post.earlier_ids, old=post.rendered.heading_ids, new=new))
    return frozenset()


def own_slugs(post: Post) -> list[str]:
    """The addresses that a post has, or had."""
    return list(post.addresses.values_list("slug", flat=True)) if post.pk else []


def fragments_of(names: Collection[str]) -> dict[str, frozenset[str]]:
    """The ids of the sections of these posts, as far as their text was rendered."""
    slugs = [name.removeprefix("post:") for name in names if name.startswith("post:")]
    if not slugs:
        return {}
    rows = Address.objects.filter(slug__in=slugs).values_list(
        "slug", "post__stored_rendering__rendered__heading_ids", "post__earlier_ids"
    )
    return {
        f"post:{slug}": frozenset([*ids, *(earlier or ())])
        for slug, ids, earlier in rows
        if ids is not None
    }


# --- What lists are told --------------------------------------------------------------------


def count_soon(pk: int) -> None:
    """Count once more, after the commit, what is open in a post; what fails undoes nothing."""
    transaction.on_commit(partial(check_anew, [pk]))


def store_result(pk: int) -> None:
    """Count once more what is open in the newest text of a post, if it is still there."""
    with transaction.atomic():
        posts = Post._base_manager.select_related("newest_revision")
        post = posts.filter(pk=pk).first()
        if post:
            store(post, report_on(post, newest_content(post)))


def store(post: Post, report: Report) -> None:
    """Keep the numbers of a report."""
    numbers = {"errors": len(report.errors), "warnings": len(report.warnings)}
    CheckResult.objects.update_or_create(post=post, defaults=numbers)


def newest_content(post: Post) -> PostContent:
    """What editors go on with."""
    return post.newest_revision.content if post.newest_revision else post.content


def check_anew(pks: Iterable[int]) -> int:
    """Count once more what is open in these posts, one by one; how many could be counted."""
    count = 0
    for pk in pks:
        try:
            store_result(pk)
            count += 1
        except Exception as error:
            # One text that the checks break down on holds up no other.
            logger.error("The checks broke down on post %s: %s", pk, type(error).__name__)
    return count


def check_all() -> int:
    """Count once more what is open in every post: a day has passed, or the checks were changed."""
    return check_anew(list(Post._base_manager.filter(deleted_at=None).values_list("pk", flat=True)))
