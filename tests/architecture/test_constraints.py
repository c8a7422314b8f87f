"""The rules that the database keeps are never passed by because a value is unknown.

A check lets a row through when it is neither true nor false: a comparison with NULL is neither.
"""

import datetime as dt
import itertools
import uuid

import pytest
from django.db import connection, models

from tests.architecture.ours import our_models

CHECKS = [
    pytest.param(model, constraint, id=constraint.name)
    for model in our_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, models.CheckConstraint)
]


def samples(field):
    """Values that tell the branches of a rule apart; NULL where the column takes it."""
    found = [None] if field.null else []
    while field.is_relation:
        field = field.target_field
    return found + _typed(field)


def _typed(field):
    if field.choices:
        return [*[code for code, _label in field.flatchoices], ""][:7]
    if isinstance(field, models.BooleanField):
        return [True, False]
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        return [0, 1, 50]
    if isinstance(field, models.DateTimeField):
        return [dt.datetime(2022, 1, 1, tzinfo=dt.UTC)]
    if isinstance(field, models.DateField):
        return [dt.date(2022, 1, 1), dt.date(2023, 1, 1)]
    if isinstance(field, models.UUIDField):
        return [uuid.UUID(int=1), uuid.UUID(int=2)]
    if isinstance(field, models.BinaryField):
        return [b"x"]
    return ["", "x"]


def undecided(model, constraint):
    """Return the combinations of values for which the check is neither true nor false."""
    editor = connection.SchemaEditorClass(connection, collect_sql=True)
    check = constraint._get_check_sql(model, editor)
    fields = [model._meta.get_field(name) for name in sorted(constraint.condition.referenced_base_fields)]
    rows = list(itertools.product(*(samples(field) for field in fields)))
    row = ", ".join(f"CAST(%s AS {field.db_type(connection)})" for field in fields)
    if connection.vendor == "sqlite":  # Its columns have no types, and a cast would make a date a number.
        row = ", ".join(["%s"] * len(fields))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    found = []
    with connection.cursor() as cursor:
        for values in rows:
            given = [field.get_db_prep_value(value, connection) for field, value in zip(fields, values, strict=True)]
            sql = check.replace("%", "%%")
            cursor.execute(f"WITH sample ({columns}) AS (SELECT {row}) SELECT ({sql}) IS NULL FROM sample", given)
            if cursor.fetchone()[0]:
                found.append(dict(zip((field.name for field in fields), values, strict=True)))
    return found


@pytest.mark.parametrize(("model", "constraint"), CHECKS)
def test_a_check_is_true_or_false(db, model, constraint):
    assert undecided(model, constraint) == []
