"""What writers and readers do with a comment, as it comes about by the form and our mails."""

from __future__ import annotations

from typing import Any

from comments import confirmation, reports, submission
from comments.mail import correspondence
from comments.models import Comment, Link, Mail, Report
from comments.spam import Arrival
from tests.factories import create_comment

ADDRESS = "hanneke.bos@voorbeeld.nl"


def confirm_link(comment: Comment) -> Link:
    """The link that we mailed to confirm the address of a comment."""
    return Link.objects.get(purpose=Link.Purpose.CONFIRM, comment=comment, withdrawn_at=None)


def create_confirmed_comment(*, email: str = ADDRESS, **fields: Any) -> Comment:
    """A comment whose writer followed our link."""
    comment = create_comment(email=email, **fields)
    confirmation.confirm(confirm_link(comment))
    return Comment.objects.select_related("email").get(pk=comment.pk)


def create_comment_with_mail_on_replies(**fields: Any) -> Comment:
    """A comment by somebody who wants to know about replies; what was mailed before is gone."""
    comment = create_confirmed_comment(**fields)
    assert correspondence.request_replies(comment)
    Mail.objects.all().delete()
    comment.refresh_from_db()
    return comment


def edit(comment: Comment, text: str, *, name: str = "") -> Comment:
    """What the writer makes of a comment within a quarter of an hour."""
    return submission.edit(comment, name=name or comment.name, text=text, arrival=Arrival())


def report(comment: Comment, explanation: str = "") -> Report:
    """What a reader thinks of a comment."""
    return reports.report(comment, ground=Report.Ground.INSULT, explanation=explanation)
