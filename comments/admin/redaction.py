"""Taking something out of a comment, such as somebody's telephone number."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from comments import moderation
from comments.admin.comment_page import existing
from comments.admin.deciding import what_changed
from comments.forms import readable
from comments.models import NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH, Comment
from comments.moderation import ChangedError
from comments.personal_details import redacted
from comments.privacy import retention
from comments.queue import Seen

SUGGEST = "_suggest"


class RedactionForm(forms.Form):
    """Name and text as readers will see them, and why."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    # A remark is longer than what it stands for.
    text = forms.CharField(
        label=_("Comment"), max_length=2 * TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 12})
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("For your colleagues, in the history."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_name(self) -> str:
        """A name is one line."""
        return " ".join(readable(self.cleaned_data["name"]).split())

    def clean_text(self) -> str:
        """A text that can be read."""
        return readable(self.cleaned_data["text"])


def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, filled with the wording that was not refused; it can fill in suggestions too."""
    comment = existing(pk)
    if request.method != "POST":
        return form_page(request, comment, RedactionForm(initial=as_it_is(comment)))
    if SUGGEST in request.POST:
        typed = {name: request.POST.get(name, "") for name in RedactionForm.base_fields}
        plain = {name: readable(typed[name]) for name in ("name", "text")}
        suggested = {name: redacted(words) for name, words in plain.items()}
        form = RedactionForm(initial=typed | suggested)
        form.fields["text"].widget.attrs["autofocus"] = True
        return form_page(request, comment, form, found_nothing=suggested == plain)
    form = RedactionForm(request.POST)
    if not form.is_valid():
        return form_page(request, comment, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        after = moderation.redact(comment, by=account(request), **form.cleaned_data)
    except ChangedError as change:
        return stale(request, change.comment, form)
    if after.newest_version == comment.newest_version:
        messages.info(request, gettext("Nothing was changed, so there was nothing to save."))
    elif after.is_public:
        messages.success(request, gettext("Saved. Readers see that the editors adapted it."))
    else:
        message = gettext(
            "Saved. If you approve the comment, readers see that the editors adapted it."
        )
        messages.success(request, message)
    return redirect("admin:comments_comment_change", pk)


def stale(request: HttpRequest, comment: Comment, form: RedactionForm) -> HttpResponse:
    """Nothing was saved: what was typed stays, beside the wording that is newest now."""
    typed = request.POST.copy()
    # To save once more is then a choice.
    typed["version"] = str(comment.newest_version)
    seen = Seen(form.cleaned_data["version"], comment.status, 0, waits=False)
    form = RedactionForm(typed)
    form.add_error(None, what_changed(comment, seen))
    return form_page(request, comment, form, status=HTTPStatus.CONFLICT)


def form_page(
    request: HttpRequest,
    comment: Comment,
    form: RedactionForm,
    *,
    found_nothing: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The page around the form."""
    context = {
        **admin.site.each_context(request),
        "title": gettext("Adapt a comment"),
        "opts": Comment._meta,
        "comment": comment,
        "offered": comment.offered_wording,
        "form": form,
        "suggest": SUGGEST,
        "found_nothing": found_nothing,
        "days": retention.EARLIER_WORDING.days,
    }
    return TemplateResponse(request, "admin/comments/comment/redact.html", context, status=status)


def as_it_is(comment: Comment) -> dict[str, Any]:
    """The wording that an approval would show, or readers see."""
    offered = comment.offered_wording
    return {"name": offered.name, "text": offered.text, "version": comment.newest_version}
