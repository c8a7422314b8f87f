"""Words for the codes of published records, in English.

Codes are what programs rely on; labels may be reworded. Each list is closed: a code that is not in it
stops the publication, so that nothing goes out without words.
"""

from django.utils.translation import gettext_noop

Labels = dict[str, str]

STATION_KINDS: Labels = {
    "police_service_station": "Police service station",
    "service_centre": "Service centre",
    "liaison_post": "Liaison post",
    "procuratorate_liaison": "Procuratorate liaison post",
    "cooperation_centre": "Cooperation centre",
    "host_run": "Run by the host country's police",
    "other": "Other",
}
NAME_ROLES: Labels = {
    "as_reported": "As reported",
    "official": "Official",
    "transliteration": "Transliteration",
    "translation": "Translation",
}
PLACE_PRECISIONS: Labels = {
    "site": "Site",
    "city": "City",
    "area": "Area around a city",
    "region": "Region",
    "country": "Country",
}
OPERATING_STATUSES: Labels = {
    "reported_active": "Reported active",
    "closure_claimed": "Closure claimed",
    "closure_confirmed": "Closure confirmed",
    "unknown": "Not known",
}
STANDINGS: Labels = {
    "alleged": "Alleged",
    "confirmed_by_authority": "Confirmed by an authority",
    "inquiry_ended_without_charges": "Inquiry ended without charges",
}
DISCLOSURE_KINDS: Labels = {
    "address": "Street address",
    "host": "Host organisation",
    "person": "Person",
    "other": "Other",
}

RESPONSE_KINDS: Labels = {
    "investigation_opened": "Investigation opened",
    "investigation_ended": "Investigation ended without charges",
    "closure_ordered": "Closure ordered",
    "closure_claimed": "Closure claimed",
    "closure_confirmed": "Closure confirmed",
    "suspended": "Suspended",
    "activity_continues": "Activity continues",
    "arrest_or_charge": "Arrest or charge",
    "conviction": "Conviction",
    "not_prosecuted": "Not prosecuted",
    "diplomatic_protest": "Diplomatic protest",
    "raised_bilaterally": "Raised with the other government",
    "parliamentary_business": "Parliamentary business",
    "legislation": "Legislation",
    "statement": "Statement",
    "denial": "Denial",
    "declined_to_act": "Declined to act",
    "agreement_ended": "Agreement ended",
    "litigation": "Litigation",
}
ACTOR_LEVELS: Labels = {
    "head_of_government": "Head of government",
    "ministry": "Ministry",
    "police": "Police",
    "intelligence": "Intelligence service",
    "prosecution": "Prosecution",
    "court": "Court",
    "parliament": "Parliament",
    "regional": "Regional authority",
    "local": "Local authority",
    "international_body": "International body",
    "embassy": "Embassy",
    "operator": "Operator of a station",
    "press": "Press",
    "private_party": "Private party",
    "unspecified": "Not specified",
}
SCOPES: Labels = {"country": "The whole country", "stations": "The named stations only"}

AGREEMENT_TYPES: Labels = {
    "police_cooperation": "Police cooperation",
    "joint_patrols": "Joint patrols",
    "patrol_season": "Season of joint patrols",
    "reciprocal_patrol": "Reciprocal patrol",
    "law_enforcement_office": "Law enforcement office",
    "liaison_posts": "Liaison posts",
    "local_protocol": "Local protocol",
    "cooperation_centres": "Cooperation centres",
    "host_run_station": "Police station run by the host country",
    "extradition_treaty": "Extradition treaty",
    "memorandum": "Memorandum",
    "other": "Other",
}
AGREEMENT_STATUSES: Labels = {
    "announced": "Announced",
    "in_force": "In force",
    "in_force_not_used": "In force, not used",
    "continuing": "Continuing",
    "completed": "Completed",
    "suspended": "Suspended",
    "ended": "Ended",
    "disputed": "Disputed",
    "ratified": "Ratified",
    "unknown": "Not known",
}

