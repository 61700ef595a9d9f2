"""Who checked the text, and when it is due again."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Place, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript


@check(Severity.WARNING)
def review_overdue(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Readers were promised a check, and its day has passed."""
    due = text.content.review_due_on
    if due and due < known.today:
        yield Finding(
            reason=_("The next check was due on %(date)s.") % {"date": date_format(due)},
            hint=_("Let the text be checked, and fill in both dates."),
            place=Place("review_due_on"),
            subject=due.isoformat(),
        )


@check(Severity.WARNING)
def review_incomplete(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Who checked the text, and when, do not belong together."""
    content = text.content
    on, due = content.reviewed_on, content.review_due_on
    subject = f"{content.reviewed_by} {on} {due}"
    if content.reviewed_by and not on:
        reason, name = _("It does not say when the text was checked."), "reviewed_on"
    elif on and not content.reviewed_by:
        reason, name = _("It does not say who checked the text."), "reviewed_by"
    elif on and on > known.today:
        reason, name = _("The day of the check has yet to come."), "reviewed_on"
    elif on and due and due <= on:
        reason, name = _("The next check comes before this one."), "review_due_on"
    else:
        return
    hint = _("Fill in who checked the text, on which day, and when it is checked again.")
    yield Finding(reason=reason, hint=hint, place=Place(name), subject=subject)
