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


def comment_page(
    request: HttpRequest,
    pk: int,
    *,
    trouble: Trouble | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """All of a comment, and the buttons that decide about it."""
    comment = existing(pk)
    decisions = list(comment.decisions.select_related("made_by"))
    standing = [decision for decision in decisions if not decision.undone_at]
    context = {
        **admin.site.each_context(request),
        "title": gettext("Comment"),
        "opts": Comment._meta,
        "card": card_of(comment.pk, by=account(request)),
        "steps": [Step(decision, label_of(decision)) for decision in decisions],
        "undoable": [d for d in standing[-1:] if can_be_undone(d)],
        "versions": retention.kept_wordings().filter(comment=comment),
        "reports": retention.kept_reports().filter(comment=comment),
        "notice": notice_for(request),
        "list_filters": request.GET.get("_changelist_filters", ""),
        "place": Place(comment=comment.pk),
        "trouble": trouble,
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


def label_of(decision: Decision) -> str:
    """What a decision was, in a few words."""
    if is_answer(decision):
        return gettext("Answer by an editor")
    if decision.made_by_id and not decision.before:
        return gettext("Adapted by the editors")
    return decision.get_status_display()
