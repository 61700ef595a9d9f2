"""Comments that are there get a place in their thread and the moments that are now asked for."""

from itertools import count

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Now


def fill(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    Comment.objects.filter(status="pending").update(waiting_since=F("created_at"), decided_at=None)
    decided = Comment.objects.exclude(status="pending").filter(decided_at=None)
    decided.update(decided_at=Now())
    for post in Comment.objects.values_list("post", flat=True).distinct().order_by():
        fill_positions(list(Comment.objects.filter(post=post).order_by("created_at", "pk")))


def fill_positions(comments):
    """Comments that answer none are numbered in the order they came; replies follow them."""
    by_key = {comment.pk: comment for comment in comments}
    numbers = count(1)
    for comment in comments:
        if comment.status != "approved":
            continue
        root = comment
        while root.parent_id is not None:
            root = by_key[root.parent_id]
        if root.position is None:
            root.position = next(numbers)
            root.save(update_fields=["position"])
        comment.position = root.position
        comment.save(update_fields=["position"])


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_wordings_reports_mail")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
