"""The form “Reactie plaatsen”."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comments.models import NAME_LENGTH, TEXT_LENGTH


class CommentForm(forms.Form):
    """A name and a text; the field names in the page are Dutch, as the page is."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("A first name or nickname will do."),
        error_messages={
            "required": _("Fill in your name. A nickname will do."),
            "max_length": _("Your name is too long: at most %(limit_value)d characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    text = forms.CharField(
        label=_("Your comment"),
        max_length=TEXT_LENGTH,
        help_text=_("At most 2,000 characters."),
        error_messages={
            "required": _("Write your comment."),
            "max_length": _(
                "Your comment is too long: at most %(limit_value)d characters, "
                "and it has %(show_value)d."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    FIELD_NAMES = {"name": "naam", "text": "tekst"}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        # A browser counts a line break as one character and sends it as two.
        if data is not None:
            data = {name: value.replace("\r\n", "\n") for name, value in data.items()}
        super().__init__(data, **kwargs)

    def add_prefix(self, field_name: str) -> str:
        return self.FIELD_NAMES.get(field_name, field_name)

    def clean_name(self) -> str:
        """A name is one line of visible characters."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(unicodedata.category(character)[0] in "LNSP" for character in name):
            raise ValidationError(self.fields["name"].error_messages["required"], code="required")
        return "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
