"""The form “Reactie plaatsen”."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from comments.models import NAME_LENGTH, TEXT_LENGTH

# Invisible, and needed to write Persian names and some emoji.
JOINERS = "\u200c\u200d"


class CommentForm(forms.Form):
    """A name and a text; the field names in the page are Dutch, as the page is.

    The fields carry no `maxlength`: a browser would cut off a long text in silence.
    """

    name = forms.CharField(
        label=_("Name"),
        help_text=_("A first name or nickname will do."),
        error_messages={
            "required": _("Fill in your name. A nickname will do."),
            "max_length": _("Your name is too long: at most %(limit)s characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    text = forms.CharField(
        label=_("Your comment"),
        help_text=_("At most 2,000 characters."),
        error_messages={
            "required": _("Write your comment."),
            "max_length": _(
                "Your comment is too long: at most %(limit)s characters, and it has %(length)s."
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
        """A name is one line, and no sign in it turns the direction of what stands around it."""
        name = " ".join(self.within("name", NAME_LENGTH).split())
        return "".join(c for c in name if c in JOINERS or unicodedata.category(c) != "Cf")

    def clean_text(self) -> str:
        """A text that can be read, and is not too long."""
        return self.within("text", TEXT_LENGTH)

    def within(self, field: str, limit: int) -> str:
        """What was typed in a field, if one can see any of it and it has at most so many signs."""
        typed: str = self.cleaned_data[field]
        messages = self.fields[field].error_messages
        # Letters, numbers, symbols, punctuation: the first letter of a Unicode category.
        if not any(unicodedata.category(character)[0] in "LNSP" for character in typed):
            raise ValidationError(messages["required"], code="required")
        if len(typed) > limit:
            numbers = {"limit": grouped(limit), "length": grouped(len(typed))}
            raise ValidationError(messages["max_length"], code="max_length", params=numbers)
        return typed


def readable(text: str) -> str:
    """Text without control characters; a browser sends one line break as two characters."""
    text = text.replace("\r\n", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def grouped(number: int) -> str:
    """A number as it is written in a text: 2.000."""
    return number_format(number, use_l10n=True, force_grouping=True)
