"""Every model says what of it is public, and points downwards only."""

import pytest
from django.contrib.contenttypes.models import ContentType

from casetracker.publication import registry
from casetracker.review.content import _SOURCE_FIELDS
from casetracker.review.kinds import CITATIONS, PRIVATE_TERMS, all_kinds
from casetracker.review.snapshots import _CITATION, _SOURCE
from casetracker.sources.models import Source
from tests.architecture.ours import RANKS, declared_models, field_names, is_history, our_models

HISTORY_FIELDS = {"history_id", "history_date", "history_change_reason", "history_type", "history_user"}
# Reviewed with a citation, and yet not shown: its place in the list, and that somebody has read it.
REVIEWED_PRIVATE = {"position", "basis"}

each_declared = pytest.mark.parametrize("model", declared_models(), ids=lambda model: model._meta.label)
each_model = pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
each_kind = pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)


@each_declared
def test_every_field_is_declared_public_or_private(model):
    public, private = model.public_fields, model.private_fields
    assert isinstance(public, frozenset)
    assert isinstance(private, frozenset)
    assert public | private == field_names(model), "declare each field in public_fields or in private_fields"
    assert not public & private


def test_every_history_follows_a_declared_model():
    declared = set(declared_models())
    for model in filter(is_history, our_models()):
        if hasattr(model, "m2m_history_id"):
            continue
        assert model.instance_type in declared
        own = {field.name for field in model.instance_type._meta.concrete_fields}
        assert field_names(model) == own | HISTORY_FIELDS


def test_every_link_table_belongs_to_a_declared_field():
    for model in our_models():
        owner = model._meta.auto_created
        if not owner:
            continue
        (field,) = (field for field in owner._meta.many_to_many if field.remote_field.through is model)
        assert field.name in owner.public_fields | owner.private_fields
        relations = {name for name in field_names(model) if name != "id"}
        assert len(relations) == 2, "a link table links, and holds nothing else"


def test_the_history_of_links_holds_nothing_but_links():
    for model in our_models():
        if hasattr(model, "m2m_history_id"):
            names = {field.name for field in model._meta.concrete_fields if not field.is_relation}
            assert names == {"m2m_history_id"} or names == {"m2m_history_id", "id"}


def rank_of(model):
    module = model.__module__
    return RANKS[".".join(module.split(".")[:2]) if module.startswith("casetracker.") else module.partition(".")[0]]


@each_model
def test_foreign_keys_follow_the_layers(model):
    ours = set(our_models())
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.related_model in ours:
            target = field.related_model
            assert target._meta.app_label == model._meta.app_label or rank_of(target) < rank_of(model), field.name


@each_model
def test_no_generic_foreign_keys(model):
    assert not model._meta.private_fields, "generic keys and relations stand there"
    assert not [field.name for field in model._meta.fields if field.related_model is ContentType]


@each_kind
def test_a_kind_reviews_exactly_the_public_fields(kind):
    assert set(kind.fields) == kind.model.public_fields
    assert len(set(kind.fields)) == len(kind.fields)
    assert set(kind.private) <= kind.model.private_fields
    assert set(kind.citable) <= set(kind.fields) | set(kind.rows)
    assert set(kind.texts) | set(kind.links) | set(kind.assumed) <= set(kind.fields)


@each_kind
def test_rows_are_reviewed_with_exactly_their_public_fields(kind):
    for name, rows in kind.rows.items():
        assert set(rows.fields) == rows.model.public_fields, name
        assert set(rows.private) <= rows.model.private_fields, name
        assert rows.parent in rows.model.private_fields, name


@each_kind
def test_every_link_between_records_is_declared(kind):
    """A link that is not declared would be published without looking whether its target is."""
    kinds = {other.model for other in all_kinds()}
    relations = {name for name in kind.fields if kind.model._meta.get_field(name).related_model in kinds}
    assert relations == set(kind.links)


def test_citations_are_reviewed_with_their_public_fields():
    assert set(CITATIONS.fields) == CITATIONS.model.public_fields | REVIEWED_PRIVATE
    assert set(CITATIONS.private) <= CITATIONS.model.private_fields
    assert set(_CITATION) == CITATIONS.model.public_fields - {"source"}


def test_sources_are_reviewed_with_their_public_fields():
    assert set(_SOURCE_FIELDS) == Source.public_fields - {"reference"}
    assert set(_SOURCE) == Source.public_fields - {"reference", "derived_from"}


def test_private_terms_publish_nothing_by_themselves():
    assert PRIVATE_TERMS.fields == ()
    assert PRIVATE_TERMS.model.public_fields == frozenset()


@each_kind
def test_every_kind_has_a_projection(kind):
    assert kind.name in registry.registered_kinds()
