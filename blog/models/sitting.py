"""An editor at work in an open form: what was typed so far, and who is there."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.post import Post


class Sitting(models.Model):
    """One open form of one editor, with the recovery copy of what was typed and not yet saved."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sittings"
    )
    kind = models.CharField(max_length=4, choices=Post.Kind)
    # Empty for a post that was not saved yet; then `new_uid` says which it will be.
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="sittings")
    new_uid = models.UUIDField(null=True)
    # What the form started from.
    base = models.ForeignKey(
        "blog.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The fields of the form as they were sent, each a list of strings; empty when all is saved.
    typed = models.JSONField(default=dict)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    typed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")

    def __str__(self) -> str:
        return f"{self.user} · {self.post or self.new_uid}"
