"""Deciding about comments and undoing that: plain forms, and JSON for the script of the queue."""

from __future__ import annotations

from http import HTTPStatus
from operator import attrgetter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from authors.models import Author
from comments import queue
from comments.admin.access import wants_json
from comments.admin.comment_page import comment_page
from comments.admin.numbers import number
from comments.admin.places import Place
from comments.admin.queue import (
    DECISIONS_AT_ONCE,
    card_in_html,
    decisions_in_words,
    in_queue,
    page_of,
    queue_page,
)
from comments.cards import Trouble
from comments.forms import readable
from comments.models import REASON_LENGTH, TEXT_LENGTH, Comment, Decision
from comments.moderation import ChangedError
from comments.queue import CARDS_A_PAGE, DECIDE, Seen, after, waiting

# What waits longest comes first.
IN_ORDER = attrgetter("waiting_since", "pk")


class AnswerForm(forms.Form):
    """What an editor answers to a comment."""

    answer = forms.CharField(
        max_length=TEXT_LENGTH, error_messages={"required": _("Write your answer.")}
    )


# --- One comment --------------------------------------------------------------------------------


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about one comment, as one of the buttons of its card says."""
    if request.method != "POST":
        # Whoever had to log in first comes back this way.
        return redirect("admin:comments_comment_change", pk)
    comment = Comment.objects.select_related("post").filter(pk=pk).first()
    if comment is None:
        return gone(request, pk)
    choice, seen = request.POST.get("choice", ""), Seen.read(request.POST.get("seen", ""))
    by, reason = account(request), reason_in(request)
    try:
        if choice == "answer":
            if problem := obstacle_to_answer(request):
                return again(request, comment, problem, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            decisions = queue.answer(
                comment, by=by, seen=seen, text=answer_in(request), reason=reason
            )
        elif choice in DECIDE:
            decision = queue.decide(comment, choice, by=by, seen=seen, reason=reason)
            decisions = [decision] if decision else []
        else:
            raise BadRequest("No such decision.")
    except ChangedError as change:
        if change.comment.status == Comment.Status.ERASED:
            return gone(request, pk)
        problem = what_changed(change.comment, seen)
        return again(request, change.comment, problem, status=HTTPStatus.CONFLICT)
    return decided(request, [comment], decisions)


def reason_in(request: HttpRequest) -> str:
    """The reason that was typed, as one line."""
    return " ".join(readable(request.POST.get("reason", "")).split())[:REASON_LENGTH]


def answer_in(request: HttpRequest) -> str:
    """The answer that was typed."""
    return readable(request.POST.get("answer", "")).strip()


def obstacle_to_answer(request: HttpRequest) -> str:
    """Why an answer cannot be placed; empty when it can."""
    if not Author.objects.filter(user=account(request)).exists():
        return gettext("Nobody can answer without a name: tie an author to your account first.")
    form = AnswerForm({"answer": answer_in(request)})
    return "" if form.is_valid() else str(form.errors["answer"][0])


def what_changed(comment: Comment, seen: Seen | None) -> str:
    """Why nothing was decided: what the moderator cannot have seen."""
    if comment.status == Comment.Status.WITHDRAWN:
        return gettext("The writer has just withdrawn this comment. Nothing was decided.")
    if comment.status == Comment.Status.ERASED:
        return gettext("This comment is no longer there.")
    if seen is None or seen.version != comment.newest_version:
        if comment.redacted_at and comment.newest_version == comment.version:
            return gettext("An editor has just changed this comment. This is the new text.")
        return gettext("The writer has just changed this comment. This is the new text.")
    if seen.status == comment.status and seen.waits == (comment.waiting_since is not None):
        return gettext("Somebody has just reported this comment. Read the report first.")
    return gettext("Somebody else has just decided about this comment: %(status)s.") % {
        "status": comment.get_status_display()
    }


# --- Several comments ---------------------------------------------------------------------------


def decide_several(request: HttpRequest) -> HttpResponse:
    """The same decision about every card that was ticked; what changed meanwhile is left."""
    if request.method != "POST":
        return redirect("admin:comments_comment_queue")
    choice = request.POST.get("choice", "")
    if choice not in DECIDE:
        raise BadRequest("No such decision.")
    if not (ticked := ticked_in(request)):
        problem = gettext("First tick the comments that this is about.")
        return refuse(request, problem, HTTPStatus.UNPROCESSABLE_ENTITY)
    comments = Comment.objects.select_related("post").in_bulk(list(ticked))
    decisions, done, changed = [], [], []
    for pk, seen in ticked.items():
        comment = comments.get(pk)
        if comment is None:
            continue
        try:
            decision = queue.decide(comment, choice, by=account(request), seen=seen)
        except ChangedError as change:
            changed.append(
                Trouble(pk, what_changed(change.comment, seen), name=change.comment.name)
            )
        else:
            done.append(comment)
            decisions += [decision] if decision else []
    return decided(request, done, decisions, changed)


def ticked_in(request: HttpRequest) -> dict[int, Seen | None]:
    """The comments that were ticked, each with what was seen of it."""
    ticked = {}
    for value in request.POST.getlist("ticked")[:CARDS_A_PAGE]:
        pk, _dot, seen = value.partition(".")
        if (found := number(pk)) is not None:
            ticked[found] = Seen.read(seen)
    return ticked


# --- Undoing ------------------------------------------------------------------------------------


def undo(request: HttpRequest) -> HttpResponse:
    """Undo what was decided at once; what something happened to since stays as it is."""
    if request.method != "POST":
        return redirect("admin:comments_comment_queue")
    numbers = [number(value) for value in request.POST.getlist("decision")[:DECISIONS_AT_ONCE]]
    decisions = Decision.objects.select_related("comment__post", "comment__parent")
    undone: list[Decision] = []
    for decision in decisions.filter(pk__in=filter(None, numbers)):
        try:
            decision.comment = queue.undo(decision, by=account(request))
        except ChangedError:
            continue
        undone.append(decision)
    if not undone:
        return refuse(
            request,
            gettext("This cannot be undone any more: something happened to the comment since."),
            HTTPStatus.CONFLICT,
        )
    return taken_back(request, undone, left=len(numbers) - len(undone))


def taken_back(request: HttpRequest, undone: list[Decision], *, left: int) -> HttpResponse:
    """Say what was undone and how much was not, and lead to the card that came back."""
    place = Place.read(request.POST)
    problem = ngettext(
        "%(count)d decision stays: something happened to the comment since.",
        "%(count)d decisions stay: something happened to the comments since.",
        left,
    ) % {"count": left}
    back = [decision.comment for decision in undone if decision.comment.waiting_since]
    back.sort(key=IN_ORDER)
    if wants_json(request):
        message = f"{decisions_in_words(undone)} {problem if left else ''}".strip()
        return script_answer(place, message=message, back=[comment.pk for comment in back])
    if left:
        messages.warning(request, problem)
    told = {"besluit": ",".join(str(decision.pk) for decision in undone)}
    if place.comment or not back:
        return HttpResponseRedirect(place.url(anchor="besluit", **told))
    first = back[0]
    place = page_of(first, place)
    return HttpResponseRedirect(place.url(anchor=first.anchor, **told, voor=first.pk))


# --- Answers ------------------------------------------------------------------------------------


def decided(
    request: HttpRequest,
    comments: list[Comment],
    decisions: list[Decision],
    changed: list[Trouble] | None = None,
) -> HttpResponse:
    """Say what was decided, and lead to the next card; `comments` are as they were before."""
    place = Place.read(request.POST)
    if wants_json(request):
        return script_answer(
            place,
            message=decisions_in_words(decisions) if decisions else "",
            decisions=[decision.pk for decision in decisions],
            decided=[comment.pk for comment in comments],
            cards={trouble.comment: card_in_html(request, trouble) for trouble in changed or ()},
        )
    for trouble in changed or ():
        messages.warning(request, f"{trouble.name}: {trouble.problem}")
    told = {"besluit": ",".join(str(decision.pk) for decision in decisions) or None}
    following = after_all(comments, place)
    if place.comment or following is None:
        return HttpResponseRedirect(place.url(anchor="besluit", **told))
    return HttpResponseRedirect(place.url(anchor=following.anchor, **told, voor=following.pk))


def script_answer(place: Place, **told: Any) -> JsonResponse:
    """What the script is told, and how much of what it shows waits now."""
    count = waiting(source=place.source).count()
    return JsonResponse({**told, "waiting": in_queue(count)})


def after_all(comments: list[Comment], place: Place) -> Comment | None:
    """The comment that is next in the queue after these, which stood in it until now."""
    waited = [comment for comment in comments if comment.waiting_since]
    if not waited:
        return None
    last = max(waited, key=IN_ORDER)
    return after(waiting(source=place.source), last).first()


def again(
    request: HttpRequest, comment: Comment, problem: str, *, status: HTTPStatus
) -> HttpResponse:
    """Nothing was decided: the card as it is now, with what was typed and what is the matter."""
    place = Place.read(request.POST)
    trouble = Trouble(
        comment.pk,
        problem,
        name=comment.name,
        reason=reason_in(request),
        answer=request.POST.get("answer", ""),
    )
    if wants_json(request):
        cards = {comment.pk: card_in_html(request, trouble)}
        return JsonResponse({"error": problem, "cards": cards}, status=status)
    if place.comment or not comment.waiting_since:
        return comment_page(request, comment.pk, trouble=trouble, status=status)
    return queue_page(request, page_of(comment, place), trouble=trouble, status=status)


def gone(request: HttpRequest, pk: int) -> HttpResponse:
    """The comment was erased or past its term, so there is nothing left to decide about."""
    message = gettext("This comment is no longer there.")
    if wants_json(request):
        place = Place.read(request.POST)
        return script_answer(place, message=message, decisions=[], decided=[pk], cards={})
    messages.warning(request, message)
    return redirect("admin:comments_comment_queue")


def refuse(request: HttpRequest, problem: str, status: HTTPStatus) -> HttpResponse:
    """Nothing was done, and why; a person reads it on the page that the form came from."""
    if wants_json(request):
        return JsonResponse({"error": problem}, status=status)
    messages.warning(request, problem)
    return HttpResponseRedirect(Place.read(request.POST).url())
