"""The form “Reactie plaatsen”."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from comments.intake import form_proof
from comments.models import NAME_LENGTH, TEXT_LENGTH

# Invisible, and needed to write Persian names and some emoji.
JOINERS = "\u200c\u200d"
# What RFC 5321 leaves an address, and what its column holds.
EMAIL_LENGTH = 254


class CommentForm(forms.Form):
    """A name, a text, and perhaps an address; the field names in the page are Dutch, as it is.

    The fields carry no `maxlength`: a browser would cut off a long text in silence.
    """

    name = forms.CharField(
        label=_("Name"),
        help_text=_("A first name or nickname will do."),
        error_messages={
            "required": _("Fill in your name. A nickname will do."),
            "max_length": _("Your name is too long: at most %(limit)s characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )
    email = forms.EmailField(
        required=False,
        max_length=None,
        label=_("E-mail address (optional)"),
        help_text=_(
            "We never show it. You get a mail to confirm it; after that we let you know when "
            "somebody answers you, and you can have your comments sent to you or removed."
        ),
        error_messages={
            "invalid": _("This is no e-mail address. Mend it, or leave this field empty."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label=_("Your comment"),
        help_text=_(
            "At most 2,000 characters. A blank line makes a paragraph, - a list, > a quote, "
            "and *stars* make emphasis."
        ),
        error_messages={
            "required": _("Write your comment."),
            "max_length": _(
                "Your comment is too long: at most %(limit)s characters, and it has %(length)s."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
    )
    # Nobody sees this field; robots fill in all that they find.
    trap = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": -1}),
    )

    FIELD_NAMES = {"name": "naam", "email": "mailadres", "text": "tekst", "trap": "website"}

    def __init__(self, data: Any = None, *, post: Post, **kwargs: Any) -> None:
        if data is not None:
            data = {name: readable(value) for name, value in data.items()}
        super().__init__(data, **kwargs)
        self.post = post

    def add_prefix(self, field_name: str) -> str:
        return self.FIELD_NAMES.get(field_name, field_name)

    @property
    def proof(self) -> str:
        """The hidden value: the same for all who read the page."""
        return form_proof.for_everybody(self.post)

    @property
    def sent_proof(self) -> form_proof.Proof:
        """What the hidden value says that came in with it."""
        return form_proof.read(self.data.get("formulier", ""), self.post)

    @property
    def fills_trap(self) -> bool:
        """Whether something stands in the field that people cannot see."""
        return bool(self.data.get("website", "").strip())

    @property
    def kinds_seen(self) -> frozenset[str]:
        """The kinds of personal details of which the visitor said that they may stand there."""
        return frozenset(self.data.get("toch", "").split())

    def clean_name(self) -> str:
        """A name is one line, and no sign in it turns the direction of what stands around it."""
        name = " ".join(self.within("name", NAME_LENGTH).split())
        return "".join(c for c in name if c in JOINERS or unicodedata.category(c) != "Cf")

    def clean_email(self) -> str:
        """An address of a length that a row can hold."""
        email: str = self.cleaned_data["email"]
        if len(email) > EMAIL_LENGTH:
            raise ValidationError(self.fields["email"].error_messages["invalid"], code="invalid")
        return email

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


class VisitorForm(CommentForm):
    """The same form, made for one visitor: with a number, and the moment where that is known."""

    @property
    def proof(self) -> str:
        """The hidden value: another one each time, good for one sending."""
        made_at = self.sent_proof.made_at if self.is_bound else timezone.now().timestamp()
        return form_proof.for_one_visitor(self.post, made_at=made_at)


def readable(text: str) -> str:
    """Text without control characters; a browser sends one line break as two characters."""
    text = text.replace("\r\n", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def grouped(number: int) -> str:
    """A number as it is written in a text: 2.000."""
    return number_format(number, use_l10n=True, force_grouping=True)
