"""What the database keeps, whatever the code above it does: each rule against a raw write."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from casetracker.core.append_only import AppendOnlyModel
from casetracker.public.models import StationDocument
from casetracker.publication.models import LogEntry, PublicationHead
from casetracker.review.choices import State
from casetracker.review.models import (
    Check,
    Citation,
    Decision,
    Participation,
    PrivateTerm,
    PublishedContent,
    Record,
    Suggestion,
)
from casetracker.sources.models import Source
from tests.factories.records import bring_to, fresh, make_source, make_station
from tests.raw_writes import REPEATED, raw_copy, raw_update, refused

pytestmark = pytest.mark.django_db


class TestFourEyes:
    @pytest.mark.parametrize("role", ["author", "reviewer"])
    def test_one_side_in_a_round(self, role):
        participation = bring_to(make_station(), "approved").participations.first()
        refused(raw_copy(participation, role=role), f"review_four_eyes|{REPEATED}")

    def test_only_known_sides(self):
        participation = bring_to(make_station(), "approved").participations.first()
        refused(raw_copy(participation, round=9, role="both"), "review_role_known")


class TestRecords:
    @pytest.mark.parametrize("step", ["submitted", "verified", "approved"])
    @pytest.mark.parametrize("column", ["at", "by", "digest"])
    def test_a_state_is_set_with_its_moment_person_and_digest(self, step, column):
        record = bring_to(make_station(), step)
        empty = "" if column == "digest" else None
        refused(raw_update(record, **{f"{step}_{column}": empty}), f"review_{step}_set_with_its_state")

    @pytest.mark.parametrize(("state", "missing"), [("submitted", "submitted"), ("verified", "verified")])
    def test_no_state_is_skipped(self, state, missing):
        record = make_station()
        refused(raw_update(record, state=state), f"review_{missing}_set_with_its_state|review_submitted_set")

    @pytest.mark.parametrize("step", ["submitted", "verified", "approved"])
    def test_no_step_is_set_before_its_state(self, step, researcher):
        values = {f"{step}_at": timezone.now(), f"{step}_by": researcher, f"{step}_digest": "0" * 64}
        refused(raw_update(make_station(), **values), f"review_{step}_set_with_its_state")

    @pytest.mark.parametrize("state", ["published", ""])
    def test_only_known_states(self, state):
        refused(raw_update(make_station(), state=state), "review_state_known")

    def test_only_known_public_statuses(self):
        record = bring_to(make_station(), "live")
        refused(raw_update(record, public_status="hidden"), "review_public_status_known")

    def test_references_are_unique(self):
        one, two = (bring_to(make_station(), "live") for _ in range(2))
        refused(raw_update(two, reference=one.reference), "reference")

    @pytest.mark.parametrize(
        "values",
        [
            {"reference": None},
            {"published_version": 0},
            {"public_status": "never"},
            {"public_status": "never", "reference": None},
        ],
    )
    def test_what_is_public_has_reference_and_version(self, values):
        refused(raw_update(bring_to(make_station(), "live"), **values), "review_(reference_from|idle_only)")

    @pytest.mark.parametrize("values", [{"reference": "S-9"}, {"published_version": 1}, {"public_status": "live"}])
    def test_what_was_never_public_has_neither(self, values):
        refused(raw_update(make_station(), **values), "review_reference_from_first_publication")

    def test_what_was_published_is_not_discarded(self):
        record = bring_to(make_station(), "live")
        refused(raw_update(record, state=State.DISCARDED), "review_published_never_discarded")

    def test_what_was_never_published_is_not_idle(self):
        refused(raw_update(make_station(), state=State.IDLE), "review_idle_only_after_publication")


class TestEvidence:
    def test_only_known_stances(self):
        refused(raw_update(make_station().citations.get(), stance="likes"), "review_stance_known")

    def test_a_quote_has_its_language(self):
        refused(raw_update(make_station().citations.get(), quote="Ja"), "review_quote_with_its_language")

    def test_only_known_verdicts(self):
        check = bring_to(make_station(), "verified").checks.get()
        refused(raw_copy(check, verdict="maybe"), "review_verdict_known")

    def test_only_known_acts(self):
        refused(raw_copy(make_station().decisions.get(), action="bribe"), "review_action_known")

    def test_one_content_for_a_version(self):
        content = bring_to(make_station(), "live").published_contents.get()
        refused(raw_copy(content), f"review_one_content_per_version|{REPEATED}")

    @pytest.mark.parametrize("column", ["publishable_at", "publishable_by", "publishable_reason"])
    def test_a_term_is_publishable_by_someone_for_a_reason(self, column, editor):
        record = make_station(private_terms=[{"kind": "host", "text": "Golden Dragon"}])
        values = {"publishable_at": timezone.now(), "publishable_by": editor, "publishable_reason": "A court did."}
        empty = "" if column == "publishable_reason" else None
        term = record.private_terms.get()
        refused(raw_update(term, **values | {column: empty}), "review_publishable_by_someone_for_a_reason")
        raw_update(term, **values)()

    def test_a_suggestion_is_decided_by_someone(self, researcher):
        suggestion = Suggestion.objects.create(
            record=make_station(), round=1, field="summary", suggested_text="Better.", person=researcher
        )
        for values in (
            {"state": "accepted"},
            {"decided_by": researcher},
            {"state": "declined", "decided_by": researcher},
        ):
            refused(raw_update(suggestion, **values), "review_suggestion_decided_by_someone")


class TestSources:
    def test_references_are_unique(self):
        bring_to(make_station(), "live")
        refused(raw_update(make_source(), reference="D-1"), "reference")

    def test_a_derivation_names_its_source_and_how(self):
        root, source = make_source(), make_source()
        refused(raw_update(source, derived_from=root), "sources_derivation_with_its_source")
        refused(raw_update(source, derivation="copy"), "sources_derivation_with_its_source")

    def test_a_source_has_a_title_or_an_address(self):
        refused(raw_update(make_source(), title="", url=""), "sources_title_or_url")

    def test_a_source_that_is_cited_stays(self):
        """Foreign keys are checked at the end of a transaction, or when asked."""
        source = make_station().citations.get().source

        def delete():
            Source.objects.filter(pk=source.pk)._raw_delete("default")
            connection.check_constraints()

        refused(delete, "(?i)foreign key")


class TestPublication:
    def entry(self, **values) -> LogEntry:
        last = LogEntry.objects.latest("sequence")
        given = {"sequence": 9, "previous_hash": "a" * 64, "entry_hash": "b" * 64, "reference": "S-9"} | values
        return raw_copy(last, **given)

    @pytest.fixture(autouse=True)
    def _one_is_live(self):
        bring_to(make_station(), "live")

    @pytest.mark.parametrize(
        ("values", "rule"),
        [
            ({"sequence": 1, "previous_hash": ""}, f"publication_no_fork|publication_logentry_pkey|{REPEATED}"),
            ({"reference": "S-1"}, f"publication_one_entry_per_version|{REPEATED}"),
            ({"previous_hash": ""}, f"publication_no_fork|publication_only_first|{REPEATED}"),
            ({"version": None}, "publication_version_unless_retracted"),
            ({"version": 0}, "publication_version_unless_retracted"),
            ({"action": "retract"}, "publication_version_unless_retracted"),
            ({"action": "forge"}, "publication_action_known"),
        ],
        ids=str,
    )
    def test_the_log_cannot_fork_repeat_or_lie(self, values, rule):
        refused(self.entry(**values), rule)

    def test_entry_hashes_are_unique(self):
        refused(self.entry(entry_hash=LogEntry.objects.get().entry_hash), f"entry_hash|{REPEATED}")

    def test_there_is_one_head(self):
        refused(lambda: PublicationHead(pk=2).save(), "publication_one_head")

    def test_one_version_of_a_record_is_live(self):
        document = StationDocument.objects.get()
        refused(raw_copy(document, version=2, from_seq=2), "public_stationdocument_one_live|reference")


@pytest.mark.parametrize("model", [Check, Decision, Participation, PublishedContent])
@pytest.mark.parametrize("statement", ["DELETE FROM {table}", "UPDATE {table} SET record_id = record_id"])
def test_what_is_append_only_refuses_raw_updates_and_deletes(model, statement):
    bring_to(make_station(), "live")
    assert model.objects.exists()
    raw = statement.format(table=model._meta.db_table)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(raw)


def test_what_is_append_only_refuses_in_python_too():
    record = bring_to(make_station(), "live")
    for model in (Check, Decision, Participation, PublishedContent):
        assert issubclass(model, AppendOnlyModel)
        row = model.objects.filter(record=record).first()
        for act in (row.save, row.delete, model.objects.all().delete, lambda rows=model.objects: rows.update(pk=1)):
            with pytest.raises(TypeError, match="never"):
                act()


def test_a_record_with_decisions_is_not_deleted():
    record = fresh(make_station())
    with pytest.raises(IntegrityError), transaction.atomic():
        record.delete()
    assert Citation.objects.filter(record=record).exists()
    assert not PrivateTerm.objects.exists()
    assert Record.objects.filter(pk=record.pk).exists()
