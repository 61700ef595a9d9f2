import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0002_links_menu_earlier_slugs"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="comments_closed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="closed at"),
        ),
        migrations.AddField(
            model_name="post",
            name="comments_closed_reason",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="why it is closed"
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="comments_moderation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("all", "Every comment waits"),
                    ("first", "A comment waits until its writer is known by a confirmed address"),
                    ("none", "A comment waits only when something about it is suspicious"),
                ],
                editable=False,
                max_length=5,
                verbose_name="moderation",
            ),
        ),
        migrations.AddField(
            model_name="sitesettings",
            name="comments_close_after",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Days after a post appeared. Left empty, they stay open.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="close comments after",
            ),
        ),
        migrations.AddField(
            model_name="sitesettings",
            name="moderation",
            field=models.CharField(
                choices=[
                    ("all", "Every comment waits"),
                    ("first", "A comment waits until its writer is known by a confirmed address"),
                    ("none", "A comment waits only when something about it is suspicious"),
                ],
                default="all",
                help_text="A post may differ from this.",
                max_length=5,
                verbose_name="moderation of comments",
            ),
        ),
    ]
