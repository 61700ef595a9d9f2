"""The form “Reactie plaatsen”."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from comments.models import NAME_LENGTH, TEXT_LENGTH


class CommentForm(forms.Form):
    """A name and a text; the field names in the page are Dutch, as the page is.

    The fields carry no `maxlength`: a browser would cut off a long text in silence.
    """

    name = forms.CharField(
        label=_("Name"),
        validators=[MaxLengthValidator(NAME_LENGTH)],
        help_text=_("A first name or nickname will do."),
        error_messages={
            "required": _("Fill in your name. A nickname will do."),
            "max_length": _("Your name is too long: at most %(limit_value)d characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    text = forms.CharField(
        label=_("Your comment"),
        validators=[MaxLengthValidator(TEXT_LENGTH)],
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
        if data is not None:
            data = {name: readable(value) for name, value in data.items()}
        super().__init__(data, **kwargs)

    def add_prefix(self, field_name: str) -> str:
        return self.FIELD_NAMES.get(field_name, field_name)

    def clean_name(self) -> str:
        """A name is one line of visible characters."""
        name = " ".join(self.visible("name").split())
        return "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})

    def clean_text(self) -> str:
        """A text has something to read in it."""
        return self.visible("text")

    def visible(self, field: str) -> str:
        """What was typed in a field, unless nobody can see any of it."""
        typed: str = self.cleaned_data[field]
        # Letters, numbers, symbols, punctuation: the first letter of a Unicode category.
        if not any(unicodedata.category(character)[0] in "LNSP" for character in typed):
            raise ValidationError(self.fields[field].error_messages["required"], code="required")
        return typed


def readable(text: str) -> str:
    """Text without control characters; a browser sends one line break as two characters."""
    text = text.replace("\r\n", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
