"""Themes and tags in the admin: their slug follows their name, and several can become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from authors.accounts import account
from blog import taxonomy
from blog.admin.confirmation import ask, is_confirmed
from blog.models import Tag, Theme
from blog.models.taxonomy import Term


class TermForm(forms.ModelForm[Any]):
    """A term whose name is its own: capitals and accents make no difference."""

    class Meta:
        help_texts = {"slug": _("Follows the name. Earlier addresses keep working.")}

    def clean_name(self) -> str:
        """A name that no other term has, or had."""
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data:
            try:
                taxonomy.slug_for(name, term=self.instance)
            except taxonomy.TakenError as error:
                raise ValidationError(str(error), code="taken") from error
        return name


class MergeForm(forms.Form):
    """Which of several terms stays."""

    into = forms.ModelChoiceField(
        Tag.objects.none(), error_messages={"required": _("Choose which one stays.")}
    )

    def __init__(self, terms: QuerySet[Any], data: Any = None) -> None:
        super().__init__(data)
        self.fields["into"].queryset = terms  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Candidate:
    """A term that can stay, with how many posts it has and how many would come to it."""

    term: Term
    posts: int
    moving: int


class TermAdmin(admin.ModelAdmin[Any]):
    """What themes and tags share."""

    form = TermForm
    search_fields = ["name", "slug"]  # the slug has no accents: “cafe” finds “Café”
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        terms = super().get_queryset(request).annotate(post_count=Count("posts"))
        return cast("QuerySet[Any]", terms)

    @admin.display(description=_("posts"), ordering="post_count")
    def post_count(self, term: Any) -> int:
        """How many posts the term has, also those that readers do not see."""
        return int(term.post_count)

    # --- The form ---------------------------------------------------------------------------

    def get_fields(self, request: HttpRequest, obj: Term | None = None) -> list[Any]:
        fields = list(super().get_fields(request, obj))
        return fields if obj else [name for name in fields if name != "slug"]

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> list[str]:
        return ["slug"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, taxonomy.TakenError):
            # Somebody took the name at the same instant: now the form finds it taken.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.slug = taxonomy.slug_for(obj.name, term=obj)
        elif "name" in form.changed_data:
            taxonomy.rename(obj, name=obj.name, by=account(request))
        super().save_model(request, obj, form, change)

    # --- Deleting ---------------------------------------------------------------------------

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The terms themselves; how many posts lose a tag is a number here, not a list."""
        _lines, counts, needed, protected = super().get_deleted_objects(objs, request)
        return [str(term) for term in objs], counts, needed, protected

    # --- Merging ----------------------------------------------------------------------------

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whether this user may change what stays and delete what goes."""
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description=_("Merge…"), permissions=["merge"])
    def merge(self, request: HttpRequest, terms: QuerySet[Any]) -> HttpResponse | None:
        if is_confirmed(request):
            with transaction.atomic():
                return self.merge_confirmed(request)
        if len(terms) < 2:
            self.message_user(request, gettext("Choose at least two."), messages.WARNING)
            return None
        return self.ask_what_stays(request, terms, MergeForm(terms))

    def merge_confirmed(self, request: HttpRequest) -> HttpResponse | None:
        """Merge what was chosen, if all of it is still there."""
        asked = set(request.POST.getlist(helpers.ACTION_CHECKBOX_NAME))
        # Held until the end, in the order of `taxonomy.merge`: a second click finds them gone.
        rows = self.model._default_manager.select_for_update(no_key=True).order_by("pk")
        if len(terms := rows.filter(pk__in=asked)) < max(len(asked), 2):
            message = gettext("Nothing was merged: part of this is no longer there.")
            self.message_user(request, message, messages.WARNING)
            return None
        form = MergeForm(terms, request.POST)
        if not form.is_valid():
            return self.ask_what_stays(request, terms, form)
        into = form.cleaned_data["into"]
        moving = {c.term: c.moving for c in candidates(terms)}[into]
        for term in terms:
            if term != into:
                taxonomy.merge(term, into=into, by=account(request))
        message = ngettext(
            "Merged: %(count)d post moved to “%(name)s”.",
            "Merged: %(count)d posts moved to “%(name)s”.",
            moving,
        )
        self.message_user(request, message % {"count": moving, "name": into}, messages.SUCCESS)
        return None

    def ask_what_stays(
        self, request: HttpRequest, terms: QuerySet[Any], form: MergeForm
    ) -> HttpResponse:
        """The page on which an editor chooses which one stays."""
        shown = candidates(terms)
        return ask(
            self,
            request,
            "admin/blog/merge.html",
            selected=[candidate.term for candidate in shown],
            title=gettext("Merge"),
            form=form,
            candidates=shown,
            largest=max(shown, key=lambda candidate: candidate.posts),
        )


def candidates(terms: QuerySet[Any]) -> list[Candidate]:
    """These terms, with their posts counted: one that has two of them moves once."""
    pks = [term.pk for term in terms]
    pairs = terms.model._default_manager.filter(pk__in=pks).values_list("pk", "posts")
    posts = [(pk, post) for pk, post in pairs if post]
    return [
        Candidate(
            term=term,
            posts=sum(pk == term.pk for pk, _post in posts),
            moving=len(
                {post for _pk, post in posts} - {post for pk, post in posts if pk == term.pk}
            ),
        )
        for term in terms
    ]


@admin.register(Theme)
class ThemeAdmin(TermAdmin):
    list_display = ["name", "post_count", "colour", "illustration", "position"]
    fields = ["name", "slug", "introduction", "colour", "illustration", "position"]


@admin.register(Tag)
class TagAdmin(TermAdmin):
    list_display = ["name", "post_count", "introduction"]
    fields = ["name", "slug", "introduction"]
    view_on_site = False  # a tag without public posts has no page
