"""The log of what was erased, without what was erased."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """When something was erased, at whose wish, and how much; never what or whose."""

    class Wish(models.TextChoices):
        WRITER = "writer", _("the writer, on the receipt")
        ADDRESS = "address", _("the owner of an e-mail address")
        EDITOR = "editor", _("an editor")

    wish = models.CharField(_("at the wish of"), max_length=7, choices=Wish)
    made_at = models.DateTimeField(_("erased at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("erased by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    comments = models.PositiveIntegerField(_("comments"))

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{timezone.localdate(self.made_at)} · {self.comments}"
