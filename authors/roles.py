"""The groups that the site brings along; each app gives them their share in a migration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.management import create_permissions

WRITER, EDITOR, MODERATOR = "Schrijver", "Redacteur", "Moderator"


def allow(apps: Any, role: str, permissions: Iterable[str]) -> None:
    """Let a role do this too, such as "blog.view_post"; what it has already stays.

    To be called in a migration, with its apps: permissions are made after the last one otherwise.
    """
    group, _new = apps.get_model("auth", "Group").objects.get_or_create(name=role)
    pairs = [permission.split(".") for permission in permissions]
    for label in sorted({label for label, _codename in pairs}):
        config = apps.get_app_config(label)
        # The apps of a migration do not say that they have models, and Django passes over those.
        config.models_module = getattr(config, "models_module", True)
        create_permissions(config, apps=apps, verbosity=0)
    rows = apps.get_model("auth", "Permission").objects
    group.permissions.add(
        *(rows.get(content_type__app_label=label, codename=codename) for label, codename in pairs)
    )
