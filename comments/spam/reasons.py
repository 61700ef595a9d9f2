"""The findings about a comment in words, for whoever decides about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "disguised_link": _("A link is written so that a filter would miss it"),
    "disposable_mail": _("A mail address for single use"),
    "like_genuine": _("The words are like those of genuine comments"),
    "like_spam": _("The words are like those of spam"),
    "link_in_name": _("A link in the name"),
    "link_markup": _("Links in HTML or in the code of forums"),
    "listed_domain": _("On the list of domains"),
    "listed_mail": _("The mail address is on the list of domains"),
    "listed_network": _("On the list of networks"),
    "listed_word": _("On the list of words"),
    "mixed_scripts": _("Letters of another script in between"),
    "same_text": _("Same text elsewhere"),
    "shouting": _("Nearly all in capitals"),
    "speed": _("Sent within seconds"),
    "trap": _("A field was filled in that people cannot see"),
    "unknown_origin": _("The browser did not say where the form stood"),
    "unseen_page": _("Not sent with the form in the page"),
    "used_form": _("The same form was sent before"),
}
NAMED_DOMAINS = 3


def in_words(findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """A sentence for each finding, as findings are kept with a comment."""
    return [sentence(str(f.get("signal", "")), str(f.get("detail", ""))) for f in findings]


def sentence(signal: str, detail: str) -> str:
    """One finding in words; that of an earlier version of the filter goes by its own name."""
    if signal == "links":
        return links(detail.split())
    words = str(SENTENCES.get(signal) or gettext("Another sign: %(name)s") % {"name": signal})
    return f"{words}: {detail}" if detail else words


def links(domains: list[str]) -> str:
    """How many links there are, and where the first ones lead."""
    words = ngettext("%(count)d link", "%(count)d links", len(domains)) % {"count": len(domains)}
    named = list(dict.fromkeys(domains))
    more = ["…"] if len(named) > NAMED_DOMAINS else []
    return f"{words}: {', '.join([*named[:NAMED_DOMAINS], *more])}" if named else words
