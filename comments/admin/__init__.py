"""The moderators' side of the comments."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from comments.admin.comments import CommentAdmin
from comments.admin.erasure_log import ErasureAdmin
from comments.admin.mails import MailAdmin
from comments.admin.spam_terms import SpamTermAdmin

# Mails have a list of their own; the jobs behind them are nobody's work.
admin.site.unregister(DBTaskResult)

__all__ = ["CommentAdmin", "ErasureAdmin", "MailAdmin", "SpamTermAdmin"]
