"""Title, summary, and what lists and search engines need beside the text."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Place, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript

# Characters: about what search engines show of a title, and of a description on a large screen.
LONGEST_TITLE = 65
LONGEST_SUMMARY = 200
SHORTEST_SUMMARY = 40


@check(Severity.WARNING)
def title_length(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Search engines cut the title off."""
    name = "seo_title" if text.content.seo_title else "title"
    title = getattr(text.content, name)
    if len(title) > LONGEST_TITLE:
        yield Finding(
            reason=_("Search engines cut this title off: it has %(length)s characters.")
            % {"length": len(title)},
            hint=_("Use at most %(limit)s, or fill in a shorter title for search engines.")
            % {"limit": LONGEST_TITLE},
            place=Place(name, 0, len(title), title),
        )


@check(Severity.WARNING)
def summary_length(text: Manuscript, known: Known) -> Iterator[Finding]:
    """The summary says too little, or more than search engines show."""
    name = "seo_description" if text.content.seo_description else "summary"
    shown, summary = getattr(text.content, name), text.content.summary
    if len(shown) > LONGEST_SUMMARY:
        yield Finding(
            reason=_("Search engines cut this off: it has %(length)s characters.")
            % {"length": len(shown)},
            hint=_("Use at most %(limit)s characters.") % {"limit": LONGEST_SUMMARY},
            place=Place(name, 0, len(shown), shown),
        )
    if 0 < len(summary.strip()) < SHORTEST_SUMMARY:
        yield Finding(
            reason=_("This summary is very short."),
            hint=_("Say in a sentence or two what readers get from the text."),
            place=Place("summary", 0, len(summary), summary),
        )


@check(Severity.WARNING)
def no_summary(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Lists and search engines have nothing to show."""
    if not text.content.summary.strip():
        yield Finding(
            reason=_("There is no summary for lists and search engines."),
            hint=_("Say in a sentence or two what readers get from the text."),
            place=Place("summary"),
        )


@check(Severity.WARNING)
def no_text(text: Manuscript, known: Known) -> Iterator[Finding]:
    """There is nothing to read."""
    if not text.content.body.strip():
        yield Finding(
            reason=_("There is no text yet."), hint=_("Write the text."), place=Place("body")
        )


@check(Severity.WARNING)
def no_theme(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A post stands in no theme."""
    if not known.is_page and not text.content.theme:
        yield Finding(
            reason=_("No theme was chosen."),
            hint=_("Choose the theme in which readers look for it."),
            place=Place("theme"),
        )


@check(Severity.WARNING)
def no_author(text: Manuscript, known: Known) -> Iterator[Finding]:
    """Nobody is named as the writer of a post."""
    if not known.is_page and not text.content.byline:
        yield Finding(
            reason=_("No author was chosen."),
            hint=_("Choose who wrote it."),
            place=Place("byline"),
        )
