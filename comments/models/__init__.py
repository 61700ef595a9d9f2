"""What visitors say, who decided about it, how they can be reached, and what is kept for a day."""

from comments.models.comment import ROOTS_A_PAGE, Comment, new_key, page_address
from comments.models.correspondence import EmailAddress, Link, Mail
from comments.models.decision import REASON_LENGTH, Decision
from comments.models.erasure import Erasure
from comments.models.networks import Attempt, DailyKey, Submission
from comments.models.report import EXPLANATION_LENGTH, Report
from comments.models.spam import SpamTerm, SpamWord
from comments.models.version import NAME_LENGTH, TEXT_LENGTH, Version

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
