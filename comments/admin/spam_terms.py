"""The lists of the spam filter in the admin, and a box in which a comment can be tried on it."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.admin.access import ModeratorsAdmin, moderators_only
from comments.forms import readable
from comments.intake.networks import network_of
from comments.models import NAME_LENGTH, TEXT_LENGTH, SpamTerm
from comments.spam import Arrival, Verdict, in_words
from comments.spam.addresses import plain_domain
from comments.spam.examination import gather, weigh
from comments.spam.folding import words
from comments.spam.verdict import SPAM_AT, SUSPICIOUS_AT

Kind = SpamTerm.Kind

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


class SpamTermForm(forms.ModelForm[SpamTerm]):
    """An entry of a list, written the way it is compared."""

    class Meta:
        model = SpamTerm
        fields = ["kind", "value", "effect", "note"]
        help_texts = {
            "value": _(
                "A word or phrase counts whole, whatever its capitals and accents. A domain counts "
                "with all that lies below it, in links and in mail addresses. A network looks like "
                "192.0.2.0/24."
            ),
            "note": _("Why it is on the list, for your colleagues."),
        }

    def clean(self) -> dict[str, Any]:
        """The value as its kind asks for it, and not twice."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if not (kind and value):
            return cleaned
        try:
            cleaned["value"] = PLAIN[Kind(kind)](value)
            refuse_double(kind, cleaned["value"], besides=self.instance)
        except ValidationError as error:
            self.add_error("value", error)
        return cleaned


def plain_word(value: str) -> str:
    """A word or phrase with single spaces."""
    if not words(value):
        raise ValidationError(_("Write a word: there is no letter or number in this."))
    return " ".join(value.split())


def listed_domain(value: str) -> str:
    """The domain in what was typed or pasted, perhaps a whole web address."""
    host = re.split(r"[/?#\s]", value.strip().partition("://")[2] or value.strip())[0]
    domain = plain_domain(host)
    if not DOMAIN.fullmatch(domain):
        raise ValidationError(_("Write a domain, such as example.com."))
    return domain


def listed_network(value: str) -> str:
    """A network, at least as wide as what we know of a visitor."""
    try:
        network = ipaddress.ip_network(value.strip(), strict=False)
    except ValueError:
        raise ValidationError(_("Write a network, such as 192.0.2.0/24.")) from None
    neighbourhood = network_of(network.network_address)
    if network.prefixlen > ipaddress.ip_network(neighbourhood).prefixlen:
        message = _("The filter sees no single addresses. Write %(network)s.")
        raise ValidationError(message, params={"network": neighbourhood})
    return str(network)


PLAIN = {Kind.WORD: plain_word, Kind.DOMAIN: listed_domain, Kind.NETWORK: listed_network}


def refuse_double(kind: str, value: str, *, besides: SpamTerm) -> None:
    """Say beside the field, and not above the form, that an entry is there already."""
    same = SpamTerm.objects.filter(kind=kind, value__iexact=value)
    if same.exclude(pk=besides.pk).exists():
        raise ValidationError(_("This is on the list already."))


class TrialForm(forms.Form):
    """A comment that nobody sent."""

    text = forms.CharField(
        label=_("comment"), strip=False, max_length=TEXT_LENGTH, widget=forms.Textarea
    )
    name = forms.CharField(label=_("name"), required=False, max_length=NAME_LENGTH)
    email = forms.EmailField(label=_("e-mail address"), required=False)
    address = forms.GenericIPAddressField(label=_("network address"), required=False)

    def clean_text(self) -> str:
        """The text as the form below a post would take it."""
        return readable(self.cleaned_data["text"])

    def verdict(self) -> Verdict:
        """What the filter says of it now; nothing is kept, and no entry of a list counts a hit."""
        given = self.cleaned_data
        address = ipaddress.ip_address(given["address"]) if given["address"] else None
        return weigh(
            gather(
                name=given["name"],
                text=given["text"],
                email=given["email"],
                arrival=Arrival(network=network_of(address)),
            )
        )


@admin.register(SpamTerm)
class SpamTermAdmin(ModeratorsAdmin):
    """The lists: for everybody who decides about comments."""

    form = SpamTermForm
    list_display = ["value", "kind", "effect", "hits", "last_hit_at", "note"]
    list_filter = ["kind", "effect"]
    search_fields = ["value", "note"]
    fields = ["kind", "value", "effect", "note", "hits", "last_hit_at"]
    readonly_fields = ["hits", "last_hit_at"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A short title: Django's own would lie below the buttons beside it."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        try_out = moderators_only(self.try_out)
        return [
            path("proberen/", try_out, name="comments_spamterm_try_out"),
            *super().get_urls(),
        ]

    def try_out(self, request: HttpRequest) -> HttpResponse:
        """A comment, and what the filter says of it; nothing is kept."""
        form = TrialForm(request.POST or None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Try out the spam filter"),
            "form": form,
            "suspicious_at": SUSPICIOUS_AT,
            "spam_at": SPAM_AT,
        }
        if form.is_valid():
            verdict = form.verdict()
            sentences = in_words(finding.as_json() for finding in verdict.findings)
            weights = [finding.weight for finding in verdict.findings]
            context["score"] = verdict.score
            context["outcome"] = outcome(verdict)
            context["reasons"] = list(zip(sentences, weights, strict=True))
        return TemplateResponse(request, "admin/comments/spamterm/try_out.html", context)


def outcome(verdict: Verdict) -> str:
    """Where a comment with this verdict would go."""
    if verdict.is_spam:
        return gettext("It goes to the spam folder.")
    if verdict.is_suspicious:
        return gettext("It waits for a moderator.")
    return gettext("Nothing about it is suspicious; the rules of the site and the post decide.")
