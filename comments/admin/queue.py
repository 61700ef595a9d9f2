"""The queue of comments that wait, and what was decided there a moment ago."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext

from authors.accounts import account
from comments.admin.numbers import number
from comments.admin.places import Place
from comments.cards import Trouble, card_of, cards, with_surroundings
from comments.models import Comment, Decision
from comments.queue import CARDS_A_PAGE, after, is_answer, waiting

if TYPE_CHECKING:
    from comments.querysets import CommentQuerySet

# As many decisions as one form can make: a page of cards, and an answer.
DECISIONS_AT_ONCE = CARDS_A_PAGE + 1


@dataclass(frozen=True)
class Notice:
    """What was decided a moment ago, and which of it can be undone."""

    text: str
    undoable: list[int]


# --- The queue ----------------------------------------------------------------------------------


def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a moderator, what waits longest first."""
    return queue_page(request, Place.read(request.GET))


def queue_page(
    request: HttpRequest,
    place: Place,
    *,
    trouble: Trouble | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """One page of the queue; perhaps with what is the matter with one of its cards."""
    page = Paginator(waiting(source=place.source), CARDS_A_PAGE).get_page(place.page)
    comments = cast("CommentQuerySet", page.object_list)
    shown = cards(with_surroundings(comments, by=account(request)), trouble=trouble)
    above = number(request.GET.get("voor"))
    context = {
        **admin.site.each_context(request),
        "title": gettext("Queue"),
        "opts": Comment._meta,
        "page_obj": page,
        "count": in_queue(page.paginator.count),
        "cards": shown,
        "notice": notice_for(request),
        "notice_above": above if any(card.comment.pk == above for card in shown) else None,
        "place": replace(place, page=page.number),
        "source_name": name_of(place.source),
    }
    return TemplateResponse(request, "admin/comments/comment/queue.html", context, status=status)


def name_of(pk: int | None) -> str | None:
    """Who wrote the comment with this number, where there is one."""
    if pk is None:
        return None
    return Comment.objects.filter(pk=pk).values_list("name", flat=True).first()


def in_queue(count: int) -> str:
    """How many comments wait, in words; empty for none, of which the list itself speaks."""
    if not count:
        return ""
    text = ngettext("%(count)d comment waits.", "%(count)d comments wait.", count)
    return text % {"count": count}


def card_in_html(request: HttpRequest, trouble: Trouble) -> str:
    """A card that makes trouble, for the script to put in its place."""
    card = card_of(trouble.comment, by=account(request), trouble=trouble)
    context = {"card": card, "place": Place.read(request.POST)}
    return render_to_string("admin/comments/comment/card.html", context, request)


def page_of(comment: Comment, place: Place) -> Place:
    """The page of the queue on which a waiting comment stands."""
    later = after(waiting(source=place.source), comment).count()
    earlier = waiting(source=place.source).count() - later - 1
    return replace(place, page=max(earlier, 0) // CARDS_A_PAGE + 1)


# --- What was decided ---------------------------------------------------------------------------


def notice_for(request: HttpRequest) -> Notice | None:
    """What this moderator decided on the page before, as the address tells."""
    numbers = filter(
        None, map(number, request.GET.get("besluit", "").split(",")[:DECISIONS_AT_ONCE])
    )
    made = Decision.objects.filter(pk__in=list(numbers), made_by=account(request))
    decisions = list(made.select_related("comment__parent"))
    if not decisions:
        return None
    undoable = [decision.pk for decision in decisions if not decision.undone_at]
    return Notice(decisions_in_words(decisions), undoable)


def decisions_in_words(decisions: list[Decision]) -> str:
    """What became of one comment, or of several, by what was decided at once."""
    decided = [decision for decision in decisions if not is_answer(decision)]
    decision, *more = decided or decisions
    comment = decision.comment
    if decision.undone_at:
        result = gettext("Undone")
    elif not decided:
        result = gettext("Answered")
        comment = comment.parent or comment
    elif len(decided) < len(decisions):
        result = gettext("Approved and answered")
    elif decision.status == Comment.Status.REJECTED and comment.is_public and not more:
        result = gettext("Edit rejected")
    else:
        result = decision.get_status_display()
    if more:
        text = ngettext(
            "%(result)s: %(count)d comment.", "%(result)s: %(count)d comments.", len(more) + 1
        )
    else:
        text = gettext("%(result)s: comment by %(name)s.")
    return text % {"result": result, "name": comment.name, "count": len(more) + 1}
