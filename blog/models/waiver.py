"""A finding that an editor has seen and lets be, with the reason why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from blog.editorial import Finding


class WaiverQuerySet(models.QuerySet["Waiver"]):
    """Questions about waivers; they chain."""

    def standing(self) -> WaiverQuerySet:
        """Those that nobody has taken back."""
        return self.filter(withdrawn_at=None)


class Waiver(models.Model):
    """One warning of one post that need not be mended; it holds until its words change."""

    post = models.ForeignKey(
        "blog.Post", verbose_name=_("post"), on_delete=models.CASCADE, related_name="waivers"
    )
    # The newest text when it was waived.
    revision = models.ForeignKey(
        "blog.Revision", verbose_name=_("revision"), on_delete=models.CASCADE, related_name="+"
    )
    # What was found, as `Finding` has it.
    key = models.CharField(max_length=32)
    check_name = models.CharField(_("check"), max_length=40)
    reason = models.TextField(_("finding"), max_length=500)
    words = models.TextField(_("words"), max_length=300, blank=True)

    note = models.CharField(_("why it may stand"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("waived by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    made_at = models.DateTimeField(_("waived at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken back by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "key"],
                condition=Q(withdrawn_at=None),
                name="blog_waiver_stands_once_a_finding",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="blog_waiver_has_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} · {self.note}"

    @classmethod
    def of(cls, finding: Finding) -> Waiver:
        """A waiver of this finding (not yet saved), without who, when and why."""
        return cls(
            key=finding.key,
            check_name=finding.check,
            reason=finding.reason[:500],
            words=finding.place.words[:300],
        )
