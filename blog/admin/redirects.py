"""Redirects in the admin: the list, a box to try an address in, and importing; and what is missing.

The permissions are Django's own of each model.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from blog import redirects
from blog.models import MissingAddress, Redirect
from blog.redirect_import import Import, Outcome, UnreadableError, import_redirects, look_through
from blog.redirects import Find, RefusedError, plain_path, plain_target

# Of a list that is imported: less than the server takes of a form.
MOST_CHARACTERS = 1_000_000
CONFIRM = "_confirm"

FINDS = {
    Find.PRIVATE: _("The site itself uses this address. No redirect leads away from it."),
    Find.PAGE: _("A page of the site is here."),
    Find.MOVED: _("The page has moved; readers are led to its address of today:"),
    Find.REDIRECT: _("Nothing is here; a redirect leads readers to:"),
    Find.GONE: _("A page was here and is gone. Readers are told so."),
    Find.NOTHING: _("Nothing is here. Readers see the page for a wrong address."),
}


class RedirectForm(forms.ModelForm[Redirect]):
    """Both addresses in their one form."""

    class Meta:
        model = Redirect
        fields = ["path", "target"]
        help_texts = {
            "path": _(
                "As in /oud/adres/ or /oud.html. Capitals and a last slash make no difference."
            ),
            "target": _(
                "An address of this site, as in /blog/nieuw/, or a whole one that begins with "
                "https://."
            ),
        }

    def clean_path(self) -> str:
        """The address that readers come with."""
        return in_its_form(plain_path, self.cleaned_data["path"])

    def clean_target(self) -> str:
        """The address that they are led to."""
        return in_its_form(plain_target, self.cleaned_data["target"])

    def clean(self) -> dict[str, Any]:
        """Whether the one can lead to the other."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                others = redirects.Redirects(besides=self.instance)
                others.lead(cleaned["path"], to=cleaned["target"])
            except RefusedError as refusal:
                self.add_error(refusal.field, str(refusal))
        return cleaned


def in_its_form(plain: Any, typed: str) -> str:
    """An address as it is kept, or what is the matter with it, for beside the field."""
    try:
        address: str = plain(typed)
    except RefusedError as refusal:
        raise ValidationError(str(refusal)) from refusal
    return address


