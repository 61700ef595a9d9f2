"""Comments whose writers can be reached, as they come about by the form and our mails."""

from __future__ import annotations

from typing import Any

from comments import confirmation
from comments.models import Comment, Link
from tests.factories import create_comment

ADDRESS = "hanneke.bos@voorbeeld.nl"


def confirm_link(comment: Comment) -> Link:
    """The link that we mailed to confirm the address of a comment."""
    return Link.objects.get(purpose=Link.Purpose.CONFIRM, comment=comment)


def create_confirmed_comment(*, email: str = ADDRESS, **fields: Any) -> Comment:
    """A comment whose writer followed our link."""
    comment = create_comment(email=email, **fields)
    confirmation.confirm(confirm_link(comment))
    return Comment.objects.select_related("email").get(pk=comment.pk)
