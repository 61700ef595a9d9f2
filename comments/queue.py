"""The moderators' queue: what they are shown of a comment, and deciding about just that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, F, FilteredRelation, Q
from django.utils.safestring import SafeString

from authors.models import Author
from comments import moderation
from comments.formatting import format_comment, restored
from comments.models import Comment, Decision, Report, Submission, Version
from comments.moderation import ChangedError
from comments.querysets import CommentQuerySet
from comments.spam import in_words
from comments.submission import withdraw

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CARDS_A_PAGE = 20

Status = Comment.Status
DECIDE: dict[str, Callable[..., Decision | None]] = {
    "approve": moderation.approve,
    "reject": moderation.reject,
    "spam": moderation.mark_spam,
}
RESULT = {"approve": Status.APPROVED, "reject": Status.REJECTED, "spam": Status.SPAM}

SEEN = re.compile(r"(\d{1,9})\.([a-z]{1,9})\.(\d{1,9})\.([01])", re.ASCII)
# As the sanitizer writes a link.
LINK = re.compile(r'<a href="([^"]*)"[^>]*>[^<]*</a>')


class Seen(NamedTuple):
    """What a moderator saw of a comment; to decide about anything else would be to decide blind."""

    version: int
    status: str
    reports: int
    waits: bool

    def __str__(self) -> str:
        return f"{self.version}.{self.status}.{self.reports}.{self.waits:d}"

    @classmethod
    def of(cls, comment: Comment, *, reports: int) -> Seen:
        """What there is to see of a comment now, with so many reports that wait."""
        waits = comment.waiting_since is not None
        return cls(comment.newest_version, comment.status, reports, waits)

    @classmethod
    def read(cls, value: str) -> Seen | None:
        """What a form carried along; None where that says nothing."""
        found = SEEN.fullmatch(value)
        return found and cls(int(found[1]), found[2], int(found[3]), found[4] == "1")


class Piece(NamedTuple):
    """Some words of a comparison: in both texts, only in the earlier, or only in the new one."""

    kind: str
    text: str


@dataclass(frozen=True)
class Card:
    """A comment as a moderator has to see it to decide: the newest wording, and all around it."""

    comment: Comment
    name: str
    text: str
    # Those that wait.
    reports: list[Report]
    # How many others wait that came from the same network today.
    same_source: int
    # Whether the moderator has a name to answer with.
    by_author: bool

    @property
    def seen(self) -> Seen:
        """What a decision about this card is about."""
        return Seen.of(self.comment, reports=len(self.reports))

    @property
    def is_edit(self) -> bool:
        """Whether this is another wording than the one that was approved."""
        return self.comment.offered_version > self.comment.version

    @property
    def formatted(self) -> SafeString:
        """The newest wording as readers will see it, but for its links."""
        return without_links(format_comment(self.text))

    @property
    def formatted_before(self) -> SafeString:
        """The wording that the newest one would replace."""
        return without_links(format_comment(self.comment.text))

    @property
    def changes(self) -> list[Piece]:
        """The newest wording compared with the one that it would replace, word by word."""
        return compare(self.comment.text, self.text)

    @property
    def findings(self) -> list[str]:
        """Why the spam filter thinks what it thinks."""
        return in_words(self.comment.spam_findings)


def without_links(html: SafeString) -> SafeString:
    """The same HTML, in which a link is no more than its whole address."""
    return restored(LINK.sub(r"\1", html))


def compare(before: str, after: str) -> list[Piece]:
    """Two texts as pieces of the one and of the other."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    pieces = []
    # Short of words that are everywhere, which would cost much time and tell nothing.
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece("gone", "".join(old[start:end])))
        if new_end > new_start:
            pieces.append(Piece("new", "".join(new[new_start:new_end])))
    return pieces


# --- What waits ---------------------------------------------------------------------------------


def waiting(*, source: int | None = None) -> CommentQuerySet:
    """What waits for a moderator; of one source: what came from the network of that comment."""
    comments = Comment.objects.waiting()
    if source is None:
        return comments
    network = Submission.objects.filter(comment=source).values("network")
    return comments.filter(submission__network__in=network)


def after(comments: CommentQuerySet, comment: Comment) -> CommentQuerySet:
    """What waits less long than a comment that waited."""
    return comments.filter(
        Q(waiting_since__gt=comment.waiting_since)
        | Q(waiting_since=comment.waiting_since, pk__gt=comment.pk)
    )


