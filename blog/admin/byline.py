"""The byline as a form field: authors in an order, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from authors.models import Author

PLACES = 4


class BylineWidget(forms.MultiWidget):
    """One list of authors for each place."""

    template_name = "admin/blog/post/byline.html"
    use_fieldset = True

    def decompress(self, value: Sequence[str] | None) -> list[str | None]:
        slugs: list[str | None] = list(value or ())
        return slugs + [None] * (len(self.widgets) - len(slugs))


class BylineField(forms.MultiValueField):
    """Slugs of authors, in the order of the byline; places left open close up."""

    def __init__(self, *, places: int = PLACES, **kwargs: Any) -> None:
        fields = [
            forms.ModelChoiceField(
                Author.objects.all(), to_field_name="slug", empty_label="–", required=False
            )
            for _place in range(places)
        ]
        widget = BylineWidget([field.widget for field in fields])
        super().__init__(fields, widget=widget, require_all_fields=False, required=False, **kwargs)

    def compress(self, data_list: list[Author | None]) -> tuple[str, ...]:
        slugs = tuple(author.slug for author in data_list if author)
        if len(set(slugs)) < len(slugs):
            raise ValidationError(_("Choose every author once."), code="twice")
        return slugs
