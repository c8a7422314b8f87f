"""Every kind of record that can be published can be read."""

import pytest

from casetracker.publication import registry
from casetracker.review.kinds import all_kinds


def test_every_kind_of_record_has_a_projection():
    assert {kind.name for kind in all_kinds()} == registry.registered_kinds()


def test_a_kind_has_one_projection():
    with pytest.raises(ValueError, match="registered already"):
        registry.register("station", lambda publication: None)


def test_a_kind_without_projection_is_not_published(log):
    publication = registry.Publication(6, "rumour", "X-1", 1, "publish", None, {}, "")
    with pytest.raises(KeyError, match="rumour"):
        registry.project([publication])
