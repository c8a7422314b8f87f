"""The pages of confidential sources, as cleared people use them."""

import pytest
from django.urls import reverse

from casetracker.accounts.roles import Role
from casetracker.core.sealing import new_key
from casetracker.review import services
from casetracker.review.models import ConfidentialCheck, ConfidentialCitation, ConfidentialEvent
from casetracker.sources.models.confidential import ConfidentialSource
from tests.desk.browser import Browser
from tests.factories.confidential import cite_in_confidence, make_cleared, make_cleared_editor, make_confidential_source
from tests.factories.records import bring_to, check_all, fresh, make_station

pytestmark = pytest.mark.django_db

HOME = "/desk/confidential/"
SECRETS = ("Anna Verborgen", "A baker", "Prato", "+39 055 555", "blue coat")
PARTS = dict(zip(("title", "role", "place", "contact", "notes"), SECRETS, strict=True))


@pytest.fixture
def ana():
    return Browser(make_cleared(username="cleo", name="Cleo Cleared"))


@pytest.fixture
def ben():
    return Browser(make_cleared(username="ben", name="Ben Cleared"))


@pytest.fixture
def edda():
    return Browser(make_cleared_editor(username="edda", name="Edda Cleared"))


@pytest.fixture
def source(ana):
    return make_confidential_source(by=ana.person, **PARTS)


@pytest.fixture
def record(ana):
    return make_station(by=ana.person, locality="Prato")


@pytest.fixture
def cited(ana, record, source):
    return cite_in_confidence(record, by=ana.person, source=source, text="Lists lie in the back room.", notes="Urgent.")


def source_page(source):
    return reverse("admin:confidential_source", args=[source.pk])


def citation_page(citation):
    return reverse("admin:confidential_citation", args=[citation.pk])


def record_page(record):
    return reverse("admin:record_confidential", args=[record.pk])


def opened(browser, path, reason="check"):
    return browser.submit(browser.open(path).act("open").fill(reason=reason))


def said(page):
    """The messages at the top of a page."""
    return [" ".join(message.split()) for message in page.messages]


class TestSources:
    def test_one_is_written_down_and_found_by_its_label_alone(self, ana):
        page = ana.submit(ana.open("/desk/confidential/add/").form().fill(**PARTS))
        source = ConfidentialSource.objects.get()
        assert said(page) == [f"Sealed, as {source.label}. Remember the label: names are listed nowhere."]
        assert source.unsealed() == PARTS
        for path in (HOME, source_page(source), "/desk/confidential/events/"):
            text = ana.open(path).text
            assert source.label in text
            assert not [secret for secret in SECRETS if secret in text]

    def test_without_a_name_what_was_typed_comes_back(self, ana):
        page = ana.submit(ana.open("/desk/confidential/add/").form().fill(**PARTS | {"title": " "}))
        assert page.errors == {"title": "This field is required."}
        assert page.form()["contact"] == "+39 055 555"
        assert not ConfidentialSource.objects.exists()

    def test_opening_asks_why_shows_all_once_and_leaves_a_row(self, ana, ben, source):
        page = ben.submit(ben.open(source_page(source)).act("open"))
        assert page.errors == {"reason": "This field is required."}
        assert not ConfidentialEvent.objects.filter(act="opened").exists()
        page = opened(ben, source_page(source), "contact")
        assert [secret for secret in SECRETS if secret not in page.text] == []
        assert "no-store" in page.response.headers["Cache-Control"]
        page = ana.open(source_page(source))
        assert "Ben Cleared opened it, to get in touch" in page.text
        assert not [secret for secret in SECRETS if secret in page.text]

    def test_what_is_kept_is_changed_where_it_is_open(self, ana, source):
        page = opened(ana, source_page(source), "correct")
        page = ana.submit(page.form("/change/").fill(contact="elsewhere@example.org"))
        assert said(page) == ["Changed and sealed again."]
        source.refresh_from_db()
        assert source.unsealed() == PARTS | {"contact": "elsewhere@example.org"}

    def test_two_who_change_it_do_not_overwrite_each_other(self, ana, ben, source):
        form = opened(ana, source_page(source), "correct").form("/change/").fill(notes="red coat")
        ben.submit(opened(ben, source_page(source), "correct").form("/change/").fill(notes="green coat"))
        page = ana.submit(form)
        assert said(page) == ["A colleague changed it meanwhile. Open it again, and make your change there."]
        assert page.form("/change/")["notes"] == "red coat"
        source.refresh_from_db()
        assert source.unsealed()["notes"] == "green coat"

    def test_no_form_lets_the_browser_keep_or_send_away_what_is_typed(self, ana):
        page = ana.open("/desk/confidential/add/")
        areas = page.all("textarea") + page.all("input", type="text")
        assert len(areas) == 5
        assert {(attrs["autocomplete"], attrs["spellcheck"]) for attrs in areas} == {("off", "false")}

    def test_the_list_names_who_is_cleared(self, ana, ben):
        page = ana.open(HOME)
        assert "Ben Cleared" in page.text
        assert "Cleo Cleared" in page.text

    def test_the_number_of_queries_does_not_grow(self, ana, source, cited, django_assert_max_num_queries):
        for _number in range(5):
            cite_in_confidence(fresh(cited.record), by=ana.person)
        for path, most in ((HOME, 16), (record_page(cited.record), 40), ("/desk/confidential/events/", 14)):
            with django_assert_max_num_queries(most):
                ana.open(path)


