"""The page of one comment: its card, what else was written, and all that was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from authors.accounts import account
from comments.admin.places import Place
from comments.admin.queue import notice_for
from comments.cards import Trouble, card_of
from comments.models import Comment, Decision
from comments.privacy import retention
from comments.queue import is_answer


@dataclass(frozen=True)
class Step:
    """One line of a comment's history."""

    decision: Decision
    label: str
    by: str


def comment_page(
    request: HttpRequest,
    pk: int,
    *,
    trouble: Trouble | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """All of a comment, and the buttons that decide about it."""
    comment = existing(pk)
    card = card_of(comment.pk, by=account(request), trouble=trouble)
    decisions = list(comment.decisions.select_related("made_by"))
    standing = [decision for decision in decisions if not decision.undone_at]
    reports = list(retention.kept_reports().filter(comment=comment))
    about_reports = {report.decided_at for report in reports}
    context = {
        **admin.site.each_context(request),
        "title": gettext("Comment by %(name)s") % {"name": card.name},
        "opts": Comment._meta,
        "card": card,
        "steps": [
            Step(
                decision,
                label_of(decision, about_reports=decision.made_at in about_reports),
                made_by(decision),
            )
            for decision in decisions
        ],
        "undoable": standing[-1] if standing and can_be_undone(standing[-1]) else None,
        "versions": retention.kept_wordings().filter(comment=comment),
        "reports": reports,
        "days": retention.EARLIER_WORDING.days,
        "notice": notice_for(request),
        "list_filters": request.GET.get("_changelist_filters", ""),
        "place": Place(comment=comment.pk),
    }
    template = "admin/comments/comment/comment_page.html"
    return TemplateResponse(request, template, context, status=status)


def existing(pk: int) -> Comment:
    """The comment with this number, within its term. Raises Http404."""
    comment = retention.kept_comments(Comment.objects.filter(pk=pk)).first()
    if comment is None:
        raise Http404
    return comment


def can_be_undone(decision: Decision) -> bool:
    """Whether a comment can go back to before its last decision."""
    is_about_newest = decision.version == decision.comment.newest_version
    return bool(decision.made_by_id and decision.before and is_about_newest) or is_answer(decision)


def label_of(decision: Decision, *, about_reports: bool) -> str:
    """What a decision was, in a few words."""
    if is_answer(decision):
        return gettext("Answer by an editor")
    if decision.made_by_id and not decision.before:
        return gettext("Adapted by the editors")
    # With a report it was about the whole comment.
    if is_about_edit(decision) and not about_reports:
        return gettext("Edit rejected")
    return decision.get_status_display()


def is_about_edit(decision: Decision) -> bool:
    """Whether an edit was rejected of a comment that readers saw."""
    before = decision.before
    return (
        decision.status == Comment.Status.REJECTED
        and before.get("waiting_since") is not None
        and before["version"] < decision.version != before["refused_version"]
    )


def made_by(decision: Decision) -> str:
    """Who decided, in words."""
    if decision.made_by:
        return str(decision.made_by)
    if decision.status in (Comment.Status.WITHDRAWN, Comment.Status.PENDING):
        return gettext("the writer")
    return gettext("by the rules of the site")
