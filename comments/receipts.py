"""What the receipt tells whoever sent a comment, and what they can do about it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.db.models import TextChoices
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comments.formatting import format_comment, format_preview
from comments.models import Comment, Report, Version
from comments.privacy import retention
from comments.submission import EDIT_WITHIN, NOT_NOW, RefusedError, refuse_late_edit

Status = Comment.Status


class Standing(TextChoices):
    """What became of a comment, as far as its writer is told."""

    WAITING = "waiting", _("waits for an editor")
    PLACED = "placed", _("placed")
    EDIT_WAITS = "edit waits", _("placed; your change waits for an editor")
    EDIT_REFUSED = "edit refused", _("placed, without your change")
    REFUSED = "refused", _("not placed")
    TAKEN_AWAY = "taken away", _("taken away")
    WITHDRAWN = "withdrawn", _("withdrawn by you")


class MailState(StrEnum):
    """Whether the writer gets a mail when somebody answers."""

    NO_ADDRESS = "no address"
    ASKED = "asked"
    ON = "on"
    OFF = "off"
    STOPPED = "stopped"


ENDED = (Standing.REFUSED, Standing.TAKEN_AWAY, Standing.WITHDRAWN)


@dataclass
class Receipt:
    """A comment as its writer sees it."""

    comment: Comment
    standing: Standing
    report: Report | None

    @property
    def is_withdrawn(self) -> bool:
        """Whether the writer can put it back."""
        return self.standing == Standing.WITHDRAWN

    @property
    def can_withdraw(self) -> bool:
        """Whether there is something to take away from readers or moderators."""
        return self.standing not in ENDED

    @property
    def was_changed_first(self) -> bool:
        """Whether its writer changed it and nothing else happened to it yet."""
        return self.comment.version > 1 and not self.comment.decisions.exists()

    @property
    def days_kept(self) -> int:
        """For how many days a comment that is withdrawn can be put back."""
        return retention.UNPLACED_COMMENT.days

    @property
    def why_not_edit(self) -> str:
        """Why the writer cannot change it; empty while that is possible."""
        if self.standing in ENDED:
            return str(NOT_NOW)
        try:
            refuse_late_edit(self.comment)
        except RefusedError as refusal:
            return str(refusal)
        return ""

    @property
    def edit_until(self) -> datetime | None:
        """Until when the writer can change it; None when that is over."""
        return None if self.why_not_edit else self.comment.created_at + EDIT_WITHIN

    @property
    def kept_until(self) -> datetime | None:
        """When a comment that readers do not see goes for good."""
        if self.standing not in ENDED or self.comment.decided_at is None:
            return None
        return self.comment.decided_at + retention.UNPLACED_COMMENT

    @property
    def newest(self) -> Version:
        """The wording that the writer wrote last, and that may yet be placed."""
        waits = self.standing == Standing.EDIT_WAITS
        return self.comment.newest_wording if waits else self.comment.wording(self.comment.version)

    @property
    def formatted(self) -> SafeString:
        """The newest wording as HTML."""
        placed = self.standing in {Standing.PLACED, Standing.EDIT_REFUSED}
        return format_comment(self.newest.text) if placed else format_preview(self.newest.text)

    @property
    def placed_text(self) -> SafeString:
        """What readers see while an edit waits, as HTML."""
        return format_comment(self.comment.text)

    @cached_property
    def mail_state(self) -> MailState:
        """Whether the writer gets mail, and if not, what it takes."""
        address = retention.kept_address(self.comment)
        if address is None:
            return MailState.NO_ADDRESS
        if address.stopped_at and self.comment.confirmed_at:
            return MailState.STOPPED
        if not self.comment.wants_replies:
            return MailState.OFF
        # Nothing tells a stranger whether we mailed an address before.
        return MailState.ON if self.comment.confirmed_at else MailState.ASKED

    @property
    def takes_address(self) -> bool:
        """Whether the writer can fill in an address, or another one."""
        return self.mail_state in {MailState.NO_ADDRESS, MailState.ASKED}

    @property
    def masked_address(self) -> str:
        """Enough of the address to recognise one's own."""
        return self.comment.email.masked if self.comment.email else ""


def find_receipt(key: str) -> Receipt | None:
    """The receipt with this key; None where there is none, or not any more."""
    kept = retention.kept_comments(Comment.objects.select_related("post", "email"))
    comment = kept.filter(key=key).first()
    return receipt_of(comment) if comment else None


def receipt_of(comment: Comment) -> Receipt:
    """What the writer of a comment is told."""
    report = report_that_ended(comment)
    return Receipt(comment, standing_of(comment, report), report)


def standing_of(comment: Comment, report: Report | None) -> Standing:
    """What became of a comment, given the report that took it away, if one did."""
    match comment.status:
        case Status.PENDING:
            return Standing.WAITING
        case Status.WITHDRAWN:
            return Standing.WITHDRAWN
        case Status.APPROVED if comment.has_waiting_edit:
            return Standing.EDIT_WAITS
        case Status.APPROVED if comment.newest_version > comment.version:
            return Standing.EDIT_REFUSED
        case Status.APPROVED:
            return Standing.PLACED
        case Status.SPAM if comment.is_filed_by_filter:
            # Filed by the filter alone: a moderator may yet find it.
            return Standing.WAITING
    return Standing.TAKEN_AWAY if report else Standing.REFUSED


def report_that_ended(comment: Comment) -> Report | None:
    """The report that made moderators take a comment away."""
    if comment.status not in {Status.REJECTED, Status.SPAM}:
        return None
    # One decision, one moment.
    hidden = comment.reports.filter(outcome=Report.Outcome.HIDDEN, decided_at=comment.decided_at)
    return hidden.first()