class TestKeys:
    def test_without_a_key_the_pages_say_so_and_the_desk_works(self, ana, source, cited, settings):
        settings.CONFIDENTIAL_KEYS = []
        for path in (HOME, source_page(source), citation_page(cited), record_page(cited.record), "/desk/"):
            assert ("Confidential sources are switched off" in ana.open(path).text) == (path != "/desk/")
        page = ana.submit(ana.open("/desk/confidential/add/").form().fill(title="Anna"))
        assert "Confidential sources are switched off" in " ".join(said(page))
        assert "Confidential sources are switched off" in " ".join(said(opened(ana, source_page(source))))

    def test_another_key_is_no_fault_of_the_program(self, ana, source, cited, settings):
        settings.CONFIDENTIAL_KEYS = [new_key()]
        for path in (source_page(source), citation_page(cited)):
            page = opened(ana, path)
            assert f"a key that this site does not have ({source.key_id})" in " ".join(said(page))
            assert source.sealed not in page.response.content.decode()
        assert "a key that this site does not have" in ana.open(record_page(cited.record)).text
        form = ana.open(record_page(cited.record)).form().fill(source=source.pk, statement="New words.")
        assert said(ana.submit(form)) == ["Cited and sealed. The public sees nothing of it."]


class TestCitations:
    def test_one_is_cited_from_the_record(self, ana, record, source):
        page = ana.open(reverse("admin:record_review", args=[record.pk]))
        assert record_page(record) in page.links
        form = ana.open(record_page(record)).form()
        assert "Anna Verborgen" not in ana.open(record_page(record)).text
        page = ana.submit(form.fill(source=source.pk, fact="country", statement="Lists lie there."))
        assert said(page) == ["Cited and sealed. The public sees nothing of it."]
        cited = ConfidentialCitation.objects.get()
        assert (cited.field, cited.stance, cited.shown) == ("country", "supports", False)
        assert cited.unsealed() == {"statement": "Lists lie there.", "notes": ""}
        assert "Lists lie there." not in page.text

    def test_what_is_missing_is_said_at_its_place_and_nothing_gets_lost(self, ana, record):
        page = ana.submit(ana.open(record_page(record)).form().fill(notes="Urgent."))
        assert page.errors == {"source": "This field is required.", "statement": "This field is required."}
        assert page.form()["notes"] == "Urgent."

    def test_it_is_put_in_other_words(self, ana, cited):
        page = opened(ana, citation_page(cited), "correct")
        page = ana.submit(page.form("/replace/").fill(statement="Lists lie in the attic."))
        assert said(page) == ["Changed and sealed again."]
        assert ConfidentialCitation.objects.standing().get().unsealed()["statement"] == "Lists lie in the attic."
        assert "This was replaced or taken out." in ana.open(citation_page(cited)).text

    def test_it_is_taken_out(self, ana, cited):
        page = ana.submit(ana.open(citation_page(cited)).act("remove"))
        assert said(page) == ["Taken out. It stays sealed in the files."]
        assert not ConfidentialCitation.objects.standing().exists()
        page = ana.read(ana.client.get(citation_page(cited)))
        assert "remove" not in page.acts

    def test_an_old_page_changes_nothing(self, ana, cited):
        form = ana.open(citation_page(cited)).act("remove")
        cite_in_confidence(fresh(cited.record), by=ana.person)
        page = ana.submit(form)
        assert said(page)[0].startswith("Changed meanwhile by Cleo Cleared")
        assert ConfidentialCitation.objects.standing().count() == 2

    def test_a_colleague_opens_and_checks_it(self, ana, ben, cited):
        services.submit_record(cited.record_id, by=ana.person, lock_version=fresh(cited.record).lock_version)
        assert "check" not in ben.open(citation_page(cited)).acts
        page = opened(ben, citation_page(cited))
        assert "Lists lie in the back room." in page.text
        assert "Anna Verborgen" in page.text
        assert "+39 055 555" not in page.text
        page = ben.submit(page.act("check").fill(verdict="does_not", comment=""))
        assert page.errors == {"comment": "Say what you found, so that the author can mend it."}
        page = opened(ben, citation_page(cited))
        page = ben.submit(page.act("check").fill(verdict="does_not", comment="They lie in the attic."))
        assert said(page) == ["Your verdict is noted."]
        assert ConfidentialCheck.objects.get().person == ben.person
        assert "They lie in the attic." not in page.text
        assert "They lie in the attic." in opened(ana, citation_page(cited), "write").text

    def test_an_author_is_offered_no_check(self, ana, cited):
        services.submit_record(cited.record_id, by=ana.person, lock_version=fresh(cited.record).lock_version)
        assert "check" not in opened(ana, citation_page(cited)).acts

    def test_an_editor_shows_and_hides_it(self, ana, edda, cited):
        assert "show" not in ana.open(citation_page(cited)).acts
        page = edda.submit(edda.open(citation_page(cited)).act("show"))
        assert "and nothing else of it" in said(page)[0]
        assert "shown" in page.text
        assert ConfidentialCitation.objects.get().shown
        page = edda.submit(edda.open(citation_page(cited)).act("hide"))
        assert said(page) == ["The next version will say nothing of it."]
        assert not ConfidentialCitation.objects.get().shown

    def test_a_name_in_the_public_text_is_pointed_out_by_label(self, ana, record, cited):
        edit = services.Edit(fields={"summary": "Anna Verborgen says so."})
        services.edit_record(record.pk, edit, by=ana.person, lock_version=fresh(record).lock_version)
        page = ana.open(record_page(record))
        assert f"“summary” of the public text names {cited.source.label}" in page.text
        assert "Anna Verborgen" not in page.text.replace("Anna Verborgen says so.", "")

    def test_what_a_merged_record_has_is_listed_beside(self, ana, record, cited):
        target = make_station(by=ana.person, locality="Prato")
        services.propose_merge(
            record.pk,
            into=target.pk,
            by=ana.person,
            lock_version=fresh(record).lock_version,
            target_version=fresh(target).lock_version,
            comment="The same.",
        )
        page = ana.open(record_page(target))
        assert "From records that are merged into this one" in page.text
        assert citation_page(cited) in page.links

    @pytest.mark.parametrize("reason", ["", "curiosity"])
    def test_nothing_opens_for_no_reason(self, ana, cited, reason):
        response = ana.send(citation_page(cited) + "open/", {"reason": reason})
        assert "Lists lie" not in response.content.decode()
        assert not ConfidentialEvent.objects.filter(act="opened").exists()

    @pytest.mark.parametrize("name", ["open", "replace", "check", "remove", "show", "hide"])
    def test_an_empty_form_is_no_fault(self, ana, cited, name):
        assert ana.send(citation_page(cited) + f"{name}/").status_code in (200, 302)

    def test_what_is_not_there_is_not_found(self, ana, cited):
        nobody = "00000000-0000-4000-8000-000000000000"
        for path in (f"{HOME}{nobody}/", f"{HOME}citations/{nobody}/", f"/desk/review/{nobody}/confidential/"):
            assert ana.get(path).status_code == 404
        assert ana.send(citation_page(cited) + "nonsense/").status_code == 404
        assert ana.get(citation_page(cited) + "open/").status_code == 405


