"""Pages for what went wrong speak the language of the address; the one for a fault of ours asks no database."""

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.translation import gettext

from casetracker.public import error_views
from casetracker.public.models import SourceDocument
from tests.factories.publications import citation_part, publish_station, retract
from tests.public.pages.reading import Reader, read

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def words_of(language):
    with translation.override(language):
        retracted = gettext("%(reference)s was retracted") % {"reference": "S-1"}
        return gettext("Page not found"), retracted, gettext("Request not understood"), gettext("Something went wrong")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_error_is_told_in_the_language_of_the_page(language, monkeypatch):
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_NUMBER_FIELDS", 1)
    publish_station(1)
    retract("S-1")
    publish_station(2, citations=[citation_part("D-2")])
    # It ended at an entry that the log does not have: a fault of ours.
    SourceDocument.objects.filter(reference="D-2").update(to_seq=99)
    client = Client(raise_request_exception=False, headers={"accept-language": "fr"})
    asked = ("nothing/", "stations/S-1/", "stations/?country=NL&country=DE", "sources/D-2/")
    for path, status, words in zip(asked, (404, 410, 400, 500), words_of(language), strict=True):
        response = client.get(f"/{language}/{path}")
        assert (response.status_code, response.headers["Content-Language"]) == (status, language)
        page = read(response)
        assert page.all("html", lang=language)
        assert words in page.text
        assert page.all("meta", name="robots", content="noindex")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_a_fault_asks_no_database(language):
    with translation.override(language):
        response = error_views.server_error(RequestFactory().get(f"/{language}/"))
    page = Reader(response.content.decode())
    assert page.open == []
    assert words_of(language)[3] in page.text
    assert not page.all("script")
