"""What visitors say below a post, who decided about it, and a day's guard against doubles."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Post
from comments.querysets import CommentManager

NAME_LENGTH = 60
TEXT_LENGTH = 2_000


def new_key() -> str:
    """128 random bits as 22 characters for an address."""
    return secrets.token_urlsafe(16)


class Comment(models.Model):
    """One visitor's words; readers see them once an editor has approved them."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        SPAM = "spam", _("Spam")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(
        max_length=22,
        unique=True,
        null=True,
        editable=False,
        help_text="The receipt's secret; empty for a comment that no visitor sent.",
    )
    post = models.ForeignKey(
        Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="comments"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("reply to"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="replies",
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    text = models.TextField(_("comment"), max_length=TEXT_LENGTH)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PENDING)
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)

    objects = CommentManager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", _("Can moderate comments"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_at__isnull=False),
                name="comments_comment_approved_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "approved", "rejected", "spam"]),
                name="comments_comment_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="comments_comment_answers_another",
            ),
        ]
        indexes = [
            models.Index(fields=["post", "status", "created_at"], name="comments_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def natural_key(self) -> tuple[str]:
        """What names this comment in a fixture."""
        return (str(self.uid),)

    def get_absolute_url(self) -> str:
        """The comment's place in the thread."""
        return f"{self.post.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The id of the comment on the page; it survives moderation."""
        return f"reactie-{self.pk}"

    @property
    def reply_url(self) -> str:
        """The form for a reply to this comment."""
        submit = reverse("comments:comment_form", args=[self.post.slug])
        return f"{submit}?op={self.uid}"

    @property
    def receipt_url(self) -> str:
        """The private page for whoever sent this comment."""
        return reverse("comments:receipt", args=[self.key])


class Decision(models.Model):
    """One step in a comment's life: what it became, by whom, and why."""

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="decisions"
    )
    status = models.CharField(_("status"), max_length=8, choices=Comment.Status)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_status_display()} · {self.comment}"


class DailyKey(models.Model):
    """The random key under which networks are hashed for one day; gone, nothing can be traced."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return self.day.isoformat()


class Submission(models.Model):
    """What makes a second sending of the same form recognisable, until another day's first one."""

    fingerprint = models.CharField(max_length=64, unique=True)
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="submission")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.fingerprint[:8]
