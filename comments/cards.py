"""What a moderator is shown of a comment: the newest wording, and all around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, F, FilteredRelation, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from authors.models import Author
from blog.diff import Piece, compare
from comments.formatting import format_comment, with_whole_addresses
from comments.models import REASON_LENGTH, Comment, Report, Submission
from comments.querysets import CommentQuerySet
from comments.queue import Seen
from comments.spam import in_words

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Status = Comment.Status


class Choice(NamedTuple):
    """A button that decides, and the key that presses it."""

    value: str
    label: str
    key: str


@dataclass(frozen=True)
class Trouble:
    """Why nothing was decided about a comment, and what was typed with it."""

    comment: int
    problem: str
    name: str = ""
    reason: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Card:
    """A comment as a moderator has to see it to decide."""

    comment: Comment
    name: str
    text: str
    # Those that wait.
    reports: list[Report]
    # How many others wait that came from the same network today.
    same_source: int
    # Whether the moderator has a name to answer with.
    by_author: bool
    trouble: Trouble | None

    @property
    def seen(self) -> Seen:
        """What a decision about this card is about."""
        return Seen.of(self.comment, reports=len(self.reports))

    @property
    def is_edit(self) -> bool:
        """Whether this is another wording than the one that was approved."""
        return self.comment.offered_version > self.comment.version

    @property
    def is_settled(self) -> bool:
        """Whether readers see the comment as it is, and nothing about it waits."""
        return self.comment.is_public and not self.comment.waiting_since

    @property
    def kinds(self) -> list[str]:
        """Why it waits, or where it stands, and what was done to it before."""
        comment = self.comment
        reported = ngettext("Reported", "Reported %(count)d times", len(self.reports))
        kinds = {
            comment.get_status_display(): comment.waiting_since is None,
            comment.get_badge_display(): comment.badge,
            gettext("New"): comment.status == Status.PENDING,
            gettext("Edited after approval"): self.is_edit,
            gettext("Edited before approval"): not self.is_edit
            and comment.newest_version > 1
            and not comment.redacted_at,
            reported % {"count": len(self.reports)}: self.reports,
            gettext("Adapted by the editors"): comment.redacted_at,
        }
        return [kind for kind, is_so in kinds.items() if is_so]

    @property
    def choices(self) -> list[Choice]:
        """The decisions that would change something."""
        comment = self.comment
        approve = gettext("Approve") if comment.waiting_since else gettext("Approve after all")
        choices = {
            Status.APPROVED: Choice("approve", approve, "A"),
            Status.REJECTED: Choice("reject", gettext("Reject"), "R"),
            Status.SPAM: Choice("spam", gettext("Spam"), "S"),
        }
        return [
            choice
            for status, choice in choices.items()
            if comment.waiting_since or comment.status != status
        ]

    @property
    def explanation(self) -> str:
        """What the choices mean, where that does not speak for itself."""
        if self.is_edit and self.reports:
            return gettext(
                "Approve: the new text appears. Reject: the whole comment is taken away."
            )
        if self.is_edit and self.comment.is_public:
            return gettext(
                "Approve: the new text appears. Reject: the text that was approved stays."
                " Spam: the whole comment is taken away."
            )
        if self.reports:
            return gettext("Approve: the comment stays. Reject: the comment is taken away.")
        return ""

    @property
    def reason_length(self) -> int:
        """How long the reason of a decision may be."""
        return REASON_LENGTH

    @property
    def readers_of_reason(self) -> str:
        """Who reads the reason of a decision."""
        if self.reports:
            return gettext(
                "Whoever reported it reads this, and the writer too if it is taken away."
            )
        return gettext("For your colleagues; the sender does not see it.")

    @property
    def formatted(self) -> SafeString:
        """The newest wording as readers will see it, but for its links."""
        return with_whole_addresses(format_comment(self.text))

    @property
    def formatted_before(self) -> SafeString:
        """The wording that the newest one would replace."""
        return with_whole_addresses(format_comment(self.comment.text))

    @property
    def changes(self) -> list[Piece]:
        """The newest wording compared with the one that it would replace, word by word."""
        return compare(self.comment.text, self.text)

    @property
    def findings(self) -> list[str]:
        """Why the spam filter thinks what it thinks."""
        return in_words(self.comment.spam_findings)


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


def cards(comments: Iterable[Comment], *, trouble: Trouble | None = None) -> list[Card]:
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
            trouble=trouble if trouble and trouble.comment == comment.pk else None,
        )
        for comment in comments
    ]


def newest_words(comment: Comment) -> tuple[str, str]:
    """Name and text as they were written last."""
    if comment.offered_version == comment.version:
        return comment.name, comment.text
    return comment.newest_name, comment.newest_text  # type: ignore[attr-defined]


def card_of(pk: int, *, by: User, trouble: Trouble | None = None) -> Card:
    """One card for this moderator. Raises Comment.DoesNotExist."""
    comment = with_surroundings(Comment.objects.all(), by=by).get(pk=pk)
    (card,) = cards([comment], trouble=trouble)
    return card
