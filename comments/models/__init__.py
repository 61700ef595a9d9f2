"""What visitors say, who decided about it, how they can be reached, and what is kept for a day."""

from comments.models.comment import (
    NAME_LENGTH,
    REASON_LENGTH,
    ROOTS_A_PAGE,
    TEXT_LENGTH,
    Comment,
    Decision,
    Version,
    new_key,
    page_address,
)
from comments.models.correspondence import EmailAddress, Link, Mail
from comments.models.erasure import Erasure
from comments.models.networks import Attempt, DailyKey, Submission
from comments.models.report import EXPLANATION_LENGTH, Report
from comments.models.spam import SpamTerm, SpamWord

__all__ = [
    "EXPLANATION_LENGTH",
    "NAME_LENGTH",
    "REASON_LENGTH",
    "ROOTS_A_PAGE",
    "TEXT_LENGTH",
    "Attempt",
    "Comment",
    "DailyKey",
    "Decision",
    "EmailAddress",
    "Erasure",
    "Link",
    "Mail",
    "Report",
    "SpamTerm",
    "SpamWord",
    "Submission",
    "Version",
    "new_key",
    "page_address",
]
