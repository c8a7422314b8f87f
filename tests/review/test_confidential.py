"""Confidential citations in review: who may, what they carry, what they bind, and what nobody else hears of."""

import pytest

from casetracker.accounts.roles import Role
from casetracker.core.errors import ChangedMeanwhile, DomainError, InvalidContent, NotAllowed, WrongState
from casetracker.review import services
from casetracker.review.models import ConfidentialCheck, ConfidentialEvent, Decision
from casetracker.review.policies import cleared_people, may_read_confidential
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
    edit_draft,
    fresh,
    make_editor,
    make_people,
    make_station,
)
from tests.factories.users import UserFactory
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


class TestWho:
    @pytest.mark.parametrize(
        ("roles", "may"),
        [
            ([Role.RESEARCHER, Role.CLEARED], True),
            ([Role.EDITOR, Role.CLEARED], True),
            ([Role.EDITOR], False),
            ([Role.CLEARED], False),
            ([Role.OBSERVER, Role.CLEARED], False),
            ([Role.ADMINISTRATOR, Role.CLEARED], False),
            ([Role.ADMINISTRATOR, Role.EDITOR, Role.CLEARED], False),
        ],
    )
    def test_clearance_counts_beside_a_role_that_writes_and_never_for_administrators(self, roles, may):
        person = UserFactory(roles=roles)
        assert may_read_confidential(person) is may
        assert (person in cleared_people()) is may

    def test_a_superuser_without_the_role_is_nobody(self):
        assert not may_read_confidential(UserFactory(is_superuser=True, roles=[Role.EDITOR]))

    def test_whoever_is_not_cleared_can_call_no_service(self, draft, author, reviewer):
        cited = cite_in_confidence(draft, by=author)
        uncleared, version = make_editor(), {"lock_version": fresh(draft).lock_version}
        acts = [
            lambda: services.add_confidential_source(parts={"title": "X"}, by=uncleared),
            lambda: services.open_confidential_source(cited.source_id, reason="write", by=uncleared),
            lambda: services.change_confidential_source(
                cited.source_id, parts={"title": "X"}, by=uncleared, lock_version=1
            ),
            lambda: cite_in_confidence(draft, by=uncleared, source=cited.source),
            lambda: services.open_confidential_citation(cited.pk, reason="check", by=uncleared),
            lambda: services.check_confidential_citation(cited.pk, verdict="supports", by=uncleared, digest=""),
            lambda: services.replace_confidential_citation(cited.pk, said=Statement(text="X"), by=uncleared, **version),
            lambda: services.remove_confidential_citation(cited.pk, by=uncleared, **version),
            lambda: services.show_confidential_citation(cited.pk, by=uncleared, **version),
            lambda: services.hide_confidential_citation(cited.pk, by=uncleared, **version),
        ]
        events = ConfidentialEvent.objects.count()
        for act in acts:
            with pytest.raises(NotAllowed):
                act()
        assert ConfidentialEvent.objects.count() == events

    def test_a_researcher_shows_nothing(self, draft, author):
        with pytest.raises(NotAllowed, match="Only an editor"):
            show(cite_in_confidence(draft, by=author), by=author)

    def test_every_reading_leaves_a_row_that_says_who_and_why(self, draft, author, reviewer):
        cited = cite_in_confidence(draft, by=author)
        services.open_confidential_citation(cited.pk, reason="safety", by=reviewer)
        services.open_confidential_source(cited.source_id, reason="contact", by=reviewer)
        rows = ConfidentialEvent.objects.filter(person=reviewer).order_by("id")
        assert [(row.act, row.reason, row.citation_id) for row in rows] == [
            ("opened", "safety", cited.pk),
            ("opened", "contact", None),
        ]

    def test_nothing_is_opened_without_a_reason(self, author):
        source = make_confidential_source(by=author)
        with pytest.raises(ValueError, match="curiosity"):
            services.open_confidential_source(source.pk, reason="curiosity", by=author)
        assert not ConfidentialEvent.objects.filter(act="opened").exists()

    def test_who_checks_a_citation_does_not_get_to_know_how_to_reach_the_source(self, draft, author, reviewer):
        source = make_confidential_source(by=author, title="Anna", contact="anna@example.org", notes="blue coat")
        cited = cite_in_confidence(draft, by=author, source=source, text="I saw it.", notes="At noon.")
        texts = services.open_confidential_citation(cited.pk, reason="check", by=reviewer)
        assert texts == {"statement": "I saw it.", "notes": "At noon.", "title": "Anna", "role": "A clerk", "place": ""}