def test_a_record_is_brought_to_publication_with_a_shown_source(ana, ben, edda, record, cited, client):
    """The whole way, through pages, to what the public reads."""
    edda.submit(edda.open(citation_page(cited)).act("show"))
    services.submit_record(record.pk, by=ana.person, lock_version=fresh(record).lock_version)
    ben.submit(opened(ben, citation_page(cited)).act("check").fill(verdict="supports"))
    check_all(fresh(record), by=ben.person)
    services.verify_record(record.pk, by=ben.person, lock_version=fresh(record).lock_version)
    record = bring_to(fresh(record), "live", start="verified")
    page = client.get(f"/en/stations/{record.reference}/").content.decode()
    assert "A confidential source known to the editors supports: the record as a whole." in " ".join(page.split())
    body = client.get(f"/api/v1/stations/{record.reference}/").json()
    assert (body["confidential_source"], body["confidential_source_for"]) == (True, [None])
    for text in (page, str(body)):
        assert not [secret for secret in (*SECRETS[:2], *SECRETS[3:], cited.source.label) if secret in text]


def test_the_administrator_gives_the_clearance_and_reads_nothing(administrator, cited):
    browser = Browser(administrator)
    person = make_cleared(Role.RESEARCHER).groups.model.objects.get(name=Role.CLEARED)
    page = browser.open("/desk/accounts/user/add/")
    assert str(person.pk) in page.form()["groups"] or "Cleared for confidential sources" in page.text
    assert browser.get(HOME).status_code == 404
    assert browser.get(citation_page(cited)).status_code == 404
