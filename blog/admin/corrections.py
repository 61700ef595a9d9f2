"""The corrections of a post as a form field: a day, a text and a section each, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blog import clock
from blog.content import Correction
from blog.rendering import Section, TooComplexError, render, typeset

MOST_CHARACTERS = 500
MOST_ROWS = 100
INPUTS_A_ROW = 3
DAY = forms.DateField()

T = TypeVar("T")


class CorrectionsWidget(forms.MultiWidget):
    """For each correction a day, a text, and a section from a list that all of them share."""

    template_name = "admin/blog/post/corrections.html"
    use_fieldset = True
    # The text whose headings are suggested.
    body = ""

    def __init__(self, *, rows: int) -> None:
        section = {"list": "sections-of-text", "class": "vTextField", "autocomplete": "off"}
        row = [
            forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            forms.Textarea({"rows": 2, "maxlength": MOST_CHARACTERS}),
            forms.TextInput(section),
        ]
        super().__init__(row * rows)

    def decompress(self, value: Any) -> list[Any]:
        return list(value or ())

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = in_rows(context["widget"]["subwidgets"])
        return {**context, "rows": rows, "sections": sections_of(self.body)}


class CorrectionsField(forms.Field):
    """Corrections in the order of their days; a row without a text is none."""

    def __init__(self, *, rows: int = 1, **kwargs: Any) -> None:
        super().__init__(required=False, widget=CorrectionsWidget(rows=rows), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What the inputs show: as it was typed, or what is kept."""
        flat: list[Any] = []
        for item in value or ():
            is_kept = isinstance(item, Correction)
            flat += [item.on, item.text, item.section] if is_kept else [item]
        return flat

    def clean(self, value: Any) -> tuple[Correction, ...]:
        """The corrections; raises ValidationError with all that is wrong, each with its number."""
        corrections: list[Correction] = []
        errors: list[ValidationError] = []
        for number, day, text, section in rows_with_text(value):
            try:
                refuse_long(text)
                corrections.append(Correction(on=day_in(day), text=text, section=section))
            except ValidationError as error:
                errors.append(with_number(error, number))
        if errors:
            raise ValidationError(errors)
        return by_day(corrections)


def in_rows(inputs: Sequence[T]) -> list[Sequence[T]]:
    """The inputs of each correction together."""
    starts = range(0, len(inputs), INPUTS_A_ROW)
    return [inputs[start : start + INPUTS_A_ROW] for start in starts]


def rows_with_text(value: Sequence[str | None] | None) -> Iterator[tuple[int, str, str, str]]:
    """What was typed, each row with its number, plain line ends and no spaces around."""
    # A database takes no NUL.
    cleaned = [(item or "").replace("\x00", "") for item in value or ()]
    typed = ["\n".join(item.splitlines()).strip() for item in cleaned]
    for number, (day, text, section) in enumerate(in_rows(typed), start=1):
        if text:
            yield number, day, text, section


def day_in(typed: str) -> date:
    """The day that was typed, or today; raises ValidationError about one that has yet to come."""
    day: date = DAY.clean(typed) if typed else clock.today()
    if day > clock.today():
        raise ValidationError(_("This day has yet to come."), code="future")
    return day


def refuse_long(text: str) -> None:
    """Raise ValidationError about a text that is no note any more."""
    if len(text) > MOST_CHARACTERS:
        message = _("Use at most %(most)d characters; these are %(number)d.")
        params = {"most": MOST_CHARACTERS, "number": len(text)}
        raise ValidationError(message, code="max_length", params=params)


def with_number(error: ValidationError, number: int) -> ValidationError:
    """The same error with the number of the row that it is about."""
    told = {"number": number, "problem": " ".join(error.messages)}
    return ValidationError(_("Correction %(number)d: %(problem)s") % told, code=error.code)


def by_day(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections in the order of their days."""
    return tuple(sorted(corrections, key=lambda correction: correction.on))


def as_far_as_possible(value: Sequence[str | None] | None) -> tuple[Correction, ...]:
    """What was typed, where the form would refuse it: no word of it is lost."""
    corrections = []
    for _number, day, text, section in rows_with_text(value):
        on = clock.today()
        with suppress(ValidationError):
            on = DAY.clean(day) or on
        corrections.append(Correction(on=on, text=text, section=section.removeprefix("#")))
    return by_day(corrections)


def rows_typed(names: Iterable[str]) -> int:
    """How many rows a form had whose fields have these names."""
    typed = sum(name.startswith("corrections_") for name in names)
    return min(-(-typed // INPUTS_A_ROW), MOST_ROWS)


# --- Sections -----------------------------------------------------------------------------------


def sections_of(body: str) -> tuple[Section, ...]:
    """The headings of a text; none of one that cannot be rendered."""
    try:
        return render(body).headings
    except TooComplexError:
        return ()


def with_sections(
    typed: tuple[Correction, ...], *, bodies: Iterable[str], kept: Iterable[str]
) -> tuple[Correction, ...]:
    """The same corrections with the ids of the sections that were typed, as an id or a title.

    They stand in one of these texts, or were `kept` before. Raises ValidationError about others.
    """
    ids, titles = set(kept), dict[str, str]()
    if any(correction.section not in ids for correction in typed):
        for section in [section for body in bodies for section in sections_of(body)]:
            ids.add(section.id)
            titles.setdefault(section.title.casefold(), section.id)
    found, errors = [], []
    for correction in typed:
        name = correction.section.removeprefix("#")
        identifier = name if name in ids else titles.get(typeset(name).casefold())
        if identifier is None:
            message = _("The text has no section “%(section)s”. Choose one from the list.")
            errors.append(ValidationError(message, code="section", params={"section": name}))
        found.append(replace(correction, section=identifier or ""))
    if errors:
        raise ValidationError(errors)
    return tuple(found)
