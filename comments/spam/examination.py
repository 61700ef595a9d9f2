"""The judgement of a comment: the database is asked, the signals look, the weights are added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from comments.intake.arrival import Arrival
from comments.models import Comment, SpamTerm, Submission
from comments.spam import arrival as arriving
from comments.spam import letters, likeness, links, lists, mail, repetition
from comments.spam.addresses import plain_domain
from comments.spam.evidence import Evidence
from comments.spam.learning import learned
from comments.spam.verdict import Finding, Verdict
from comments.spam.words import stems
from comments.wordings import digest

SIGNALS: list[Callable[[Evidence], Iterator[Finding]]] = [
    arriving.trap,
    arriving.speed,
    arriving.used_form,
    arriving.unseen_page,
    arriving.unknown_origin,
    lists.listed,
    repetition.same_text,
    links.links,
    links.disguised_link,
    links.link_markup,
    links.link_in_name,
    mail.disposable_mail,
    letters.mixed_scripts,
    letters.shouting,
    likeness.likeness,
]


# What is true of a comment whatever its writer makes of its words.
LASTING = {
    "disposable_mail",
    "listed_mail",
    "listed_network",
    "speed",
    "trap",
    "unknown_origin",
    "unseen_page",
    "used_form",
}


def examine(
    *, name: str, text: str, email: str = "", arrival: Arrival, comment_pk: int | None = None
) -> Verdict:
    """Judge a comment that is about to be kept; `comment_pk` is the one that it rewrites.

    Takes the queries of `gather`, and one after the commit where the comment hits a list.
    """
    evidence = gather(name=name, text=text, email=email, arrival=arrival, comment_pk=comment_pk)
    if hits := [hit.pk for hit in evidence.listed]:
        # After the commit: no comment waits for the counters, and none is lost by them.
        transaction.on_commit(partial(count_hits, hits), robust=True)
    return weigh(evidence)


def gather(
    *, name: str, text: str, email: str = "", arrival: Arrival, comment_pk: int | None = None
) -> Evidence:
    """Ask the database all that the signals look at.

    Takes three queries, one more where the form has a number, and one more for an edit.
    """
    own = comment_pk or 0
    others = Comment.objects.exclude(pk=own).exclude(status=Comment.Status.WITHDRAWN)
    copies = others.filter(text_digest=digest(text)).aggregate(
        every=Count("pk"), spam=Count("pk", filter=Q(status=Comment.Status.SPAM))
    )
    number = arrival.form_number
    forms = Submission.objects.exclude(comment_id=own)
    return Evidence(
        name=name,
        text=text,
        email=email,
        arrival=arrival,
        own_domain=plain_domain(settings.SITE_HOST),
        form_was_used=bool(number) and forms.filter(form_number=number).exists(),
        copies=copies["every"],
        copies_in_spam=copies["spam"],
        listed=tuple(
            lists.hits(
                SpamTerm.objects.all(), name=name, text=text, email=email, network=arrival.network
            )
        ),
        learned=learned(stems(text)),
        earlier=lasting(comment_pk) if comment_pk else (),
    )


def lasting(comment_pk: int) -> tuple[Finding, ...]:
    """What was found about a comment when it came, and still holds when it is edited."""
    kept = Comment.objects.values_list("spam_findings", flat=True).get(pk=comment_pk)
    findings = (Finding(**finding) for finding in kept)
    return tuple(finding for finding in findings if finding.signal in LASTING)


def weigh(evidence: Evidence) -> Verdict:
    """What all signals together say."""
    findings = [finding for signal in SIGNALS for finding in signal(evidence)]
    known = {finding.signal for finding in findings}
    findings += [finding for finding in evidence.earlier if finding.signal not in known]
    return Verdict(tuple(findings))


def count_hits(terms: list[int]) -> None:
    """Note that entries of the lists were hit."""
    SpamTerm.objects.filter(pk__in=terms).update(hits=F("hits") + 1, last_hit_at=timezone.now())
