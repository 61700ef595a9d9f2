"""What was decided about comments."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment

REASON_LENGTH = 200


class Decision(models.Model):
    """One step in a comment's life: what it became, by whom, and why."""

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="decisions"
    )
    status = models.CharField(_("status"), max_length=9, choices=Comment.Status)
    # Empty for what the writer did, and for what the site decided by its own rules.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    # The wording that was decided about, which readers may never have seen.
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    # The columns of the comment that it changed, as they were: what undoing it brings back.
    before = models.JSONField(default=dict, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_status_display()} · {self.comment}"