CLAIM_TOPICS: Labels = {
    "station_count": "Number of stations",
    "country_count": "Number of countries",
    "presence": "Presence in a country",
    "returns": "Returns",
    "comparison": "Comparison",
    "purpose": "Purpose",
    "method": "Method",
    "targets": "Whom it targets",
    "legal_assessment": "Legal assessment",
    "denial": "Denial",
    "admission": "Admission",
    "presumption_of_innocence": "Presumption of innocence",
    "naming": "What they are called",
    "characterisation": "What they are said to be",
    "context": "Context",
    "other": "Other",
}
QUALIFIERS: Labels = {
    "exactly": "Exactly",
    "at_least": "At least",
    "more_than": "More than",
    "about": "About",
}
UNITS: Labels = {"stations": "Stations", "countries": "Countries", "people": "People", "cases": "Cases"}
EPISTEMIC_STATUSES: Labels = {
    "reported_finding": "Reported finding",
    "alleged": "Alleged",
    "denied": "Denial",
    "claimed_by_accused": "Claimed by the accused",
    "admission": "Admission",
    "legal_assessment": "Legal assessment",
    "caveat": "Caveat",
    "asserted": "Asserted",
    "opinion": "Opinion",
}

VERIFICATION_LEVELS: Labels = {
    "reported": gettext_noop("Reported"),
    "corroborated": gettext_noop("Corroborated"),
    "officially_confirmed": gettext_noop("Officially confirmed"),
}
STANCES: Labels = {
    "supports": "Supports",
    "disputes": "Disputes",
    "denies": "Denies",
    "mentions": "Mentions",
}
SOURCE_TYPES: Labels = {
    "ngo_report": "NGO report",
    "ngo_page": "NGO web page",
    "newspaper": "Newspaper",
    "news_agency": "News agency",
    "news_site": "News site",
    "broadcaster": "Broadcaster",
    "magazine": "Magazine",
    "trade_press": "Trade press",
    "investigative_journalism": "Investigative journalism",
    "fact_check": "Fact check",
    "research": "Research",
    "think_tank": "Think tank",
    "encyclopedia": "Encyclopedia",
    "government": "Government document",
    "court": "Court document",
    "parliament_record": "Record of a parliament",
    "state_media": "State media",
    "partisan_site": "Partisan site",
    "aggregator": "Aggregator",
    "republished_copy": "Republished copy",
    "translated_copy": "Translated copy",
    "machine_translation_copy": "Machine-translated copy",
    "forum_quote": "Quote in a forum",
    "other": "Other",
}
CONTROLS: Labels = {
    "state_controlled": gettext_noop("State-controlled"),
    "government": gettext_noop("Government"),
    "party_affiliated": gettext_noop("Partisan or of a party"),
    "independent": gettext_noop("Independent"),
    "unknown": gettext_noop("Not known"),
}
DERIVATIONS: Labels = {
    "copy": "Copies",
    "machine_translation": "Is a machine translation of",
    "translation": "Translates",
    "quotes": "Quotes",
    "reports_on": "Reports on",
}
LINK_STATES: Labels = {
    "alive": "Still there",
    "changed": "Says something else by now",
    "gone": "No longer there",
    "unreachable": "Could not be reached",
}

RECORD_KINDS: Labels = {
    "station": "Station",
    "response": "Response",
    "agreement": "Agreement",
    "claim": "Claim",
}
RETRACTION_REASONS: Labels = {
    "error": "It was wrong",
    "harm": "It could harm someone",
    "legal": "Legal reasons",
    "duplicate": "It repeated another record",
}

# A status is never shown without its basis.
STATUS_VALUES: Labels = {"investigating": "Investigating", "closed": "Closed", "no_action": "No action"}
STATUSES: dict[tuple[str, str], str] = {
    ("investigating", ""): gettext_noop("Investigating"),
    ("closed", "ordered"): gettext_noop("Closure ordered"),
    ("closed", "claimed"): gettext_noop("Closure claimed"),
    ("closed", "confirmed"): gettext_noop("Closure confirmed"),
    ("no_action", "declined"): gettext_noop("Declined to act"),
    ("no_action", "none_announced"): gettext_noop("No inquiry announced"),
    ("no_action", "nothing_found"): gettext_noop("Nothing found"),
    ("no_action", "inquiry_ended"): gettext_noop("Inquiry ended"),
}
INQUIRY_STATES: Labels = {"running": "Inquiry running", "ended": "Inquiry ended"}
NO_STATUS: Labels = {
    "no_response": "No response recorded",
    "responded": "Responded, no inquiry or closure recorded",
    "accused_state": "The accused state: its own statements count in no tally",
}
_CLAIMED_BY: Labels = {
    "embassy": gettext_noop("Closure claimed by the embassy"),
    "operator": gettext_noop("Closure claimed by the operator"),
}


def status_words(value: str, basis: str, level: str) -> str:
    """Return a response status in words. `level` is the actor's: it says who claims a closure."""
    words = STATUSES[value, basis]
    return _CLAIMED_BY.get(level, words) if basis == "claimed" else words
