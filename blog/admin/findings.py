"""What the checks found, in the admin: beside the text as it is typed, and on a page of its own."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog import checking, publishing
from blog.admin.endpoints import no_permission, problem
from blog.admin.pages import address_of, page_of_post
from blog.checking import Report
from blog.content import PostContent
from blog.editorial import Manuscript, Place, Readability, readability
from blog.models import Post, Waiver
from blog.rendering import TooComplexError

if TYPE_CHECKING:
    from blog.admin.forms import ContentForm
    from blog.admin.posts import ContentAdmin

# The query that names a place in a field: where an editor who comes from elsewhere goes on.
PLACE = "plek"
# Where a field of several inputs begins.
FIRST_INPUT = {"byline": "byline_0", "related": "related_0", "corrections": "corrections_0"}


class WaiverForm(forms.Form):
    """Which warnings may stand, and why."""

    keys = forms.MultipleChoiceField()
    note = forms.CharField(
        label=_("Why may this stand?"),
        max_length=Waiver._meta.get_field("note").max_length,
        error_messages={"required": _("Say why it may stand.")},
        widget=forms.TextInput(attrs={"size": 60}),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = self.fields["keys"]
        keys.choices = [(warning.key, warning.reason) for warning in report.warnings]  # type: ignore[attr-defined]
        keys.error_messages |= {
            "required": _("Tick what may stand."),
            "invalid_choice": _(
                "The text has changed meanwhile, or a colleague was first. "
                "Look at what is found now."
            ),
        }


def check_form(admin: ContentAdmin, request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What the checks find in the fields of a form as they stand, saved or not."""
    post = None if pk is None else admin.existing(request, pk)
    user = account(request)
    if not (publishing.may_change(user, post) if post else admin.has_add_permission(request)):
        return no_permission(request)
    form_class = admin.get_form(request, post, change=post is not None)
    form = cast("ContentForm", form_class(request.POST, instance=post))
    if not form.is_valid() and "body" in form.errors:
        return problem(request, str(form.errors["body"][0]), HTTPStatus.BAD_REQUEST)
    return TemplateResponse(
        request,
        "admin/blog/post/findings.html",
        about_findings(form.instance, form.content),
    )


def findings_page(admin: ContentAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """What is found in the newest draft, what may stand and why, and the form to let it."""
    post = admin.existing(request, pk, may="change")
    content = checking.newest_content(post)
    report = checking.report_on(post, content)
    may_waive = admin.has_publish_permission(request)
    form = WaiverForm(request.POST if "_waive" in request.POST else None, report=report)
    if "_show_again" in request.POST:
        waiver = get_object_or_404(post.waivers, pk=as_number(request.POST["_show_again"]))
        if publishing.withdraw_waiver(waiver, by=account(request)):
            messages.success(request, gettext("This is a point to look at again."))
        return HttpResponseRedirect(address_of("findings", post))
    if form.is_valid():
        keys, note = form.cleaned_data["keys"], form.cleaned_data["note"]
        count = len(publishing.waive(post, keys, by=account(request), note=note))
        message = ngettext("%(count)d point may stand.", "%(count)d points may stand.", count)
        messages.success(request, message % {"count": count})
        return HttpResponseRedirect(address_of("findings", post))
    return page_of_post(
        admin,
        request,
        post,
        "admin/blog/post/findings_page.html",
        title=gettext("Checks"),
        form=form if may_waive and (report.warnings or form.is_bound) else None,
        may_waive=may_waive,
        **about_findings(post, content, report=report),
    )


def about_form(form: ContentForm, post: Post | None) -> dict[str, Any]:
    """What the panel beside the text says when the form is opened, or comes back with an error."""
    if post is None and not form.is_bound:
        return {
            "report": Report([], []),
            "numbers": gettext("The checks look on as soon as you write."),
        }
    return about_findings(form.instance, form.content if form.is_bound else form.started_from)


def about_findings(
    post: Post, content: PostContent, *, report: Report | None = None
) -> dict[str, Any]:
    """What the list of findings says of a text."""
    report = report or checking.report_on(post, content)
    return {
        "report": report,
        "numbers": in_numbers(errors=len(report.errors), warnings=len(report.warnings)),
        "reading": reading(content),
        "sells": content.is_commercial,
        "form_address": address_of("change", post) if post.pk else "",
    }


def in_numbers(*, errors: int, warnings: int) -> str:
    """How much there is to look at, in a few words."""
    parts = []
    if errors:
        parts.append(ngettext("%(count)d error", "%(count)d errors", errors) % {"count": errors})
    if warnings:
        text = ngettext("%(count)d point to look at", "%(count)d points to look at", warnings)
        parts.append(text % {"count": warnings})
    return ", ".join(parts) or gettext("Nothing found")


def reading(content: PostContent) -> Readability | None:
    """How hard the text reads, where that can be said."""
    try:
        return readability(Manuscript(content))
    except TooComplexError:
        return None


def input_of(field: str) -> str:
    """The input of the change form in which a field begins."""
    return FIRST_INPUT.get(field, field)


def place_of(place: Place) -> str:
    """The query with which a form opens at a place; none for a whole field."""
    return f"?{PLACE}={input_of(place.field)}-{place.start}-{place.end}" if place.end else ""


def as_number(typed: str) -> int:
    """The number that a button sent, or one that nothing has."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