class TestFourEyes:
    def test_who_cites_is_an_author(self, draft):
        other = make_cleared()
        cite_in_confidence(draft, by=other)
        submit(draft, other)
        with pytest.raises(NotAllowed, match="You wrote on this record"):
            verify(draft, other)

    def test_who_shows_is_an_author(self, draft, author):
        editor = make_cleared_editor()
        show(cite_in_confidence(draft, by=author), by=editor)
        assert draft.participations.filter(person=editor, role="author").exists()

    def test_a_reviewer_of_the_round_does_not_cite(self, draft, author, reviewer):
        bring_to(draft, "verified", author=author, reviewer=reviewer)
        services.return_to_author(draft.pk, by=reviewer, lock_version=fresh(draft).lock_version, comment="More.")
        with pytest.raises(NotAllowed, match="You reviewed this record"):
            cite_in_confidence(draft, by=reviewer)

    def test_an_author_does_not_check(self, draft, author):
        cited = cite_in_confidence(draft, by=author)
        submit(draft, author)
        with pytest.raises(NotAllowed):
            check_in_confidence(cited, by=author)

    def test_nobody_checks_what_they_wrote_in_an_earlier_round(self, draft, author):
        writer = make_cleared()
        cited = cite_in_confidence(draft, by=writer)
        bring_to(draft, "live", author=author)
        services.revise_record(draft.pk, by=author, lock_version=fresh(draft).lock_version)
        submit(draft, author)
        with pytest.raises(NotAllowed, match="You wrote a part of this yourself"):
            check_in_confidence(cited, by=writer)

    def test_nobody_checks_a_source_that_they_changed(self, draft, author, reviewer):
        cited = cite_in_confidence(draft, by=author)
        services.change_confidential_source(cited.source_id, parts={"title": "Ben"}, by=reviewer, lock_version=1)
        submit(draft, author)
        with pytest.raises(NotAllowed, match="You wrote a part of this yourself"):
            check_in_confidence(cited, by=reviewer)

    def test_nobody_checks_what_they_have_not_read(self, draft, author, reviewer):
        cited = cite_in_confidence(draft, by=author)
        submit(draft, author)
        digest = check_in_confidence(cited, by=reviewer).digest
        with pytest.raises(InvalidContent, match="Open it first"):
            services.check_confidential_citation(cited.pk, verdict="supports", by=make_cleared(), digest=digest)


