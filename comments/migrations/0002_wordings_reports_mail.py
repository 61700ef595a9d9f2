import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import comments.models.comment


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0003_discussion"),
        ("comments", "0001_comments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # A day's guard against doubles; the shape of its rows changes, so it starts anew.
        migrations.RunSQL("DELETE FROM comments_submission", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=64)),
                ("window", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="EmailAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="given at"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                ("asked_at", models.DateTimeField(null=True)),
                ("data_asked_at", models.DateTimeField(null=True)),
                ("notified_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True, verbose_name="stopped at")),
            ],
            options={
                "verbose_name": "e-mail address",
                "verbose_name_plural": "e-mail addresses",
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("writer", "the writer, on the receipt"),
                            ("address", "the owner of an e-mail address"),
                            ("editor", "an editor"),
                        ],
                        max_length=7,
                        verbose_name="at the wish of",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="erased at"
                    ),
                ),
                ("comments", models.PositiveIntegerField(verbose_name="comments")),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=22, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("confirm", "Confirm"), ("stop", "Stop"), ("data", "Data")],
                        max_length=7,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("confirm", "confirm the address"),
                            ("reply", "replies to a comment"),
                            ("decision", "a decision about a reported comment"),
                            ("data", "link to one's own data"),
                            ("queue", "comments that wait"),
                        ],
                        max_length=8,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waits"),
                            ("sending", "is being sent"),
                            ("sent", "sent"),
                            ("failed", "refused for good"),
                            ("unknown", "perhaps sent"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at"),
                ),
                (
                    "status_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="status since"
                    ),
                ),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="answer of the mail server"
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=22, unique=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("privacy", "It holds somebody's personal details"),
                            ("insult", "It insults or threatens somebody"),
                            ("danger", "It gives dangerous advice about health"),
                            ("advert", "It is advertising"),
                            ("illegal", "It breaks the law in another way"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                        verbose_name="ground",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(blank=True, max_length=1000, verbose_name="explanation"),
                ),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "waits for a moderator"),
                            ("kept", "the comment stays"),
                            ("hidden", "the comment was taken away"),
                            ("gone", "the writer took the comment away"),
                        ],
                        default="",
                        max_length=6,
                        verbose_name="outcome",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SpamTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("word", "word or phrase"),
                            ("domain", "domain"),
                            ("network", "network"),
                        ],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("value", models.CharField(max_length=100, verbose_name="value")),
                (
                    "effect",
                    models.CharField(
                        choices=[("hold", "hold for a moderator"), ("spam", "file as spam")],
                        default="hold",
                        max_length=4,
                        verbose_name="effect",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "hits",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="hits"),
                ),
                (
                    "last_hit_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last hit at"),
                ),
            ],
            options={
                "verbose_name": "spam term",
                "verbose_name_plural": "spam terms",
                "ordering": ["kind", "value"],
            },
        ),
        migrations.CreateModel(
            name="SpamWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stem", models.CharField(max_length=40, unique=True)),
                ("genuine", models.PositiveIntegerField(default=0)),
                ("spam", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("text", models.TextField(max_length=2000, verbose_name="comment")),
                ("set_aside_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["number"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="comment",
            name="comments_comment_approved_has_moment",
        ),
        migrations.RemoveConstraint(
            model_name="comment",
            name="comments_comment_status_is_known",
        ),
        migrations.RemoveIndex(
            model_name="comment",
            name="comments_thread",
        ),
        migrations.RenameField("comment", "approved_at", "decided_at"),
        migrations.AlterField(
            model_name="comment",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
        ),
        migrations.AddField(
            model_name="comment",
            name="announced_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="badge",
            field=models.CharField(
                blank=True,
                choices=[("", "Visitor"), ("author", "Writer"), ("editor", "Editor")],
                default="",
                editable=False,
                max_length=6,
                verbose_name="badge",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="confirmed_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="address confirmed at"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="html",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="html_version",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="learned_as",
            field=models.CharField(
                blank=True,
                choices=[("", "Nothing"), ("genuine", "Genuine"), ("spam", "Spam")],
                default="",
                editable=False,
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="newest_version",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="position",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="refused_version",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="redacted_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="redacted at"),
        ),
        migrations.AddField(
            model_name="comment",
            name="seed",
            field=models.PositiveSmallIntegerField(
                default=comments.models.comment.random_seed, editable=False
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="spam_findings",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="spam_score",
            field=models.FloatField(default=0, editable=False, verbose_name="spam score"),
        ),
        migrations.AddField(
            model_name="comment",
            name="text_digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="comment",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="waiting_since",
            field=models.DateTimeField(editable=False, null=True, verbose_name="waiting since"),
        ),
        migrations.AddField(
            model_name="comment",
            name="wants_replies",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="mail on replies"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="before",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="decision",
            name="undone_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="undone at"),
        ),
        migrations.AddField(
            model_name="submission",
            name="form_number",
            field=models.CharField(max_length=22, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="submission",
            name="network",
            field=models.CharField(db_index=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="comment",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "Pending"),
                    ("approved", "Approved"),
                    ("rejected", "Rejected"),
                    ("spam", "Spam"),
                    ("withdrawn", "Withdrawn by the writer"),
                    ("erased", "Erased"),
                ],
                default="pending",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "Pending"),
                    ("approved", "Approved"),
                    ("rejected", "Rejected"),
                    ("spam", "Spam"),
                    ("withdrawn", "Withdrawn by the writer"),
                    ("erased", "Erased"),
                ],
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                fields=("network", "window"), name="comments_attempt_counted_in_one_row"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="email",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="comments",
                to="comments.emailaddress",
                verbose_name="e-mail address",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["post", "position", "created_at"], name="comments_thread"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("waiting_since__isnull", False)),
                fields=["waiting_since", "id"],
                name="comments_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "decided_at"], name="comments_terms"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["text_digest"], name="comments_same_text"),
        ),
        migrations.AddField(
            model_name="erasure",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="erased by",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="comment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="email",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="comments.emailaddress",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="comment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="email",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mails",
                to="comments.emailaddress",
            ),
        ),
        migrations.AddField(
            model_name="mail",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reports",
                to="comments.comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="spamterm",
            constraint=models.UniqueConstraint(
                fields=("kind", "value"), name="comments_spamterm_once_a_kind"
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="versions",
                to="comments.comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("purpose", "confirm"), _negated=True),
                    ("comment__isnull", False),
                    _connector="OR",
                ),
                name="comments_link_confirms_a_comment",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["status", "status_at"], name="comments_outbox"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email__isnull", True), ("user__isnull", False)),
                    models.Q(("email__isnull", False), ("user__isnull", True)),
                    _connector="OR",
                ),
                name="comments_mail_has_one_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("comment__isnull", False), ("status", "waiting")),
                fields=("purpose", "comment"),
                name="comments_mail_one_waits_about_comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("comment__isnull", True), ("status", "waiting")),
                fields=("purpose", "email"),
                name="comments_mail_one_waits_for_visitor",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "waiting")),
                fields=("purpose", "user"),
                name="comments_mail_one_waits_for_moderator",
            ),
        ),
        migrations.AddConstraint(
            model_name="emailaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="comments_emailaddress_small_letters",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", ""), ("decided_at__isnull", False), _connector="OR"),
                name="comments_report_decided_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("comment", "number"), name="comments_version_number_once_a_comment"
            ),
        ),
    ]
