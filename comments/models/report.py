"""A reader's word that a comment should not stand there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.decision import REASON_LENGTH

EXPLANATION_LENGTH = 1_000


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports; they chain."""

    def waiting(self) -> ReportQuerySet:
        """What no moderator has decided about yet."""
        return self.filter(outcome="")


class Report(models.Model):
    """One report about one comment, and what a moderator made of it."""

    class Ground(models.TextChoices):
        PRIVACY = "privacy", _("It holds somebody's personal details")
        INSULT = "insult", _("It insults or threatens somebody")
        DANGER = "danger", _("It gives dangerous advice about health")
        ADVERTISING = "advert", _("It is advertising")
        ILLEGAL = "illegal", _("It breaks the law in another way")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        WAITING = "", _("waits for a moderator")
        KEPT = "kept", _("the comment stays")
        HIDDEN = "hidden", _("the comment was taken away")
        GONE = "gone", _("the writer took the comment away")

    key = models.CharField(max_length=22, unique=True)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    ground = models.CharField(_("ground"), max_length=8, choices=Ground)
    explanation = models.TextField(_("explanation"), max_length=EXPLANATION_LENGTH, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    outcome = models.CharField(
        _("outcome"), max_length=6, choices=Outcome, default=Outcome.WAITING, blank=True
    )
    # Told to whoever reported, and to the writer.
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(decided_at__isnull=False),
                name="comments_report_decided_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} · {self.comment}"
