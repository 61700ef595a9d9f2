"""What was done behind the desk, by whom and why; it outlives the thing and the account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LogRecord(models.Model):
    """One deed. It names things by their words, so that nothing takes it along when it goes."""

    class Action(models.TextChoices):
        PUBLISHED = "published", _("published")
        PLANNED = "planned", _("planned")
        PLAN_WITHDRAWN = "plan_withdrawn", _("plan withdrawn")
        PLAN_FAILED = "plan_failed", _("plan failed")
        UNPUBLISHED = "unpublished", _("taken offline")
        EXPIRY_SET = "expiry_set", _("end chosen")
        RENAMED = "renamed", _("address changed")
        DISCARDED = "discarded", _("draft discarded")
        RESTORED = "restored", _("revision restored")
        WAIVED = "waived", _("finding waived")
        WAIVER_WITHDRAWN = "waiver_ended", _("waiver taken back")
        OFFERED = "offered", _("offered for review")
        RETURNED = "returned", _("returned to the writer")
        CHECKED = "checked", _("checked, nothing changed")
        THROWN_AWAY = "thrown_away", _("moved to the wastebasket")
        TAKEN_BACK = "taken_back", _("taken out of the wastebasket")
        REMOVED = "removed", _("removed for ever")
        COMMENTS = "comments", _("comments opened or closed")
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        MERGED = "merged", _("merged")

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    by_name = models.CharField(_("by"), max_length=150, blank=True)
    action = models.CharField(_("action"), max_length=14, choices=Action)
    # What it was done to: the name of its model, its uid or key, and its title of that moment.
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("identity"), max_length=60, blank=True, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("log record")
        verbose_name_plural = _("log")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        at = timezone.localtime(self.at)
        return f"{at:%Y-%m-%d %H:%M} {self.by_name} {self.get_action_display()}: {self.title}"