class TrialForm(forms.Form):
    """An address to be tried."""

    adres = forms.CharField(
        label=_("address"),
        max_length=2_000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def clean_adres(self) -> str:
        """The address in its one form; one of the site's own may be tried as well."""
        try:
            return plain_path(self.cleaned_data["adres"])
        except RefusedError as refusal:
            typed = redirects.without_site(self.cleaned_data["adres"])
            if typed.startswith("/") and redirects.is_private(typed):
                return redirects.normal(typed)
            raise ValidationError(str(refusal)) from refusal


class ImportForm(forms.Form):
    """A list of redirects, pasted or as a file."""

    text = forms.CharField(
        label=_("list"),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField", "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("or a file"), required=False)

    def clean(self) -> dict[str, Any]:
        """One text, from wherever it came, and what it comes to."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if file := cleaned.get("file"):
            cleaned["text"] = text_of(file.read())
        cleaned["found"] = self.look_through(cleaned["text"])
        return cleaned

    def look_through(self, text: str) -> Import:
        """What the list comes to, or why it cannot be read."""
        try:
            return look_through(text)
        except UnreadableError as error:
            raise ValidationError(str(error)) from error


def text_of(file: bytes) -> str:
    """A file as text, within bounds."""
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("This file is no text. Save it in the spreadsheet as “CSV UTF-8”.")
        raise ValidationError(message) from error
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(_("This file is too large. Import it in parts."))
    return text


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin[Redirect]):
    form = RedirectForm
    list_display = ["path", "target", "hits", "asked_at"]
    search_fields = ["path", "target"]
    readonly_fields = ["hits", "asked_at"]
    view_on_site = False

    def get_fields(self, request: HttpRequest, obj: Redirect | None = None) -> list[Any]:
        """A new one has no hits yet."""
        return ["path", "target", *(self.readonly_fields if obj else [])]

    def get_urls(self) -> list[URLPattern]:
        own = self.admin_site.admin_view
        return [
            path("proberen/", own(self.try_out), name="blog_redirect_try_out"),
            path("importeren/", own(self.import_list), name="blog_redirect_import"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "title": capfirst(self.opts.verbose_name_plural),
            "may_import": self.has_import_permission(request),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def save_model(self, request: HttpRequest, obj: Redirect, form: Any, change: bool) -> None:
        redirects.keep(obj)
        if redirects.leads_nowhere(obj.target):
            message = gettext("Nothing is at %(address)s now.") % {"address": obj.target}
            self.message_user(request, message, messages.WARNING)

    def try_out(self, request: HttpRequest) -> HttpResponse:
        """An address, and what a reader would get there now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = TrialForm(request.GET if "adres" in request.GET else None)
        context: dict[str, Any] = {"title": gettext("Try an address"), "form": form}
        if form.is_valid():
            address = form.cleaned_data["adres"]
            found = redirects.what_readers_find(address)
            context |= {"address": address, "found": found, "find": FINDS[found.find]}
            context["redirect"] = Redirect.objects.filter(path=address).first()
            context["may_add"] = self.has_add_permission(request)
        return self.page(request, "admin/blog/redirect/try_out.html", context)

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whether this user may both add redirects and change those that are there."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def import_list(self, request: HttpRequest) -> HttpResponse:
        """A list of redirects: first what it would do, and then, once confirmed, doing it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        context: dict[str, Any] = {"title": gettext("Import redirects"), "form": form}
        if form.is_valid():
            if CONFIRM in request.POST:
                return self.imported(request, import_redirects(form.cleaned_data["text"]))
            found: Import = form.cleaned_data["found"]
            context |= {
                "text": form.cleaned_data["text"],
                "found": found,
                "refused": [line for line in found.lines if line.outcome is Outcome.REFUSED],
                "others": [line for line in found.lines if line.outcome is not Outcome.REFUSED],
                "counts": counted(found),
                "confirm_name": CONFIRM,
            }
        return self.page(request, "admin/blog/redirect/import.html", context)

    def imported(self, request: HttpRequest, found: Import) -> HttpResponse:
        """Back to the list, with what was done."""
        self.message_user(request, " ".join(counted(found)), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:blog_redirect_changelist"))

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """A page of our own beside the list."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})


def counted(found: Import) -> list[str]:
    """What a list comes to, in words."""
    sentences = {
        Outcome.ADDED: ngettext(
            "%(count)d redirect new.", "%(count)d redirects new.", found.count(Outcome.ADDED)
        ),
        Outcome.CHANGED: ngettext(
            "%(count)d redirect changed.",
            "%(count)d redirects changed.",
            found.count(Outcome.CHANGED),
        ),
        Outcome.SAME: ngettext(
            "%(count)d line changes nothing.",
            "%(count)d lines change nothing.",
            found.count(Outcome.SAME),
        ),
        Outcome.REFUSED: ngettext(
            "%(count)d line left out.", "%(count)d lines left out.", found.count(Outcome.REFUSED)
        ),
    }
    return [
        sentence % {"count": found.count(outcome)}
        for outcome, sentence in sentences.items()
        if found.count(outcome)
    ]


@admin.register(MissingAddress)
class MissingAddressAdmin(admin.ModelAdmin[MissingAddress]):
    """What readers ask for in vain, the most-asked first; it is counted, not written."""

    list_display = ["path", "hits", "solution", "asked_at"]
    list_display_links = None
    search_fields = ["path"]
    actions = ["dismiss"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = gettext("Most-asked missing addresses")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_list_display(self, request: HttpRequest) -> Any:
        """Without the link to a form that this user may not open."""
        may_add = request.user.has_perm("blog.add_redirect")
        return [name for name in self.list_display if may_add or name != "solution"]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without Django's own deletion: what is still asked for comes back by itself."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description=_("solution"))
    def solution(self, missing: MissingAddress) -> str:
        """A link to the form, with the address filled in."""
        query = urlencode({"path": missing.path})
        return format_html(
            '<a href="{}?{}">{}</a>',
            reverse("admin:blog_redirect_add"),
            query,
            gettext("Make a redirect"),
        )

    @admin.action(description=_("Dismiss"), permissions=["delete"])
    def dismiss(self, request: HttpRequest, rows: QuerySet[MissingAddress]) -> None:
        count = rows.count()
        rows.delete()
        message = ngettext("%(count)d address dismissed.", "%(count)d addresses dismissed.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)
