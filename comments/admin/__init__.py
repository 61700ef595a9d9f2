"""The moderators' side of the comments."""

from comments.admin.comments import CommentAdmin
from comments.admin.erasures import ErasureAdmin
from comments.admin.mails import MailAdmin

__all__ = ["CommentAdmin", "ErasureAdmin", "MailAdmin"]
