"""The change form of posts and pages: it shows a revision, and answers with content."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from authors.models import Author
from blog.admin.byline import PLACES, BylineField
from blog.admin.corrections import CorrectionsField, rows_typed, with_sections
from blog.admin.further_reading import RelatedField, chosen_posts, suggestions_for
from blog.comparison import Comparison, compare_contents
from blog.content import COLUMNS, FIELDS, PostContent
from blog.models import Address, Page, Post, Revision, Sitting, Tag, Theme
from blog.publishing import NotReadyError, StaleRevisionError, missing
from blog.rendering import TooComplexError, render
from blog.taxonomy import up_to_date


class ContentForm(forms.ModelForm[Post]):
    """A revision in a form; it never writes to the post's row itself."""

    base = forms.ModelChoiceField(Revision.objects.none(), required=False, widget=forms.HiddenInput)
    # Known before the first save, so that a form that is sent twice makes one post.
    new_uid = forms.UUIDField(initial=uuid.uuid4, required=False, widget=forms.HiddenInput)
    # Known before the first save as well: under it is kept what is typed.
    sitting = forms.UUIDField(initial=uuid.uuid4, required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What did you change?"),
        max_length=200,
        required=False,
        help_text=_("For your colleagues, in the history."),
    )

    corrections = CorrectionsField(
        label=_("Corrections"),
        help_text=_(
            "For what was wrong and readers have seen. They find it below the text. Empty the "
            "words to remove a correction."
        ),
    )

    # Set on the class by the admin, for the one request in which somebody else was first.
    refusal: StaleRevisionError | None = None
    # Likewise, the revision from which it starts, when that need not be the newest.
    starts_from: Revision | None = None
    # Likewise, when somebody goes on with what was not saved.
    taken_up: Sitting | None = None

    class Media:
        css = {"all": ["css/admin/sitting.css"]}
        js = [Script("js/sitting.js", type="module")]

    class Meta:
        model = Post
        fields = [*COLUMNS, "theme", "tags"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "tags": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        post: Post | None = kwargs.get("instance")
        self.newest = post.newest_revision if post else None
        self.starts_from = base = self.starts_from or self.newest
        self.started_from = up_to_date(base.content) if base else PostContent()
        if base:
            shown = {**form_values(self.started_from), "base": base}
            kwargs["initial"] = {**shown, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["base"].queryset = Revision.objects.filter(post=post)  # type: ignore[attr-defined]
        if "body" in self.fields:  # who may only look gets no fields
            # Not a space or line end of a text is ours to strip.
            self.fields["body"].strip = False  # type: ignore[attr-defined]
        if "corrections" in self.fields:
            self.make_room_for_corrections()

    def make_room_for_corrections(self) -> None:
        """One row more than there are, or as many as were sent."""
        field = self.base_fields["corrections"]
        rows = max(len(self.started_from.corrections) + 1, rows_typed(self.names_typed))
        self.fields["corrections"] = CorrectionsField(
            label=field.label, help_text=field.help_text, rows=rows
        )
        self.fields["corrections"].widget.body = self.started_from.body

    @property
    def names_typed(self) -> set[str]:
        """The names of the inputs that were sent, or that somebody goes on with."""
        return {*self.data, *(self.taken_up.typed if self.taken_up else ())}

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What was typed before, where somebody goes on with that."""
        if self.taken_up is None or field_name == "base":
            return super().get_initial_for_field(field, field_name)
        if field_name == "sitting":
            return self.taken_up.key
        return field.widget.value_from_datadict(as_data(self.taken_up.typed), {}, field_name)

    def clean_body(self) -> str:
        """The text as typed, with plain line ends, if it can be rendered in good time."""
        body = plain_line_ends(self.cleaned_data["body"])
        try:
            render(body)
        except TooComplexError as error:
            raise ValidationError(str(error), code="too_complex") from error
        return body

    def clean_summary(self) -> str:
        """The summary with plain line ends."""
        return plain_line_ends(self.cleaned_data["summary"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "slug" not in self.errors:
            slug = cleaned["slug"] or slugify(cleaned.get("title", ""))[:100].strip("-")
            cleaned["slug"] = slug.lower()
        if cleaned.get("corrections"):
            self.find_sections(cleaned)
        if self.refusal:
            self.add_error(None, _("Somebody else saved this meanwhile. Compare both texts below."))
        return cleaned

    def find_sections(self, cleaned: dict[str, Any]) -> None:
        """Put the ids of sections in the place of what was typed for them."""
        before = self.started_from
        kept = {"", *(correction.section for correction in before.corrections)}
        bodies = [cleaned.get("body", before.body), before.body]
        try:
            typed = cleaned["corrections"]
            cleaned["corrections"] = with_sections(typed, bodies=bodies, kept=kept)
        except ValidationError as error:
            self.add_error("corrections", error)

    def validate_constraints(self) -> None:
        """Nothing to check here: this form saves a revision, never the row."""

    @property
    def content(self) -> PostContent:
        """What the form started from, with what the editor made of it."""
        edited = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        if edited.get("theme"):
            edited["theme"] = edited["theme"].slug
        if "tags" in edited:
            edited["tags"] = tuple(sorted(tag.slug for tag in edited["tags"]))
        return replace(self.started_from, **edited)

    @property
    def gone(self) -> list[NotReadyError]:
        """What the revision names and is no longer there; saving goes without it."""
        return list(missing(self.started_from))

    @property
    def comparison(self) -> Comparison:
        """What this editor typed, compared with what somebody else saved meanwhile."""
        return compare_contents(self.started_from, self.content)


class PlainText(forms.CharField):
    """Text of which a line end counts as one character, as it does in the browser."""

    def to_python(self, value: Any) -> str:
        return plain_line_ends(super().to_python(value) or "")


class PostForm(ContentForm):
    """A post also has authors and posts to read after it, each in an order."""

    byline = BylineField(label=_("Authors"))
    related = RelatedField(
        label=_("Read on"),
        help_text=_(
            "Three posts at most, in this order. Choose from the list, or paste the address of a "
            "post. What you leave open fills itself."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Also of what was typed in a form with more of them.
        typed = sum(name.startswith("byline_") for name in self.names_typed)
        places = max(len(self.started_from.byline) + 1, min(typed, Author.objects.count()))
        if places > PLACES:
            self.fields["byline"] = BylineField(label=_("Authors"), places=places)
        self.fields["related"].widget.suggestions = suggestions_for(self.instance)

    def clean_related(self) -> tuple[str, ...]:
        """Slugs of posts that readers can see, or that were chosen before."""
        typed = self.cleaned_data["related"]
        return chosen_posts(typed, post=self.instance, kept=self.started_from.related)


class WithdrawalForm(forms.Form):
    """What readers are told who come to the address of a post that was taken offline."""

    reason = PlainText(
        label=_("Reason for readers"),
        max_length=Post._meta.get_field("gone_reason").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Optional, at most 300 characters. Whoever still comes to the address reads this."
        ),
    )


class PageForm(ContentForm):
    """A plain page has no theme, tags or authors."""

    class Meta(ContentForm.Meta):
        model = Page


def as_data(typed: Mapping[str, Sequence[str]]) -> QueryDict:
    """The fields of a form, which were kept, as a browser would send them."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def form_values(content: PostContent) -> dict[str, Any]:
    """Content as the initial values of the form, without the names of what is gone."""
    related = Address.objects.filter(slug__in=content.related, post__kind=Post.Kind.POST)
    addresses = set(related.values_list("slug", flat=True))
    return {
        **asdict(content),
        "corrections": content.corrections,
        "theme": Theme.objects.filter(slug=content.theme).first(),
        "tags": Tag.objects.filter(slug__in=content.tags),
        "related": [slug for slug in content.related if slug in addresses],
    }


def plain_line_ends(text: str) -> str:
    """A browser sends each line end as two characters; we keep one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
