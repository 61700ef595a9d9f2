"""The column in which a post keeps its corrections."""

from __future__ import annotations

from typing import Any

from django.db import models

from blog.content import Correction


class CorrectionsField(models.JSONField):
    """A list of corrections; in the database, and in a fixture, a list of plain values."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.to_python(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        return tuple(
            item if isinstance(item, Correction) else Correction.from_json(item) for item in value
        )

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(as_plain(value))

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(as_plain(value), model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        return as_plain(self.value_from_object(obj))


def as_plain(value: Any) -> Any:
    """Corrections as plain data; anything else, such as part of a query, as it is."""
    if not isinstance(value, list | tuple):
        return value
    return [item.as_json() if isinstance(item, Correction) else item for item in value]
