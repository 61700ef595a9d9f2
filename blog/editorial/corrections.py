"""Corrections that readers are told of."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Place, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript


@check(Severity.WARNING)
def correction_section(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A correction names a section that the text does not have."""
    for correction in text.content.corrections:
        ids = text.heading_ids | known.earlier_ids
        if correction.section and correction.section not in ids:
            yield Finding(
                reason=_("A correction names the section “%(section)s”, which is not in the text.")
                % {"section": correction.section},
                hint=_("Choose a section of the text, or none."),
                place=Place("corrections"),
                subject=f"{correction.section} {correction.text}",
            )
