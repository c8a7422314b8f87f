"""Writes past all code of ours, to see what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction


def refused(write, rule: str) -> None:
    """The database refuses the write, and names the rule."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        write()


# A repeated key: PostgreSQL names the constraint. On SQLite the trigger against INSERT OR REPLACE is faster.
REPEATED = "it has a row with this key"


def raw_update(instance, **values):
    """Change columns past all code of ours."""
    return lambda: type(instance)._base_manager.filter(pk=instance.pk).update(**values)


def raw_copy(instance, **values):
    """Insert a copy of a row with other values, past all code of ours."""
    fields = [field for field in instance._meta.concrete_fields if not field.primary_key or field.name in values]
    columns = {field.attname: getattr(instance, field.attname) for field in fields} | values
    return lambda: type(instance)._base_manager.bulk_create([type(instance)(**columns)])
