"""The small forms around a comment: a change, an address for mail, a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comments.forms import EMAIL_LENGTH, VisitorForm, grouped, readable
from comments.models import EXPLANATION_LENGTH, Report

MALFORMED = _("This is no e-mail address. Check it for typing errors.")
TRAPPED = _("Something stood in a field that people cannot see. Please send it once more.")
# What a moderator cannot judge by the comment alone.
NEEDS_EXPLANATION = (Report.Ground.ILLEGAL, Report.Ground.OTHER)


class EditForm(VisitorForm):
    """A comment that was sent before; its address is not changed here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]


class Choices(forms.RadioSelect):
    """A choice of one; the list of what is wrong leads to the first of them."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, index or "0")


class VisitorsWords(forms.Form):
    """What comes from a visitor's keyboard, in fields whose names in the page are Dutch."""

    FIELD_NAMES: dict[str, str] = {}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None:
            data = {name: readable(value) for name, value in data.items()}
        super().__init__(data, **kwargs)

    def add_prefix(self, field_name: str) -> str:
        return self.FIELD_NAMES.get(field_name, field_name)


class AddressForm(VisitorsWords):
    """One e-mail address."""

    email = forms.EmailField(
        max_length=None,
        label=_("E-mail address"),
        help_text=_("We show it to nobody."),
        error_messages={"required": _("Fill in your e-mail address."), "invalid": MALFORMED},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    FIELD_NAMES = {"email": "mailadres"}

    def clean_email(self) -> str:
        """An address of a length that a row can hold."""
        email: str = self.cleaned_data["email"]
        if len(email) > EMAIL_LENGTH:
            raise ValidationError(MALFORMED, code="invalid")
        return email


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
        explanation: str = self.cleaned_data["explanation"]
        messages = self.fields["explanation"].error_messages
        if not explanation and self.cleaned_data.get("ground") in NEEDS_EXPLANATION:
            raise ValidationError(messages["required"], code="required")
        if len(explanation) > EXPLANATION_LENGTH:
            numbers = {"limit": grouped(EXPLANATION_LENGTH), "length": grouped(len(explanation))}
            raise ValidationError(messages["max_length"], code="max_length", params=numbers)
        return explanation
