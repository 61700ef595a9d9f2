"""A word to the writer before personal details stand where everyone can read them."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField

from comments.forms import CommentForm
from comments.personal_details import kinds_in_words, personal_details


@dataclass(frozen=True)
class Nudge:
    """What a writer may not have meant to share."""

    found: str  # "a phone number and an e-mail address"
    kinds: str  # what the writer has been told of once this was shown
    field: BoundField  # where it stands, or the first of it


def nudge_about(form: CommentForm) -> Nudge | None:
    """The nudge that a valid form needs, unless its writer said that all this may stand there."""
    in_name = personal_details(form.cleaned_data["name"])
    details = (*in_name, *personal_details(form.cleaned_data["text"]))
    kinds = {detail.kind for detail in details}
    if kinds <= form.kinds_seen:
        return None
    return Nudge(
        found=kinds_in_words(details),
        kinds=" ".join(sorted(kinds)),
        field=form["name" if in_name else "text"],
    )
