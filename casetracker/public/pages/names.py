"""What records, sources and people are called in running text, without stray blanks before the next comma."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from casetracker.core.languages import language_name_for_reader
from casetracker.places.countries import name_of
from casetracker.public.pages.dates import date_element
from casetracker.public.pages.words import DERIVATION_SENTENCES
from casetracker.public.rendering.values import LANGUAGE, Rendered
from casetracker.public.wording import attribution_words, in_a_row, quantity_words, speaker_words

# Each of them is a template filter.
__all__ = [
    "actor_note",
    "actor_of",
    "agreement_name",
    "agreement_times",
    "attributed",
    "cited_source",
    "claim_name",
    "claimant",
    "derivation",
    "derived_from",
    "in_data_words",
    "name_note",
    "place_of",
    "publisher_note",
    "quantity_of",
    "record_name",
    "report_name",
    "response_name",
    "source_kind",
    "source_line",
    "source_name",
    "sources_of",
    "speaker_of",
    "station_line",
    "station_links",
    "station_name",
    "station_place",
]
Text = SafeString | str
# Whoever reads a source of theirs must know it at once.
_CONTROLLED = frozenset({"state_controlled", "government", "party_affiliated"})
# Their number says what they are about.
_PLAIN_COUNTS = frozenset({"station_count", "country_count"})


# --- Sources -----------------------------------------------------------------


def source_name(source: Rendered) -> Text:
    """Return a link to a source by its title, or by its publisher and date where it has none."""
    date = date_element(source["published"] or "")
    address = reverse("source", kwargs={"reference": source["reference"]})
    if not source["title"]:
        return format_html('<a href="{}">{}</a>', address, _join([source["publisher"] or source["reference"], date]))
    title = format_html('<cite lang="{}" dir="auto">{}</cite>', source["language"] or "und", source["title"])
    return _join([format_html('<a href="{}">{}</a>', address, title), source["publisher"], date])


def report_name(report: dict[str, str]) -> Text:
    """Return a report by its title, publisher and day; a link if it has a page (`reference`)."""
    title = format_html('<cite lang="en">{}</cite>', report["title"]) if report["title"] else ""
    name = _join([title, report["publisher"], date_element(report["day"])])
    if not report["reference"]:
        return name
    return format_html('<a href="{}">{}</a>', reverse("source", kwargs={"reference": report["reference"]}), name)


def cited_source(citation: Rendered) -> Text:
    """Return the source of a citation, and where in it."""
    return _join([source_name(citation["source"]), citation["locator"]])


def sources_of(record: Rendered) -> Text:
    """Return the sources of a record, each once."""
    sources = {citation["source"]["reference"]: citation["source"] for citation in record["citations"]}
    return _join(map(source_name, sources.values()), gettext("; "))


def source_kind(source: Rendered) -> Text:
    """Return what kind of document a source is, and in which language."""
    return _join([gettext(source["type_label"]), language_name_for_reader(source["language"])])


def publisher_note(source: Rendered) -> Text:
    """Return who controls the publisher and from where, such as “State-controlled, China”; maybe nothing.

    That nobody does is said on the page of the source alone: beside each citation it would be praise.
    """
    control = source.get("publisher_control")
    if control not in _CONTROLLED:
        return ""
    country = source["publisher_country"]
    return _join([gettext(source["publisher_control_label"]), name_of(country) if country else ""])


def speaker_of(citation: Rendered) -> str:
    """Return whose words a citation gives; empty for those of the source itself."""
    return speaker_words(citation, get_language() or LANGUAGE)


def source_line(source: Rendered) -> Text:
    """Return what a list says about a source under its name."""
    return _join([source_kind(source), publisher_note(source), derivation(source)], " · ")


def derivation(source: Rendered) -> Text:
    """Return what a source does with another one, such as “Translates D-2”; nothing if it stands alone."""
    if not source["derivation_label"]:
        return ""
    return derived_from(source, source["derived_from"] or gettext("another document"))


def derived_from(source: Rendered, origin: Text) -> Text:
    """Return what a source does with the one called `origin`."""
    return format_html(gettext(str(DERIVATION_SENTENCES[source["derivation"]])), origin=origin)


# --- Stations ----------------------------------------------------------------


def station_name(station: Rendered) -> Text:
    """Return what a station is called, in the language of the record.

    Where no more than its country is known, its label begins with that: this part is in the language of the page.
    """
    label, country = station["label"], station["country_name"]
    if not station["locality"] and not station["region"] and label.startswith(country):
        return format_html("{}{}", name_of(station["country"]), in_data_words(label.removeprefix(country)))
    return in_data_words(label)


def in_data_words(text: str) -> Text:
    """Return a text of a record, marked with its language where the page speaks another."""
    if not text or get_language() == LANGUAGE:
        return text
    return format_html('<span lang="{}">{}</span>', LANGUAGE, text)


def station_line(station: Rendered) -> Text:
    """Return what a list says about a station under its name."""
    operator, first_reported = station["operator_jurisdiction"], station["first_reported"]
    return _join(
        [
            gettext(station["kind_label"]),
            gettext("operated from %(place)s") % {"place": operator} if operator else "",
            format_html(gettext("first reported {date}"), date=date_element(first_reported)) if first_reported else "",
        ],
        " · ",
    )


def station_place(station: Rendered) -> Text:
    """Return where a station is, from the town up, with a link to its government."""
    address = reverse("government", kwargs={"code": station["country"]})
    country = format_html('<a href="{}">{}</a>', address, name_of(station["country"]))
    return _join([station["locality"], station["region"], country])


def station_links(response: Rendered) -> Text:
    """Return links to the stations of a response."""
    links = (
        format_html(
            '<a href="{}">{}</a>',
            reverse("station", kwargs={"reference": reference}),
            in_data_words(label) or reference,
        )
        for reference, label in response["station_links"]
    )
    return _join(links)


def name_note(name: Rendered) -> Text:
    """Return what a name is and in which language."""
    return _join([gettext(name["role_label"]), language_name_for_reader(name["language"])])


# --- Agreements and claims ---------------------------------------------------


def agreement_name(agreement: Rendered) -> str:
    """Return between whom an agreement is, and of what type."""
    return gettext("%(country)s and %(counterpart)s: %(type)s") % {
        "country": name_of(agreement["country"]),
        "counterpart": name_of(agreement["counterpart"]),
        "type": gettext(agreement["type_label"]),
    }


def agreement_times(agreement: Rendered) -> Text:
    """Return when an agreement was signed and in force, as far as it is known."""
    dates = (
        (gettext("signed {date}"), agreement["signed"]),
        (gettext("in force from {date}"), agreement["in_force_from"]),
        (gettext("until {date}"), agreement["in_force_to"]),
    )
    return _join(format_html(words, date=date_element(text)) for words, text in dates if text)


def claim_name(claim: Rendered) -> str:
    """Return what a claim is about: a place, and its count or topic."""
    place = name_of(claim["country"]) if claim["country"] else gettext("Worldwide")
    topic = "" if claim["topic"] in _PLAIN_COUNTS else gettext(claim["topic_label"])
    return gettext("%(place)s: %(what)s") % {
        "place": place,
        "what": in_a_row(filter(None, (topic, quantity_of(claim)))),
    }


def quantity_of(claim: Rendered) -> str:
    """Return the count of a claim with its qualifier, such as “at least 102 stations”; empty without one."""
    if claim["value"] is None:
        return ""
    return quantity_words(claim["qualifier"], claim["value"], claim["unit"], get_language() or LANGUAGE)


def attributed(claim: Rendered) -> str:
    """Return through whom a claim is known: who says it, quoting whom, quoting whom."""
    return attribution_words(claim["attribution"], get_language() or LANGUAGE)


def claimant(claim: Rendered) -> Text:
    """Return who claimed something and when."""
    return _join([claim["claimed_by"], date_element(claim["as_of"])])


# --- Responses and records of any kind ---------------------------------------


def place_of(response: Rendered) -> str:
    """Return what a response is filed under: the government that it concerns, or who responded."""
    code = response["concerns"] or response["responder"]
    return name_of(code) if code else response["actor"] or gettext(response["level_label"])


def actor_of(response: Rendered) -> Text:
    """Return who acted, with the person where the office does not name them; the level if nobody is named."""
    actor, person = response["actor"] or "", response["person"] or ""
    if person and person not in actor:
        return _join([person, in_data_words(actor)])
    return in_data_words(actor) or gettext(response["level_label"])


def actor_note(response: Rendered) -> Text:
    """Return for whom the actor spoke, if not for the government concerned, and at what level; maybe nothing."""
    is_foreign = response["responder"] and response["responder"] != response["concerns"]
    says_level = response["actor"] and response["level"] != "unspecified"
    return _join(
        [
            name_of(response["responder"]) if is_foreign else "",
            gettext(response["level_label"]) if says_level else "",
        ]
    )


def response_name(response: Rendered) -> str:
    """Return what a response is called: a place, and the kind of act."""
    return gettext("%(place)s: %(what)s") % {"place": place_of(response), "what": gettext(response["kind_label"])}


def record_name(record: Rendered) -> Text:
    """Return what lists call a record of any kind."""
    if record["record_kind"] == "station":
        return station_name(record)
    if record["record_kind"] == "agreement":
        return _join([agreement_name(record), date_element(record["signed"] or record["in_force_from"] or "")])
    if record["record_kind"] == "claim":
        return _join([claim_name(record), claimant(record)])
    return format_html(
        gettext("{place}, {date}: {what}"),
        place=place_of(record),
        date=date_element(record["date"]),
        what=gettext(record["kind_label"]),
    )


def _join(parts: Iterable[Text | None], separator: str = "") -> SafeString:
    return format_html_join(separator or gettext(", "), "{}", ((part,) for part in parts if part))
