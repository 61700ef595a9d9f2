from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_fill_positions_and_moments")]

    operations = [
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "pending"), ("decided_at__isnull", False), _connector="OR"
                ),
                name="comments_comment_decided_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "pending"), _negated=True),
                    ("waiting_since__isnull", False),
                    _connector="OR",
                ),
                name="comments_comment_pending_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "approved"), _negated=True),
                    ("position__isnull", False),
                    _connector="OR",
                ),
                name="comments_comment_approved_has_position",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["pending", "approved", "rejected", "spam", "withdrawn", "erased"],
                    )
                ),
                name="comments_comment_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "erased"), _negated=True),
                    models.Q(
                        ("email__isnull", True),
                        ("html", ""),
                        ("key__isnull", True),
                        ("name", ""),
                        ("text", ""),
                        ("text_digest", ""),
                    ),
                    _connector="OR",
                ),
                name="comments_comment_erased_says_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_at__isnull", True), ("email__isnull", False), _connector="OR"
                ),
                name="comments_comment_confirmed_has_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent__isnull", True)),
                fields=("post", "position"),
                name="comments_comment_root_position_once",
            ),
        ),
    ]
