"""Everything in the database, to see whether an act has changed any of it."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def every_row() -> dict[str, list[dict[str, Any]]]:
    """All tables, whole, with their primary keys."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }
