"""What is kept for a day to know a second sending, a flood, and what came from one network."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from comments.models.comment import Comment


class DailyKey(models.Model):
    """The random key under which networks are hashed for one day; gone, nothing can be traced."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return self.day.isoformat()


class Submission(models.Model):
    """How a comment arrived, as hashes under the key of the day."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="submission")
    # The same words for the same place from the same network: a second click, a reload.
    fingerprint = models.CharField(max_length=64, unique=True)
    network = models.CharField(max_length=64, db_index=True)
    # The number of the form, where it had one; a number that comes back is a robot's.
    form_number = models.CharField(max_length=22, null=True, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.fingerprint[:8]


class Attempt(models.Model):
    """How often one network did one kind of thing in one stretch of time."""

    network = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "window"], name="comments_attempt_counted_in_one_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network[:8]} · {self.count}"
