from django.db import migrations

from authors.roles import EDITOR, MODERATOR, allow

MODERATORS_MAY = ["comments.moderate_comment", "comments.view_comment"]


def make_roles(apps, schema_editor):
    allow(apps, MODERATOR, [*MODERATORS_MAY, "blog.view_post"])
    allow(apps, EDITOR, MODERATORS_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0005_roles"),
        ("comments", "0004_promises_of_a_comment"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
