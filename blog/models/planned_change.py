"""A change of a post that readers know, which waits for its moment."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PlannedChange(models.Model):
    """The revision that becomes live at a moment; a post has one at most.

    A first publication needs none: it stands in the post's row at once, hidden by its date.
    """

    post = models.OneToOneField(
        "blog.Post", verbose_name=_("post"), on_delete=models.CASCADE, related_name="planned_change"
    )
    revision = models.ForeignKey(
        "blog.Revision", verbose_name=_("revision"), on_delete=models.CASCADE, related_name="+"
    )
    goes_live_at = models.DateTimeField(_("goes live at"), db_index=True)
    notable = models.BooleanField(_("readers see the date of this change"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("planned by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    made_at = models.DateTimeField(_("planned at"), default=timezone.now)
    # What stood in the way when its moment came; it is not tried again.
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("planned change")
        verbose_name_plural = _("planned changes")

    def __str__(self) -> str:
        return f"{self.revision} → {timezone.localtime(self.goes_live_at):%Y-%m-%d %H:%M}"