def with_surroundings(comments: CommentQuerySet, *, by: User) -> CommentQuerySet:
    """Comments with what a card shows this moderator around them, all in one query."""
    newest = FilteredRelation("versions", condition=Q(versions__number=F("newest_version")))
    return (
        comments.select_related("post", "parent", "submission")
        .defer("post__body", "post__stored_rendering", "parent__html", "html")
        .annotate(newest=newest)
        .annotate(newest_name=F("newest__name"), newest_text=F("newest__text"))
        .annotate(by_author=Exists(Author.objects.filter(user=by)))
    )


def cards(comments: Iterable[Comment]) -> list[Card]:
    """The cards of comments that came with their surroundings; takes two more queries."""
    comments = list(comments)
    reports: dict[int, list[Report]] = {comment.pk: [] for comment in comments}
    for report in Report.objects.waiting().filter(comment__in=reports):
        reports[report.comment_id].append(report)
    networks = {
        comment.pk: comment.submission.network
        for comment in comments
        if comment.waiting_since and hasattr(comment, "submission")
    }
    counts = dict(
        Submission.objects.filter(network__in=networks.values())
        .filter(comment__waiting_since__isnull=False)
        .values_list("network")
        .annotate(Count("pk"))
    )
    return [
        Card(
            comment,
            *newest_words(comment),
            reports=reports[comment.pk],
            # Itself is no other.
            same_source=max(0, counts.get(networks.get(comment.pk), 0) - 1),
            by_author=comment.by_author,  # type: ignore[attr-defined]
        )
        for comment in comments
    ]


def newest_words(comment: Comment) -> tuple[str, str]:
    """Name and text as they were written last."""
    if comment.offered_version == comment.version:
        return comment.name, comment.text
    return comment.newest_name, comment.newest_text  # type: ignore[attr-defined]


def card_of(pk: int, *, by: User) -> Card:
    """One card for this moderator. Raises Comment.DoesNotExist."""
    (card,) = cards([with_surroundings(Comment.objects.all(), by=by).get(pk=pk)])
    return card


# --- Deciding -----------------------------------------------------------------------------------


@transaction.atomic
def decide(
    comment: Comment, choice: str, *, by: User, seen: Seen | None, reason: str = ""
) -> Decision | None:
    """Decide about a comment as it was seen; to press twice is to decide once.

    Raises PermissionDenied when this user may not moderate, and ChangedError when there is
    something about the comment that was not seen.
    """
    moderation.require_moderator(by)
    comment = moderation.held(comment)
    if seen != Seen.of(comment, reports=comment.reports.waiting().count()):
        latest = comment.decisions.filter(undone_at=None).last()
        if seen and latest and is_by_pressing_twice(latest, choice, by=by, seen=seen):
            return latest
        raise ChangedError(comment)
    return DECIDE[choice](comment, by=by, version=seen.version, reason=reason)


def is_by_pressing_twice(decision: Decision, choice: str, *, by: User, seen: Seen) -> bool:
    """Whether the same moderator decided the same about the same wording."""
    made = (decision.made_by_id, decision.version, decision.status)
    return made == (by.pk, seen.version, RESULT[choice])


@transaction.atomic
def answer(
    comment: Comment, *, by: User, seen: Seen | None, text: str, reason: str = ""
) -> list[Decision]:
    """Answer a comment as an editor, and approve it first where readers cannot see it as it is.

    Raises what `decide` raises, and PermissionDenied for an account that is no author's.
    """
    # Held, so that a second click finds the answer of the first.
    comment = moderation.held(comment)
    decisions = []
    if not comment.is_public or comment.waiting_since:
        decisions.append(decide(comment, "approve", by=by, seen=seen, reason=reason))
    said = comment.replies.approved().filter(text=text, decisions__made_by=by).first()
    reply = said or moderation.answer(comment, by=by, text=text)
    return [*filter(None, [*decisions, reply.decisions.filter(status=Status.APPROVED).first()])]


@transaction.atomic
def undo(decision: Decision, *, by: User) -> Comment:
    """Undo a decision, or take one's answer away.

    Raises PermissionDenied, and ChangedError when the comment cannot go back to where it stood.
    """
    moderation.require_moderator(by)
    comment = moderation.held(decision.comment)
    if decision.before:
        try:
            return moderation.undo(decision, by=by)
        except Version.DoesNotExist:
            # The wording that stood there is past its term.
            raise ChangedError(comment) from None
    if not (is_answer(decision) and comment.is_public):
        raise ChangedError(comment)
    comment = withdraw(comment, by=by)
    decision.undone_at = comment.decided_at
    decision.save(update_fields=["undone_at"])
    return comment


def is_answer(decision: Decision) -> bool:
    """Whether this was no decision about a visitor's words, but an editor's own comment."""
    return bool(decision.comment.badge) and decision.version == 1 and not decision.before
