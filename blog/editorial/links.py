"""Links: what their words say, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.utils.translation import gettext as _

from blog.editorial.findings import Finding, Severity, check
from blog.editorial.known import Known
from blog.editorial.manuscript import Manuscript
from blog.rendering.links import reference

VAGUE = re.compile(
    r"(?:(?:klik|klikken|druk|tik|kijk|lees) )?(?:dan )?(?:hier|op (?:deze|de) link)"
    r"(?: (?:meer|verder|voor meer(?: info(?:rmatie)?)?|om verder te lezen))?"
    r"|(?:(?:op|via|in|bij) )?(?:(?:deze|de|dit|die|een|onze) )?"
    r"(?:link|pagina|site|website|artikel|bericht|url)"
    r"|(?:lees|kijk|bekijk|ga) (?:meer|verder|hier|hierover|meer hierover|dit|ook|hier meer)"
    r"|meer(?: (?:info|informatie|weten|lezen|hierover))?|verder lezen|bron|dit"
    r"|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
# Longer words say something, whatever it is.
LONGEST_VAGUE = 80
STRIPPED = " .,:;!?…›»→>-–\u00a0"


@check(Severity.WARNING)
def vague_link(text: Manuscript, known: Known) -> Iterator[Finding]:
    """The words of a link say nothing to who hears only the links of a page."""
    for passage, link in text.links:
        words = " ".join(passage.text[link.start : link.end].split()).strip(STRIPPED)
        if len(words) <= LONGEST_VAGUE and VAGUE.fullmatch(words):
            yield Finding(
                reason=_("The words of this link do not say where it leads."),
                hint=_("Link the words that name what readers find there."),
                place=passage.place(link.start, link.end),
                subject=f"{words} {link.address}",
            )


@check(Severity.ERROR)
def dead_target(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A link or picture names own content that does not exist."""
    for address, place in text.destinations:
        name, _fragment = reference(address) or ("", "")
        if name and name not in known.targets:
            yield Finding(
                reason=_("“%(address)s” does not exist on this site.") % {"address": address},
                hint=_("Choose what it should lead to, or take the link away."),
                place=place,
                subject=address,
            )


@check(Severity.ERROR)
def target_not_public(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A link leads to a post that readers may not see."""
    for address, place in text.destinations:
        name, _fragment = reference(address) or ("", "")
        if name in known.targets and not known.targets[name].public:
            yield Finding(
                reason=_("“%(address)s” is not public when readers see this text.")
                % {"address": address},
                hint=_("Publish that first, or take the link away."),
                place=place,
                subject=address,
            )


@check(Severity.WARNING)
def missing_fragment(text: Manuscript, known: Known) -> Iterator[Finding]:
    """A link leads to a section that is not there."""
    for address, place in text.destinations:
        if address.startswith("#"):
            fragment, ids = address[1:], text.heading_ids | known.earlier_ids
        else:
            name, fragment = reference(address) or ("", "")
            if name not in known.fragments or not known.targets[name].public:
                continue
            ids = known.fragments[name]
        if fragment and fragment not in ids:
            yield Finding(
                reason=_("There is no section “#%(fragment)s”.") % {"fragment": unquote(fragment)},
                hint=_("Open the page, and copy the address of the section."),
                place=place,
                subject=address,
            )
