"""The forms that visitors fill in: a comment, a change to it, an address, a report."""

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
from comments.models import EXPLANATION_LENGTH, NAME_LENGTH, TEXT_LENGTH, Report

# Invisible, and needed to write Persian names and some emoji.
JOINERS = "\u200c\u200d"
# What RFC 5321 leaves an address, and what its column holds.
EMAIL_LENGTH = 254

MALFORMED = _("This is no e-mail address. Check it for typing errors.")
TRAPPED = _("Something stood in a field that people cannot see. Please send it once more.")
# What a moderator cannot judge by the comment alone.
NEEDS_EXPLANATION = (Report.Ground.ILLEGAL, Report.Ground.OTHER)


class VisitorsWords(forms.Form):
    """What comes from a visitor's keyboard, in fields whose names in the page are Dutch."""

    FIELD_NAMES: dict[str, str] = {}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None:
            data = {name: readable(value) for name, value in data.items()}
        super().__init__(data, **kwargs)

    def add_prefix(self, field_name: str) -> str:
        return self.FIELD_NAMES.get(field_name, field_name)

    def checked(self, field: str, most: int) -> str:
        """What was typed in a field, if it has at most so many signs; else a ValidationError."""
        typed: str = self.cleaned_data[field]
        if len(typed) > most:
            numbers = {"limit": grouped(most), "length": grouped(len(typed))}
            message = self.fields[field].error_messages["max_length"]
            raise ValidationError(message, code="max_length", params=numbers)
        return typed


class VisitorsEmailField(forms.EmailField):
    """An address in small letters, as it is kept; too long a one is no address."""

    widget = forms.EmailInput(attrs={"autocomplete": "email"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=None, **kwargs)

    def clean(self, value: Any) -> str:
        address: str = super().clean(value).lower()
        if len(address) > EMAIL_LENGTH:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return address


class CommentForm(VisitorsWords):
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
    email = VisitorsEmailField(
        required=False,
        label=_("E-mail address (optional)"),
        help_text=_(
            "We never show it. You get a mail to confirm it; after that we let you know when "
            "somebody answers you, and you can have your comments sent to you or removed."
        ),
        error_messages={
            "invalid": _("This is no e-mail address. Mend it, or leave this field empty."),
        },
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
        super().__init__(data, **kwargs)
        self.post = post

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
        """The kinds of personal details that the visitor agreed to publish."""
        return frozenset(self.data.get("toch", "").split())

    def clean_name(self) -> str:
        """A name is one line, and no sign in it turns the direction of what stands around it."""
        name = " ".join(self.visible("name", NAME_LENGTH).split())
        return "".join(c for c in name if c in JOINERS or unicodedata.category(c) != "Cf")

    def clean_text(self) -> str:
        """A text that can be read, and is not too long."""
        return self.visible("text", TEXT_LENGTH)

    def visible(self, field: str, most: int) -> str:
        """The same, if one can see any of it."""
        typed = self.checked(field, most)
        # Letters, numbers, symbols, punctuation: the first letter of a Unicode category.
        if not any(unicodedata.category(character)[0] in "LNSP" for character in typed):
            message = self.fields[field].error_messages["required"]
            raise ValidationError(message, code="required")
        return typed


class OneTimeCommentForm(CommentForm):
    """The same form, made for one visitor: with a number, and the moment where that is known."""

    @property
    def proof(self) -> str:
        """The hidden value: another one each time, good for one sending."""
        made_at = self.sent_proof.made_at if self.is_bound else timezone.now().timestamp()
        return form_proof.for_one_visitor(self.post, made_at=made_at)


class EditForm(OneTimeCommentForm):
    """A comment that was sent before; its address is not changed here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]


class Choices(forms.RadioSelect):
    """A choice of one; the list of what is wrong leads to the first of them."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, index or "0")


class AddressForm(VisitorsWords):
    """One e-mail address."""

    email = VisitorsEmailField(
        label=_("E-mail address"),
        help_text=_("We show it to nobody."),
        error_messages={"required": _("Fill in your e-mail address."), "invalid": MALFORMED},
    )

    FIELD_NAMES = {"email": "mailadres"}


class AnotherAddressForm(AddressForm):
    """The address again, in case the first one was mistyped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].label = _("Another address, if this one is wrong")


class DataRequestForm(AddressForm):
    """The address of somebody who wants to know what we keep."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("The address that you filled in with your comments.")


class ReportForm(VisitorsWords):
    """Why a comment should not stand there."""

    ground = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Report.Ground,
        error_messages={
            "required": _("Choose what is wrong with the comment."),
            "invalid_choice": _("Choose what is wrong with the comment."),
        },
        widget=Choices,
    )
    explanation = forms.CharField(
        label=_("Explanation (optional, except with the last two)"),
        help_text=_("At most 1,000 characters. Only moderators read this."),
        required=False,
        error_messages={
            "required": _("Explain what is wrong with the comment."),
            "max_length": _(
                "Your explanation is too long: at most %(limit)s characters, and it has %(length)s."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    # Nobody sees this field. It comes back empty: whose browser filled it in can go on.
    trap = forms.CharField(required=False)

    FIELD_NAMES = {"ground": "grond", "explanation": "toelichting", "trap": "website"}

    def clean(self) -> None:
        """No form of a robot, which fills in all that it finds."""
        if self.cleaned_data.get("trap"):
            raise ValidationError(TRAPPED, code="trapped")

    def clean_explanation(self) -> str:
        """A text of some length, and one that is there where the ground alone says too little."""
        explanation = self.checked("explanation", EXPLANATION_LENGTH)
        if not explanation and self.cleaned_data.get("ground") in NEEDS_EXPLANATION:
            message = self.fields["explanation"].error_messages["required"]
            raise ValidationError(message, code="required")
        return explanation


def readable(text: str) -> str:
    """Text without control characters; a browser sends one line break as two characters."""
    text = text.replace("\r\n", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def grouped(number: int) -> str:
    """A number as it is written in a text: 2.000."""
    return number_format(number, use_l10n=True, force_grouping=True)
