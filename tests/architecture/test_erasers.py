"""Every table that could hold words of a record has an eraser, or says why it needs none."""

import pytest
from django.apps import apps

from casetracker.core.append_only import ErasableModel
from casetracker.publication.erasers import exempt_tables, tables_of_erasers

MODELS = apps.get_models(include_auto_created=True)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_has_an_eraser_or_a_reason(model):
    covered, exempt = model in tables_of_erasers(), model._meta.label_lower in exempt_tables()
    assert covered or exempt, "register an eraser for it, or say in `erasing/elsewhere.py` why it holds no content"
    assert not (covered and exempt), "it has both"


def test_no_reason_outlives_its_table():
    assert set(exempt_tables()) <= {model._meta.label_lower for model in MODELS}


def test_what_only_grows_names_real_columns_that_may_be_emptied():
    for model in MODELS:
        if issubclass(model, ErasableModel):
            assert set(model.erasable) <= {field.name for field in model._meta.concrete_fields}
            assert not set(model.erasable) & {"id", "person", "at", "digest", "sequence"}
