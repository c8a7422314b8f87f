"""Confidential sources and the public record: what they carry, what is shown, what an approval binds to, and names."""

import json

import pytest

from casetracker.core.errors import ChangedMeanwhile, DomainError, InvalidContent, NotAllowed
from casetracker.core.sealing import new_key
from casetracker.publication.models import Snapshot
from casetracker.review import services
from casetracker.review.content import build_content, content_digest
from casetracker.review.models import ConfidentialCitation, Decision
from casetracker.review.services import Statement
from tests.factories.confidential import (
    check_in_confidence,
    cite_in_confidence,
    make_cleared,
    make_cleared_editor,
    make_confidential_source,
    show,
)
from tests.factories.records import (
    bring_to,
    check_all,
    citation,
    edit_draft,
    fresh,
    make_editor,
    make_people,
    make_source,
    make_station,
    retract,
)
from tests.review.steps import approve, submit, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_cleared()


@pytest.fixture
def reviewer():
    return make_cleared()


@pytest.fixture
def draft(author):
    return make_station(by=author)


def snapshot_of(record):
    return json.loads(Snapshot.objects.latest("pk").content)


class TestWhatItCarries:
    """One that is not shown carries nothing; one that is shown carries a fact as far as “reported”."""

    @pytest.fixture
    def bare(self, author):
        return make_station(by=author, citations=[])

    def test_what_is_not_shown_supports_nothing(self, bare, author):
        cite_in_confidence(bare, by=author)
        with pytest.raises(InvalidContent, match="Nothing supports this record"):
            submit(bare, author)

    def test_what_is_shown_supports_and_stays_reported_without_an_origin(self, bare, author, reviewer):
        cited = cite_in_confidence(bare, by=author)
        second = cite_in_confidence(bare, by=author)
        for one in (cited, second):
            show(one, by=make_cleared_editor())
        submit(bare, author)
        for one in (cited, second):
            check_in_confidence(one, by=reviewer)
        verify(bare, reviewer)
        bring_to(bare, "live", start="verified")
        snapshot = snapshot_of(bare)
        assert snapshot["verification"] == {"level": "reported", "disputed": False, "independent_origins": 0}
        assert snapshot["confidential_source_for"] == [""]

    def test_it_lifts_no_level_beside_others(self, author, reviewer):
        record = make_station(by=author, citations=[citation(make_source(type="newspaper"))])
        cited = cite_in_confidence(record, by=author)
        show(cited, by=make_cleared_editor())
        submit(record, author)
        check_in_confidence(cited, by=reviewer)
        verify(check_all(fresh(record), by=reviewer), reviewer)
        bring_to(record, "live", start="verified")
        assert snapshot_of(record)["verification"]["level"] == "reported"
        assert snapshot_of(record)["verification"]["independent_origins"] == 1

    def test_it_carries_one_fact_and_no_other(self, bare, author):
        show(cite_in_confidence(bare, by=author, fact="country"), by=make_cleared_editor())
        with pytest.raises(InvalidContent) as caught:
            submit(bare, author)
        assert "“country” has no" not in str(caught.value).lower()
        assert "“city or place” has no supporting citation" in str(caught.value)

    def test_only_support_is_shown(self, draft, author):
        cited = cite_in_confidence(draft, by=author, stance="denies")
        with pytest.raises(InvalidContent, match="Only a source that supports"):
            show(cited, by=make_cleared_editor())

    def test_nothing_of_it_is_in_a_snapshot_unless_it_is_shown(self, author):
        with_one, without = make_station(by=author, locality="X"), make_station(by=author, locality="X")
        cite_in_confidence(with_one, by=author)
        shots = []
        for record in (with_one, without):
            bring_to(record, "live")
            shots.append(snapshot_of(record))
        for shot in shots:
            for name in ("citations", "reference", "label"):
                del shot[name]
        assert shots[0] == shots[1]


class TestShown:
    @pytest.fixture
    def shown(self, draft, author):
        cited = cite_in_confidence(draft, by=author, fact="country")
        show(cited, by=make_cleared_editor())
        submit(draft, author)
        return cited

    def test_nobody_verifies_before_it_is_checked_and_everybody_hears_why(self, draft, shown):
        people = make_people()
        check_all(fresh(draft), by=people.reviewer)
        with pytest.raises(InvalidContent) as caught:
            verify(draft, people.reviewer)
        assert "A confidential source is to be shown for “country”" in str(caught.value)
        assert shown.source.label not in str(caught.value)

    def test_a_change_of_who_it_is_voids_the_verification(self, draft, shown, author, reviewer):
        check_in_confidence(shown, by=reviewer)
        check_all(fresh(draft), by=reviewer)
        verify(draft, reviewer)
        services.change_confidential_source(shown.source_id, parts={"title": "Ben"}, by=author, lock_version=1)
        with pytest.raises(ChangedMeanwhile, match="changed since it was verified"):
            approve(draft, make_editor())
        comments = set(Decision.objects.filter(record=draft, action="edit").values_list("comment", flat=True))
        assert comments == {""}

    def test_a_reviewer_does_not_change_who_it_is(self, draft, shown, reviewer):
        check_in_confidence(shown, by=reviewer)
        check_all(fresh(draft), by=reviewer)
        verify(draft, reviewer)
        with pytest.raises(NotAllowed, match="You review"):
            services.change_confidential_source(shown.source_id, parts={"title": "B"}, by=reviewer, lock_version=1)

    def test_a_live_record_is_flagged_when_who_it_is_changes(self, draft, shown, author, reviewer):
        check_in_confidence(shown, by=reviewer)
        bring_to(draft, "live", start="submitted")
        assert not fresh(draft).needs_revision
        services.change_confidential_source(shown.source_id, parts={"title": "Ben"}, by=author, lock_version=1)
        assert fresh(draft).needs_revision

    def test_abandoning_brings_back_what_was_published(self, draft, shown, author, reviewer):
        check_in_confidence(shown, by=reviewer)
        bring_to(draft, "live", start="submitted")
        before = build_content(fresh(draft))["confidential"]
        services.revise_record(draft.pk, by=author, lock_version=fresh(draft).lock_version)
        services.hide_confidential_citation(shown.pk, by=author, lock_version=fresh(draft).lock_version)
        said = Statement(fact="locality", text="Something else.")
        services.replace_confidential_citation(shown.pk, said=said, by=author, lock_version=fresh(draft).lock_version)
        cite_in_confidence(draft, by=author)
        services.abandon_revision(draft.pk, by=author, lock_version=fresh(draft).lock_version)
        assert build_content(fresh(draft))["confidential"] == before


