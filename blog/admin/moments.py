"""A moment as an editor types and reads it: day and hour on the clock of the site."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def in_words(moment: datetime) -> str:
    """A moment as “vr 3 april 09:00 (Amsterdam)”, with its year when it is not this one."""
    local = timezone.localtime(moment)
    this_year = local.year == timezone.localtime().year
    day = date_format(local, "D j F" if this_year else "D j F Y")
    city = timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
    return f"{day} {local:%H:%M} ({city})"


def on_our_clock(typed: datetime) -> datetime:
    """The moment at which the clock of the site says this.

    Raises ValidationError for an hour that the change of the clock leaves out, or gives twice.
    """
    zone = timezone.get_current_timezone()
    first, second = typed.replace(tzinfo=zone, fold=0), typed.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == typed:
        message = gettext(
            "At %(time)s the clock is set back that night, so this time comes twice. Choose a time "
            "before or after that hour."
        )
    else:
        message = gettext(
            "At %(time)s the clock is set forward that night, so this time does not exist. Choose "
            "a time before or after that hour."
        )
    raise ValidationError(message % {"time": f"{typed:%H:%M}"}, code="clock_change")


class MomentWidget(forms.MultiWidget):
    """The browser's own fields for a day and a time."""

    template_name = "admin/blog/moment.html"
    use_fieldset = True

    def __init__(self) -> None:
        day = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        time = forms.TimeInput({"type": "time"}, format="%H:%M")
        super().__init__({"day": day, "time": time})

    def decompress(self, value: datetime | None) -> list[Any]:
        if value is None:
            return [None, None]
        local = timezone.localtime(value)
        return [local.date(), local.time()]


class MomentField(forms.MultiValueField):
    """A day and a time on the clock of the site, as one moment."""

    widget = MomentWidget

    def __init__(self, **kwargs: Any) -> None:
        day = forms.DateField(
            input_formats=["%Y-%m-%d", "%d-%m-%Y"],
            error_messages={"incomplete": _("Choose a day.")},
        )
        time = forms.TimeField(
            input_formats=["%H:%M", "%H:%M:%S"],
            error_messages={"incomplete": _("Choose a time.")},
        )
        super().__init__([day, time], require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        if not data_list:
            return None
        return on_our_clock(datetime.combine(*data_list))


class InstantField(forms.DateTimeField):
    """A moment as a page or a script sends it back; one that no clock can show is refused."""

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        try:
            if moment:
                timezone.localtime(moment.astimezone(UTC))
        except OverflowError as error:
            # Of the first or last day that there is, with an offset that leads beyond it.
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return moment
