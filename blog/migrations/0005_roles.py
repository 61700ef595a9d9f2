from itertools import product

from django.db import migrations

from authors.roles import EDITOR, WRITER, allow

WRITERS_MAY = [
    "authors.view_author",
    "blog.add_post",
    "blog.change_own_post",
    "blog.view_post",
    "blog.view_tag",
    "blog.view_theme",
]
EDITORS_MAY = [
    *(f"authors.{action}_author" for action in ("add", "change", "delete", "view")),
    *(
        f"blog.{action}_{model}"
        for action, model in product(
            ("add", "change", "delete", "view"),
            ("menuitem", "page", "post", "redirect", "tag", "theme"),
        )
    ),
    "blog.publish_page",
    "blog.publish_post",
    "blog.add_sitesettings",
    "blog.change_sitesettings",
    "blog.view_sitesettings",
    "blog.delete_missingaddress",
    "blog.view_missingaddress",
    "blog.view_logrecord",
]


def make_roles(apps, schema_editor):
    allow(apps, WRITER, WRITERS_MAY)
    allow(apps, EDITOR, EDITORS_MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("authors", "0001_author"),
        ("blog", "0004_revisions_plans_sittings_redirects_log"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
