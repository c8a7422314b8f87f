"""Sources that may be copies: how they are found and listed, and how people mark them or tell them apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casetracker.accounts.roles import Role
from casetracker.review import services
from casetracker.sources.models import Source, SourceDistinction
from tests.desk.browser import Browser, source_address
from tests.desk.many import add_drafts
from tests.factories.captures import make_fetched
from tests.factories.records import bring_to, citation, fresh, make_source, make_station
from tests.factories.users import UserFactory

LIST = "/desk/copies/"
TITLE = "Secret police stations are found in two Dutch cities"
QUOTE = "The so-called stations are in fact service centres that help our citizens to renew their papers abroad."


def two_alike(**changes):
    """An article, and a day later what may be a copy of it."""
    original = make_source(publisher="The Courier", title=TITLE, published="2022-10-26")
    copy = make_source(**{"publisher": "The Mirror", "title": TITLE.upper(), "published": "2022-10-27"} | changes)
    return original, copy


def listed(page):
    return [link for link in page.links if "/sources/source/" in link and link.endswith("/change/")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "the same title"),
        ({"title": f"{TITLE} | The Mirror"}, "the same title"),
        ({"title": TITLE.replace("two ", "some ")}, "nearly the same title"),
    ],
)
def test_a_pair_is_listed_with_its_reason_and_the_earlier_first(author, changes, reason):
    original, copy = two_alike(**changes)
    page = author.open(LIST)
    assert "1 pair of sources looks alike." in page.text
    assert reason in page.text
    assert listed(page) == [source_address(original), source_address(copy)]


def test_what_is_a_copy_by_its_type_comes_last_whenever_it_was_published(author):
    original, copy = two_alike(type="republished_copy", published="2022-10-01")
    assert listed(author.open(LIST)) == [source_address(original), source_address(copy)]


def test_the_same_document_at_another_address_is_found(author):
    one = make_source(title="", url="https://www.paper.example/a?utm_source=x", published="")
    other = make_source(title="", url="http://m.paper.example/a/", published="")
    page = author.open(LIST)
    assert "the same address" in page.text
    assert set(listed(page)) == {source_address(one), source_address(other)}


def test_the_same_words_quoted_from_two_are_a_sign(author, team):
    sources = [make_source(), make_source(), make_source()]
    quotes = (QUOTE, QUOTE.replace(" so-called", "").upper(), "We know nothing of it.")
    cited = [citation(source, quote=quote, quote_language="en") for source, quote in zip(sources, quotes, strict=True)]
    make_station(by=team.author, citations=cited)
    page = author.open(LIST)
    assert "the same words are quoted from both" in page.text
    assert set(listed(page)) == {source_address(source) for source in sources[:2]}


def test_nearly_the_same_text_in_two_copies_is_a_sign(author):
    article = " ".join(f"Sentence {number} tells of a door in a street." for number in range(40))
    changed = f"Home Menu {article.replace('Sentence 7', 'Line 7')} Share this article"
    texts = [article, changed, " ".join(f"Paragraph {number} is about the weather." for number in range(40))]
    sources = [make_source(title=f"{number} and nothing more to say") for number in range(3)]
    for source, text in zip(sources, texts, strict=True):
        make_fetched(source, text=text)
    page = author.open(LIST)
    assert "nearly the same text" in page.text
    assert set(listed(page)) == {source_address(source) for source in sources[:2]}
    make_fetched(sources[1], text=texts[2].replace("weather", "climate"))
    assert "0 pairs of sources look alike." in author.open(LIST).text, "the latest copy of a source counts"


def test_a_notice_that_many_sites_show_is_no_sign(author):
    for number in range(2):
        make_fetched(make_source(title=f"{number} and nothing more"), text="Page not found. " + "Try our search. " * 4)
    assert "0 pairs of sources look alike." in author.open(LIST).text


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another story altogether about the embassy"},
        {"title": TITLE.replace("two", "2")},
        {"title": "Police stations"},
    ],
)
def test_others_are_not_listed(author, changes):
    make_source(title="Police stations" if changes["title"] == "Police stations" else TITLE.replace("two", "3"))
    make_source(**changes)
    assert "0 pairs of sources look alike." in author.open(LIST).text


def test_one_click_marks_a_copy_and_flags_what_cites_it(author, team):
    original, copy = two_alike()
    record = bring_to(make_station(by=team.author, citations=[citation(copy)]), "live", **vars(team))
    below = make_source(derived_from=copy, derivation="quotes")
    other = bring_to(make_station(by=team.author, citations=[citation(below)]), "live", **vars(team))
    page = author.open(LIST)
    assert "cited by 1 record" in page.text
    first, second = page.acts_named("mark")
    assert (first["copy"], second["copy"]) == (str(copy.pk), str(original.pk))
    page = author.submit(first)
    assert "Both count as one source now." in page.messages[0]
    assert "0 pairs of sources look alike." in page.text
    copy.refresh_from_db()
    assert (copy.derived_from, copy.derivation) == (original, "copy")
    assert fresh(record).needs_revision
    assert fresh(other).needs_revision, "the record cites a descendant of the copy"


@pytest.mark.parametrize(
    ("changes", "derivation"),
    [
        ({"language": "nl-BE"}, "copy"),
        ({"language": ""}, "copy"),
        ({"language": "en"}, "translation"),
        ({"language": "en", "type": "machine_translation_copy"}, "machine_translation"),
    ],
)
def test_what_a_copy_does_is_taken_from_its_type_and_language(author, changes, derivation):
    _original, copy = two_alike(**changes)
    author.submit(author.open(LIST).acts_named("mark")[0])
    copy.refresh_from_db()
    assert copy.derivation == derivation


def test_what_was_changed_meanwhile_is_not_marked_unseen(author, editor, team):
    _original, copy = two_alike()
    form = author.open(LIST).acts_named("mark")[0]
    editor.submit(editor.open(source_address(copy)).form().fill(author="Somebody"))
    page = author.submit(form)
    assert "This source was changed meanwhile by Edith Editor." in page.messages[0]
    assert not Source.objects.filter(derived_from__isnull=False).exists()


def test_a_circle_is_refused(author):
    original, copy = two_alike()
    services.edit_source(
        original.pk,
        fields={"derived_from": make_source(derived_from=copy, derivation="quotes"), "derivation": "quotes"},
        by=author.person,
        lock_version=1,
    )
    values = {"copy": copy.pk, "original": original.pk, "lock_version": 1}
    page = author.read(author.client.get(author.send(f"{LIST}mark/", values).url))
    assert "that would be a circle" in page.messages[0]


def test_what_derives_from_something_already_is_not_marked_with_one_click(author):
    original, copy = two_alike()
    report = make_source(title="The report")
    services.edit_source(
        copy.pk, fields={"derived_from": report, "derivation": "quotes"}, by=author.person, lock_version=1
    )
    page = author.open(LIST)
    (form,) = page.acts_named("mark")
    assert form["copy"] == str(original.pk)
    values = {"copy": copy.pk, "original": original.pk, "lock_version": 2}
    page = author.read(author.client.get(author.send(f"{LIST}mark/", values).url))
    assert "derives from" in page.messages[0]
    assert "Open its page if that must be changed." in page.messages[0]
    assert Source.objects.get(pk=copy.pk).derived_from == report


def test_two_that_go_back_to_one_report_are_no_pair(author):
    report = make_source(title="The report")
    for publisher in ("One", "Two"):
        make_source(publisher=publisher, title=TITLE, derived_from=report, derivation="reports_on")
    assert "0 pairs of sources look alike." in author.open(LIST).text


def test_told_apart_they_are_not_suggested_again_until_that_is_taken_back(author, team):
    original, copy = two_alike()
    page = author.submit(author.open(LIST).acts_named("apart")[0].fill(reason="Two reporters."))
    assert "They are not suggested again." in page.messages[0]
    assert "0 pairs of sources look alike." in page.text
    row = SourceDistinction.objects.get()
    assert {row.first, row.second} == {original, copy}
    assert (row.person, row.reason) == (team.author, "Two reporters.")
    page = author.open(source_address(copy))
    assert "It may be a copy, or be copied" not in page.text
    author.submit(page.form("/not-apart/"))
    assert "1 pair of sources looks alike." in author.open(LIST).text


def test_the_page_of_a_source_shows_what_it_may_copy_and_comes_back_after_a_click(author):
    original, copy = two_alike()
    make_source()
    page = author.open(source_address(copy))
    assert "It may be a copy, or be copied 1" in page.text
    assert source_address(original) in page.links
    page = author.submit(page.acts_named("mark")[0])
    assert page.response.request["PATH_INFO"] == source_address(copy)
    assert "It may be a copy, or be copied" not in page.text
    assert page.form()["derived_from"] == str(original.pk)


def test_a_chinese_title_is_found_on_the_page_of_a_source(author):
    one = make_source(title="中國在海外設立警察服務站引發爭議", language="zh-Hant")
    other = make_source(title="中国在海外设立警察服务站引发争议", language="zh-Hans")
    assert source_address(one) in author.open(source_address(other)).links


def test_who_only_reads_sees_the_list_and_no_buttons(team):
    original, copy = two_alike()
    observer = Browser(UserFactory(roles=[Role.OBSERVER]))
    for address in (LIST, source_address(copy)):
        page = observer.open(address)
        assert source_address(original) in page.links
        assert not page.acts & {"mark", "apart", "not-apart"}
    values = {"copy": copy.pk, "original": original.pk, "lock_version": 1, "one": copy.pk, "other": original.pk}
    for act in ("mark", "apart", "not-apart"):
        observer.send(f"{LIST}{act}/", values)
    assert not Source.objects.filter(derived_from__isnull=False).exists()
    assert not SourceDistinction.objects.exists()


def test_the_list_is_for_those_who_read_the_desk(team):
    administrator = Browser(UserFactory(roles=[Role.ADMINISTRATOR]))
    assert administrator.get(LIST).status_code == 403


@pytest.mark.parametrize("values", [{}, {"copy": "x"}, {"one": "x", "other": "\0"}, {"next": "https://evil.example/"}])
def test_nonsense_changes_nothing_and_leads_back_to_the_list(author, values):
    source = make_source()
    for sent in (values, {"copy": source.pk, "original": source.pk, "one": source.pk, "other": source.pk, **values}):
        for act in ("mark", "apart", "not-apart"):
            response = author.send(f"{LIST}{act}/", sent)
            assert (response.status_code, response.url) == (302, LIST)
    assert not SourceDistinction.objects.exists()


def test_the_cost_of_the_list_does_not_grow(author, team):
    def cost(address):
        with CaptureQueriesContext(
            connection,
        ) as found:
            author.open(address)
        return len(found)

    _original, copy = two_alike()
    few = cost(LIST), cost(source_address(copy))
    for number in range(4):
        make_source(publisher=f"Mirror {number}", title=TITLE)
    add_drafts(40, by=team.author)
    assert "pairs of sources look alike." in author.open(LIST).text
    assert (cost(LIST), cost(source_address(copy))) == few