class TestDigest:
    def test_an_approval_binds_to_what_was_there_and_tells_nothing_of_it(self, draft, author):
        before = content_digest(draft, build_content(draft))
        cited = cite_in_confidence(draft, by=author, text="In the back room.")
        content = build_content(fresh(draft))
        assert content_digest(draft, content) != before
        (entry,) = content["confidential"]
        assert set(entry) == {"id", "field", "stance", "shown", "seal"}
        assert "back room" not in str(content)
        assert cited.source.label not in str(content)

    def test_who_has_no_key_can_still_verify_and_publish_nothing_but_what_was_reviewed(self, draft, author, settings):
        cite_in_confidence(draft, by=author)
        bring_to(draft, "verified", author=author)
        ConfidentialCitation.objects.update(seal="0" * 64)
        with pytest.raises(ChangedMeanwhile):
            approve(draft, make_editor())

    def test_a_change_past_the_program_is_seen_on_opening(self, draft, author, reviewer):
        cited = cite_in_confidence(draft, by=author)
        ConfidentialCitation.objects.update(seal="0" * 64)
        with pytest.raises(DomainError, match="changed past this program"):
            services.open_confidential_citation(cited.pk, reason="check", by=reviewer)


class TestNamesInPublicText:
    @pytest.fixture
    def naming(self, author):
        """A draft whose summary names its source, as a stranger to the source may write it."""
        record = make_station(by=author, summary="Verborgen, Anna says that it is in the back.")
        source = make_confidential_source(
            by=author,
            title="Anna Verborgen (阿娜)",
            contact="Signal +39 055 555 0001, not by day; anna.v@example.org or @annav9",
        )
        cite_in_confidence(record, by=author, source=source)
        return record

    @pytest.mark.parametrize(
        "text",
        [
            "Verborgen, Anna was there.",
            "阿娜 was there.",
            "Write to Anna.V@example.org for more.",
            "Call 055-5550001 for more.",
            "Ask @AnnaV9 for more.",
        ],
    )
    def test_a_record_that_names_its_source_is_not_approved(self, naming, author, text):
        edit_draft(naming, by=author, summary=text)
        bring_to(naming, "verified")
        with pytest.raises(InvalidContent) as caught:
            approve(naming, make_editor())
        assert str(caught.value).startswith("“summary” contains words that must not become public.")
        for secret in ("Anna", "阿娜", "example.org", "onfidential", "source", "Q-"):
            assert secret not in str(caught.value)

    def test_other_words_pass(self, naming, author):
        edit_draft(naming, by=author, summary="Somebody sends a signal by day: it is in the back.")
        assert bring_to(naming, "live").public_status == "live"

    def test_one_that_was_taken_out_stays_confidential(self, naming, author):
        cited = ConfidentialCitation.objects.get()
        services.remove_confidential_citation(cited.pk, by=author, lock_version=fresh(naming).lock_version)
        bring_to(naming, "verified")
        with pytest.raises(InvalidContent, match="must not become public"):
            approve(naming, make_editor())

    def test_the_note_of_a_retraction_does_not_name_it_either(self, naming, author):
        edit_draft(naming, by=author, summary="Somebody says so.")
        bring_to(naming, "live")
        with pytest.raises(InvalidContent, match="must not become public"):
            retract(naming, by=make_editor(), note="Anna Verborgen asked for it.")
        retract(naming, by=make_editor(), note="A person asked for it.")
        assert ConfidentialCitation.objects.standing().count() == 1

    def test_without_the_keys_nobody_knows_and_nothing_goes_out(self, naming, author, settings):
        edit_draft(naming, by=author, summary="Somebody says so.")
        bring_to(naming, "verified")
        settings.CONFIDENTIAL_KEYS = [new_key()]
        with pytest.raises(InvalidContent, match="cannot be looked up at present") as caught:
            approve(naming, make_editor())
        assert "confidential" not in str(caught.value).lower()

    def test_a_merge_carries_none_over_and_still_looks_for_the_names(self, author):
        one, target = (make_station(by=author, locality="Utrecht") for _number in range(2))
        cite_in_confidence(one, by=author, source=make_confidential_source(by=author, title="Anna Verborgen"))
        services.propose_merge(
            one.pk,
            into=target.pk,
            by=author,
            lock_version=fresh(one).lock_version,
            target_version=fresh(target).lock_version,
            comment="The same door.",
        )
        assert build_content(fresh(target))["confidential"] == []
        edit_draft(target, by=author, summary="Anna Verborgen says so.")
        bring_to(target, "verified", author=author)
        with pytest.raises(InvalidContent, match="must not become public"):
            approve(target, make_editor())
