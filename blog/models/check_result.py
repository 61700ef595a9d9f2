"""How many findings the newest text of a post has: what lists ask, who cannot check it all."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckResult(models.Model):
    """What the checks found in the newest text; waived warnings do not count."""

    post = models.OneToOneField(
        "blog.Post",
        verbose_name=_("post"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="check_result",
    )
    errors = models.PositiveSmallIntegerField(_("errors"))
    warnings = models.PositiveSmallIntegerField(_("warnings"))

    class Meta:
        verbose_name = _("result of the checks")
        verbose_name_plural = _("results of the checks")

    def __str__(self) -> str:
        return f"{self.post_id}: {self.errors}, {self.warnings}"
