"""How we reach a visitor who wants that: the address, its links, and the mails."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EmailAddress(models.Model):
    """A visitor's e-mail address, in small letters; it proves nothing until it is confirmed."""

    email = models.EmailField(_("e-mail address"), unique=True)
    created_at = models.DateTimeField(_("given at"), default=timezone.now)
    # When a link that we mailed was followed last.
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    # When we last asked its owner to confirm it, and last mailed a link to their data.
    asked_at = models.DateTimeField(null=True)
    data_asked_at = models.DateTimeField(null=True)
    # When we last mailed it about replies.
    notified_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True)

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="comments_emailaddress_small_letters"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def masked(self) -> str:
        """Enough of it to recognise one's own: the first sign and the domain."""
        name, _at, domain = self.email.partition("@")
        return f"{name[:1]}…@{domain}"


class Link(models.Model):
    """A private address that we mailed; it does nothing before its button is pressed."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm"
        STOP = "stop"
        DATA = "data"

    key = models.CharField(max_length=22, unique=True)
    purpose = models.CharField(max_length=7, choices=Purpose)
    email = models.ForeignKey(EmailAddress, on_delete=models.CASCADE, related_name="links")
    comment = models.ForeignKey(
        "comments.Comment", on_delete=models.CASCADE, null=True, related_name="links"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="confirm") | Q(comment__isnull=False),
                name="comments_link_confirms_a_comment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.pk}"


class Mail(models.Model):
    """A mail that is to be sent, or was; its words are made when it goes."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("confirm the address")
        REPLY = "reply", _("replies to a comment")
        DECISION = "decision", _("a decision about a reported comment")
        DATA = "data", _("link to one's own data")
        QUEUE = "queue", _("comments that wait")

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("refused for good")
        # A crash came between handing it over and hearing the answer: sending again might make two.
        UNKNOWN = "unknown", _("perhaps sent")

    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    # To a visitor, or to a moderator.
    email = models.ForeignKey(
        EmailAddress, on_delete=models.CASCADE, null=True, related_name="mails"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    comment = models.ForeignKey(
        "comments.Comment", on_delete=models.CASCADE, null=True, related_name="mails"
    )
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    # Since when it has its status.
    status_at = models.DateTimeField(_("status since"), default=timezone.now)
    # When it was last taken out of the outbox; replies are marked by that moment.
    taken_at = models.DateTimeField(null=True)
    # What the mail server said, without the address.
    answer = models.CharField(_("answer of the mail server"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=True, user__isnull=False)
                | Q(email__isnull=False, user__isnull=True),
                name="comments_mail_has_one_recipient",
            ),
            # While one waits, what comes in joins it.
            models.UniqueConstraint(
                fields=["purpose", "comment"],
                condition=Q(status="waiting", comment__isnull=False),
                name="comments_mail_one_waits_about_comment",
            ),
            models.UniqueConstraint(
                fields=["purpose", "email"],
                condition=Q(status="waiting", comment__isnull=True),
                name="comments_mail_one_waits_for_visitor",
            ),
            models.UniqueConstraint(
                fields=["purpose", "user"],
                condition=Q(status="waiting"),
                name="comments_mail_one_waits_for_moderator",
            ),
        ]
        indexes = [models.Index(fields=["status", "status_at"], name="comments_outbox")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.get_status_display()}"
