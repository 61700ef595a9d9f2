"""An address at which somebody without an account reads a draft."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog import clock


def new_key() -> str:
    """128 random bits as 22 characters for an address."""
    return secrets.token_urlsafe(16)


class PreviewLink(models.Model):
    """A way in to the newest text of one post, until it expires or is withdrawn."""

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    post = models.ForeignKey(
        "blog.Post", verbose_name=_("post"), on_delete=models.CASCADE, related_name="preview_links"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return f"{self.post} · {timezone.localtime(self.made_at):%Y-%m-%d}"

    @property
    def is_expired(self) -> bool:
        """Whether its last moment has passed."""
        return self.expires_at <= clock.now()

    @property
    def works(self) -> bool:
        """Whether it shows the draft at this moment."""
        closed = self.withdrawn_at or self.post.deleted_at
        return closed is None and not self.is_expired

    def get_absolute_url(self) -> str:
        """The address to hand over."""
        return reverse("blog:preview", args=[self.key])
