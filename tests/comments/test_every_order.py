"""Whatever writers, readers and moderators do to a comment, in every order: promises that hold.

The walk does each act in each state that it has not been in, and goes back by a savepoint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from blog.models import Moderation, Post
from comments import cards, moderation, queue, reports, submission
from comments.models import Comment, Report, SpamWord
from comments.moderation import ChangedError
from comments.receipts import find_receipt
from comments.reports import NotPublicError
from comments.spam import Arrival
from comments.spam.learning import rows_of
from comments.submission import RefusedError
from tests.factories import create_editor, create_post

pytestmark = [pytest.mark.django_db, pytest.mark.long]

ARRIVAL = Arrival(network="192.0.2.0/24")
REFUSALS = (ChangedError, NotPublicError, RefusedError)
# The filter learns each of them as a word of its own.
WORDS = ("anjer", "berk", "distel", "eik", "framboos", "goudsbloem", "hazelaar")


class BackError(Exception):
    """Undo what was done since the last step."""


@dataclass
class Walk:
    """One comment, and all that became of it on the way here."""

    pk: int
    editor: User
    depth: int
    been: set[Any] = field(default_factory=set)
    broken: list[tuple[str, ...]] = field(default_factory=list)
    # The wordings that a moderator had before them.
    seen: frozenset[str] = frozenset()

    @property
    def comment(self) -> Comment:
        """As the database has it."""
        return Comment.objects.get(pk=self.pk)

    def go(self, path: tuple[str, ...] = ()) -> None:
        """Do everything that can be done from here."""
        for name, act in ACTS.items():
            seen = self.seen
            try:
                with transaction.atomic():
                    self.step(act, (*path, name))
                    raise BackError
            except (BackError, *REFUSALS):
                self.seen = seen

    def step(self, act: Callable[[Walk], object], path: tuple[str, ...]) -> None:
        """Do one thing, look whether all promises hold, and go on."""
        act(self)
        if (state := self.state()) in self.been:
            return
        self.been.add(state)
        self.broken += [(*path, promise) for promise in broken_promises(self)]
        if len(path) < self.depth:
            self.go(path)

    def state(self) -> tuple[Any, ...]:
        """What there is to tell two states apart."""
        comment = self.comment
        standing = comment.decisions.filter(undone_at=None)
        return (
            *comment.changeable_columns.values(),
            comment.newest_version,
            comment.text,
            bool(comment.redacted_at),
            tuple(comment.reports.values_list("outcome", flat=True)),
            tuple(standing.values_list("status", "version", "made_by"))[-2:],
            self.seen,
        )

    def card(self) -> queue.Seen:
        """Read what a moderator is shown."""
        card = cards.card_of(self.pk, by=self.editor)
        self.seen |= {card.text}
        return card.seen

    def decide(self, choice: str) -> object:
        """Press one of the three buttons."""
        return queue.decide(self.comment, choice, by=self.editor, seen=self.card())

    def undo(self) -> object:
        """Press the fourth."""
        newest = self.comment.decisions.filter(undone_at=None).last()
        return newest and queue.undo(newest, by=self.editor)

    def edit(self) -> object:
        """Write it anew."""
        text = f"Tekst {WORDS[self.comment.newest_version]}."
        return submission.edit(self.comment, name="An", text=text, arrival=ARRIVAL)

    def withdraw(self) -> object:
        """Take it away, where the receipt has the button."""
        receipt = find_receipt(self.comment.key or "")
        return receipt and receipt.can_withdraw and submission.withdraw(self.comment)

    def redact(self) -> object:
        """Take something out of what the form shows."""
        self.card()
        offered, version = self.comment.offered_wording, self.comment.newest_version
        text = f"{offered.text} Weggehaald."
        self.seen |= {text}
        return moderation.redact(
            self.comment, by=self.editor, version=version, name="An", text=text
        )

    def report(self) -> object:
        """Say that it should not stand there; not for ever more."""
        comment = self.comment
        explanation = str(comment.reports.count())
        return comment.reports.count() < 2 and reports.report(
            comment, ground=Report.Ground.INSULT, explanation=explanation
        )


ACTS: dict[str, Callable[[Walk], object]] = {
    "approve": lambda walk: walk.decide("approve"),
    "reject": lambda walk: walk.decide("reject"),
    "spam": lambda walk: walk.decide("spam"),
    "undo": Walk.undo,
    "edit": Walk.edit,
    "withdraw": Walk.withdraw,
    "put back": lambda walk: submission.put_back(walk.comment),
    "redact": Walk.redact,
    "report": Walk.report,
}


def broken_promises(walk: Walk) -> Iterator[str]:
    """What is not as it should be."""
    comment = walk.comment
    by_rule = comment.post.comments_moderation == Moderation.NONE
    reported = comment.reports.waiting().exists()
    waits = comment.waiting_since is not None
    public = comment.is_public
    if public and not by_rule and comment.text not in walk.seen:
        yield "readers see what no moderator saw"
    if reported and not waits:
        yield "a report is forgotten"
    if public and waits and not reported and not comment.has_waiting_edit:
        yield "it waits for nothing"
    if public and not waits and comment.offered_version > comment.version:
        yield "an edit is forgotten"
    if waits and comment.status not in {"pending", "approved"}:
        yield "it waits, though it was decided"
    if public and comment.version == comment.refused_version:
        yield "readers see an edit that was refused"
    hidden = comment.reports.filter(outcome="hidden", decided_at=comment.decided_at)
    if public and hidden.exists():
        yield "whoever reported it is told that it is gone"
    if comment.learned_as and (comment.status == "pending" or comment.text not in walk.seen):
        yield "the filter learned what no moderator decided about"
    if learned_of(comment) != learned():
        yield "the filter learned something else"
    receipt = find_receipt(comment.key or "")
    assert receipt
    if comment.status == "pending" and receipt.newest.text != comment.offered_wording.text:
        yield "its writer sees something else than the moderators"


def learned_of(comment: Comment) -> Counter[tuple[str, str]]:
    """What the filter should have learned from a comment that is the only one."""
    rows = rows_of(comment.text) if comment.learned_as else []
    return Counter((stem, comment.learned_as) for stem in rows)


def learned() -> Counter[tuple[str, str]]:
    """What the filter learned."""
    counts: Counter[tuple[str, str]] = Counter()
    for word in SpamWord.objects.all():
        counts[word.stem, "genuine"] += word.genuine
        counts[word.stem, "spam"] += word.spam
    return +counts


@pytest.mark.parametrize("depth", [3, pytest.param(5, marks=pytest.mark.long)])
@pytest.mark.parametrize("rule", [Moderation.ALL, Moderation.NONE])
def test_promises_hold_in_every_order(rule: Moderation, depth: int) -> None:
    SpamWord.objects.all().delete()
    post = create_post()
    Post.objects.filter(pk=post.pk).update(comments_moderation=rule)
    comment = submission.submit(post, name="An", text="Tekst.", arrival=ARRIVAL)
    walk = Walk(comment.pk, create_editor(), depth)

    walk.go()

    assert walk.broken == []
    assert len(walk.been) > 40
