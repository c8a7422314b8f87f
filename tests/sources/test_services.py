"""Writing sources."""

import threading
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from casetracker.core.errors import ChangedMeanwhile, InvalidContent
from casetracker.sources.models import Source
from casetracker.sources.origins import origins_of
from casetracker.sources.services import EDITABLE_FIELDS, create_source, update_source
from tests.factories.records import make_source

FIELDS = {"title": "Títle", "publisher": "NRC", "type": "newspaper"}


def update(source, by, **fields):
    source = Source.objects.get(pk=source.pk)
    return update_source(source.pk, fields=fields, by=by, lock_version=source.lock_version)


def errors_of(act, *args, **kwargs):
    with pytest.raises(InvalidContent) as refusal:
        act(*args, **kwargs)
    return refusal.value.field_errors


def test_a_source_is_saved_with_its_author(researcher):
    source = create_source(fields=FIELDS | {"published": " 2022-12~ ", "language": "nl"}, by=researcher)
    source.refresh_from_db()
    assert (source.title, source.published, source.created_by) == ("Títle", "2022-12~", researcher)
    assert (source.reference, source.lock_version) == (None, 1)


def test_history_names_who_wrote(researcher, other_researcher):
    source = create_source(fields=FIELDS, by=researcher)
    update(source, other_researcher, title="New")
    rows = source.history.order_by("history_id").values_list("history_type", "history_user__username", "title")
    assert list(rows) == [("+", "researcher", "Títle"), ("~", "other-researcher", "New")]


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        ({"publisher": ""}, "publisher", "This field cannot be blank."),
        ({"type": "rumour"}, "type", "Value 'rumour' is not a valid choice."),
        ({"published": "2022-13"}, "published", "“2022-13” is no day, month or year."),
        ({"language": "Dutch"}, "language", "“Dutch” is not a language tag."),
        ({"url": "nrc"}, "url", "Enter a valid URL."),
        ({"url": "javascript:alert(1)"}, "url", "Enter a valid URL."),
        ({"title": "x" * 501}, "title", "Ensure this value has at most 500 characters"),
        ({"title": ""}, "__all__", "Give a title or a URL, so that others can find the document."),
        ({"derivation": "copy"}, "__all__", "Say both: which source it derives from, and how."),
    ],
)
def test_each_error_stands_at_its_field(researcher, fields, place, message):
    found = errors_of(create_source, fields=FIELDS | fields, by=researcher)
    assert list(found) == [place]
    assert found[place][0].startswith(message)
    assert not Source.objects.exists(), "nothing is half-saved"


def test_a_source_that_says_where_but_not_how_is_refused(researcher):
    parent = make_source(by=researcher)
    assert "Say both" in errors_of(create_source, fields=FIELDS | {"derived_from": parent}, by=researcher)["__all__"][0]


def test_a_url_stands_in_for_a_title(researcher):
    fields = FIELDS | {"title": "", "url": "https://nrc.example/a", "published": "2022"}
    assert str(create_source(fields=fields, by=researcher)) == "NRC, https://nrc.example/a, 2022"


@pytest.mark.parametrize("name", ["reference", "created_by", "lock_version", "search_text", "id", "nonsense"])
def test_what_is_not_for_editing_is_no_field(researcher, name):
    with pytest.raises(ValueError, match=f"not fields of a source: \\['{name}'\\]"):
        create_source(fields=FIELDS | {name: "x"}, by=researcher)


def test_every_field_is_either_edited_or_kept_by_the_program():
    kept = {"id", "reference", "search_text", "address_key", "host", "created_at", "created_by", "lock_version"}
    assert {field.name for field in Source._meta.concrete_fields} == EDITABLE_FIELDS | kept


def test_a_change_keeps_what_it_does_not_name(researcher):
    source = update(make_source(by=researcher, title="Old", author="A. Uthor"), researcher, title="New")
    source.refresh_from_db()
    assert (source.title, source.author, source.lock_version) == ("New", "A. Uthor", 2)


def test_of_two_changes_at_once_the_second_is_told(researcher):
    source = make_source(by=researcher)
    update_source(source.pk, fields={"title": "A"}, by=researcher, lock_version=1)
    with pytest.raises(ChangedMeanwhile, match="Reload it and make your change again"):
        update_source(source.pk, fields={"title": "B"}, by=researcher, lock_version=1)
    assert Source.objects.get(pk=source.pk).title == "A"


def test_search_finds_words_in_any_spelling(researcher):
    source = create_source(
        fields=FIELDS | {"author": "Jörg Łącki", "url": "https://nrc.example/Dam%20rak"}, by=researcher
    )
    make_source(by=researcher)
    for words in ("titlé NRC", "jorg lacki", "ＮＲＣ", "dam", "nrc.example/dam"):
        assert list(Source.objects.matching(words)) == [source], words
    assert not Source.objects.matching("nrc unknown")
    assert Source.objects.matching(" ").count() == 2
    update(source, researcher, title="Other")
    assert not Source.objects.matching("titlé")


class TestCircles:
    def test_a_source_cannot_derive_from_itself(self, researcher):
        source = make_source(by=researcher)
        found = errors_of(update, source, researcher, derived_from=source, derivation="copy")
        assert "that would be a circle" in found["derived_from"][0]

    @pytest.mark.parametrize("length", [1, 2, 5])
    def test_no_chain_comes_back_to_its_beginning(self, researcher, length):
        first = last = make_source(by=researcher, title="First")
        for number in range(length):
            last = make_source(by=researcher, title=f"Link {number}", derived_from=last, derivation="quotes")
        found = errors_of(update, first, researcher, derived_from=last, derivation="quotes")
        assert found == {"derived_from": [f"“{last}” derives from this source: that would be a circle."]}
        assert origins_of([last.pk]) == {last.pk: first.pk}

    def test_a_source_may_move_to_another_parent(self, researcher):
        one, other = make_source(by=researcher), make_source(by=researcher)
        child = make_source(by=researcher, derived_from=one, derivation="copy")
        update(child, researcher, derived_from=other)
        assert origins_of([child.pk]) == {child.pk: other.pk}
        update(child, researcher, derived_from=None, derivation="")
        assert origins_of([child.pk]) == {child.pk: child.pk}

    def test_the_database_refuses_the_shortest_circle(self, researcher):
        source = make_source(by=researcher)
        with pytest.raises(IntegrityError), transaction.atomic():
            Source.objects.filter(pk=source.pk).update(derived_from=source, derivation="copy")

    @pytest.mark.django_db(transaction=True)
    def test_two_who_close_a_circle_from_both_ends_do_not_both_succeed(self, researcher):
        for _ in range(8):
            ends = []
            for _end in range(2):
                top = make_source(by=researcher)
                ends.append((top, make_source(by=researcher, derived_from=top, derivation="quotes")))
            (one, below_one), (other, below_other) = ends
            close = partial(update, by=researcher, derivation="quotes")
            outcomes = at_once(
                partial(close, one, derived_from=below_other), partial(close, other, derived_from=below_one)
            )
            assert sorted(outcomes) == ["InvalidContent", "done"]


def at_once(*acts):
    """Run acts in threads that start together; return “done” or the name of the error of each."""
    barrier, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - its name is the outcome
            outcomes.append(type(error).__name__)
        else:
            outcomes.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
