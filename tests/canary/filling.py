"""Putting canaries into every column that the public must not see, found by reflection, past all services."""

import datetime as dt

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from casetracker.accounts.models import User
from casetracker.core.append_only import drop_triggers
from tests.architecture.ours import field_names, is_history, our_models
from tests.canary import birds

# What the public side shows rests on these: of them only the private columns are filled.
READ_BY_THE_PUBLIC = {"publication", "public"}
# They hold names from the code and no data.
CODE = {Group, Permission, ContentType}
# Numbers that a constraint keeps too small to be told apart from all others.
BOUNDED = {"django_tasks_database.DBTaskResult.priority"}
_SHIFT = 1477500000


def fill() -> frozenset[str]:
    """Fill all tables; return the names of the fields, as “app.Model.field”, that now hold a canary."""
    connection.check_constraints()  # PostgreSQL alters no table whose deferred checks are still to come.
    drop_triggers()
    filled = set()
    for model in _third_party_models():
        model._base_manager.create(**_values(model))
    for model in apps.get_models():
        if model not in CODE:
            filled |= _fill_table(model)
    _shift_keys()
    return frozenset(filled)


def hidden_fields(model: type[models.Model]) -> set[str]:
    """The names of the fields of a model that the public must not see."""
    if model._meta.app_label in READ_BY_THE_PUBLIC:
        return set(model.private_fields)
    return field_names(model)


def keys() -> frozenset[str]:
    """The UUIDs of all rows, without dashes: internal keys are never public."""
    return frozenset(
        key.hex
        for model in our_models()
        if isinstance(model._meta.pk, models.UUIDField) or _is_record_key(model)
        for key in model._base_manager.values_list("pk", flat=True)
    )


def _is_record_key(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.OneToOneField) and not is_history(model) and not _read(model)


def _read(model: type[models.Model]) -> bool:
    return model._meta.app_label in READ_BY_THE_PUBLIC


def carries(field: models.Field) -> bool:
    """Whether a column can hold a value that is told apart from all others."""
    return not field.primary_key and str(field) not in BOUNDED and birds.for_field(field, "") is not None


def must_hold(model: type[models.Model], field: models.Field) -> bool:
    """Whether a column must have held a canary while the public side was asked."""
    return field.name in hidden_fields(model) and carries(field)


def _fill_table(model: type[models.Model]) -> set[str]:
    fields = [field for field in model._meta.concrete_fields if must_hold(model, field)]
    filled = set()
    for row in model._base_manager.all():
        full = [field for field in fields if getattr(row, field.attname)]
        _write(row, full)
        filled |= set(full)
    for row in model._base_manager.all()[:1]:
        # Other columns may depend on one that is empty in every row; then the database refuses.
        filled |= {field for field in fields if field not in filled and _try(row, field)}
    return {f"{model._meta.label}.{field.name}" for field in filled}


def _write(row: models.Model, fields: list[models.Field]) -> None:
    label = row._meta.label
    values = {field.attname: birds.for_field(field, f"{label}.{field.name}") for field in fields}
    if values:
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def _try(row: models.Model, field: models.Field) -> bool:
    try:
        with transaction.atomic():
            _write(row, [field])
    except IntegrityError:
        return False
    return True


def _third_party_models() -> list[type[models.Model]]:
    ours = set(our_models())
    return [model for model in apps.get_models() if model not in ours | CODE]


def _values(model: type[models.Model]) -> dict[str, object]:
    """A row of a table of somebody else's, of nothing but canaries."""
    values = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField):
            continue
        if field.is_relation:
            values[field.name] = _related(field)
        else:
            bird = birds.for_field(field, f"{model._meta.label}.{field.name}") if str(field) not in BOUNDED else None
            values[field.name] = bird or _dull(field)
    return values


def _related(field: models.Field) -> models.Model | None:
    if field.related_model is User:
        return User.objects.first()
    if field.null:
        return None
    found = field.related_model._base_manager.first()
    return found or field.related_model._base_manager.create(**_values(field.related_model))


def _dull(field: models.Field) -> object:
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DurationField):
        return dt.timedelta(1)
    return field.flatchoices[0][0] if field.choices else field.get_default()


def _shift_keys() -> None:
    """Give the surrogate keys of published documents numbers that would be noticed."""
    for model in our_models():
        key = model._meta.pk
        if not _read(model) or not isinstance(key, models.AutoField):
            continue
        model._base_manager.update(**{key.attname: F(key.attname) + _SHIFT})
        for relation in model._meta.related_objects:
            link = relation.field.attname
            relation.related_model._base_manager.update(**{link: F(link) + _SHIFT})