class TestChecks:
    @pytest.fixture
    def cited(self, draft, author):
        made = cite_in_confidence(draft, by=author)
        submit(draft, author)
        return made

    def test_a_cleared_reviewer_must_see_to_it(self, draft, cited, reviewer):
        check_all(fresh(draft), by=reviewer)
        with pytest.raises(InvalidContent, match=f"What {cited.source.label} says has not been checked"):
            verify(draft, reviewer)
        check_in_confidence(cited, by=reviewer)
        assert verify(draft, reviewer).state == "verified"

    def test_one_that_is_not_cleared_is_not_asked_and_hears_nothing(self, draft, cited):
        people = make_people()
        check_all(fresh(draft), by=people.reviewer)
        assert verify(draft, people.reviewer).state == "verified"
        assert approve(draft, people.editor).state == "approved"

    def test_a_cleared_editor_must_see_to_what_others_could_not_know(self, draft, cited):
        people, editor = make_people(), make_cleared_editor()
        bring_to(draft, "verified", start="submitted", reviewer=people.reviewer)
        with pytest.raises(InvalidContent, match="has not been checked"):
            approve(draft, editor)
        check_in_confidence(cited, by=editor)
        assert approve(draft, editor).state == "approved"

    @pytest.mark.parametrize("verdict", ["does_not", "could_not_open"])
    def test_a_bad_verdict_does_not_pass_and_needs_words(self, draft, cited, reviewer, verdict):
        with pytest.raises(InvalidContent, match="Say what you found"):
            check_in_confidence(cited, by=reviewer, verdict=verdict)
        check = check_in_confidence(cited, by=reviewer, verdict=verdict, comment="Anna says otherwise.")
        assert "Anna" not in check.sealed_comment
        assert services.comment_of(check, cited) == "Anna says otherwise."
        check_all(fresh(draft), by=reviewer)
        with pytest.raises(InvalidContent, match="not found good"):
            verify(draft, reviewer)

    def test_no_decision_tells_of_a_check(self, draft, cited, reviewer):
        before = Decision.objects.filter(record=draft).count()
        check_in_confidence(cited, by=reviewer)
        assert Decision.objects.filter(record=draft).count() == before

    def test_not_in_a_draft_and_not_once_it_is_approved(self, draft, cited, reviewer):
        bring_to(draft, "approved", start="submitted")
        with pytest.raises(WrongState):
            check_in_confidence(cited, by=reviewer)

    def test_a_check_of_something_else_is_refused(self, draft, cited, reviewer):
        services.open_confidential_citation(cited.pk, reason="check", by=reviewer)
        with pytest.raises(ChangedMeanwhile):
            services.check_confidential_citation(cited.pk, verdict="supports", by=reviewer, digest="0" * 64)

    @pytest.mark.parametrize("change", ["words", "fact", "source"])
    def test_a_check_lapses_when_what_it_is_about_changes(self, draft, cited, author, reviewer, change):
        check_in_confidence(cited, by=reviewer)
        services.withdraw_record(draft.pk, by=author, lock_version=fresh(draft).lock_version)
        if change == "words":
            said = Statement(text="Something else.")
            version = fresh(draft).lock_version
            cited = services.replace_confidential_citation(cited.pk, said=said, by=author, lock_version=version)
        elif change == "fact":
            edit_draft(draft, by=author, locality="Elsewhere")
        else:
            services.change_confidential_source(cited.source_id, parts={"title": "Ben"}, by=author, lock_version=1)
        submit(draft, author)
        check_all(fresh(draft), by=reviewer)
        with pytest.raises(InvalidContent, match="has not been checked as it is now"):
            verify(draft, reviewer)

    def test_a_new_telephone_number_changes_nothing(self, draft, cited, author, reviewer):
        check_in_confidence(cited, by=reviewer)
        parts = cited.source.unsealed() | {"contact": "+31 6 99999999"}
        services.change_confidential_source(cited.source_id, parts=parts, by=author, lock_version=1)
        check_all(fresh(draft), by=reviewer)
        assert verify(draft, reviewer).state == "verified"


def test_without_any_key_the_rest_of_the_review_works(author, settings):
    settings.CONFIDENTIAL_KEYS = []
    assert bring_to(make_station(by=author), "live").public_status == "live"
    with pytest.raises(DomainError, match="switched off"):
        make_confidential_source(by=author)
    assert not ConfidentialCheck.objects.exists()


def test_what_was_discarded_keeps_what_was_said(draft, author, reviewer):
    cited = cite_in_confidence(draft, by=author, text="In the back room.")
    services.discard_record(draft.pk, by=author, lock_version=fresh(draft).lock_version)
    texts = services.open_confidential_citation(cited.pk, reason="safety", by=reviewer)
    assert texts["statement"] == "In the back room."
