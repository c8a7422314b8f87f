"""Words for the codes of published records, in English, marked for translation: pages speak their own language.

Codes are what programs rely on; labels may be reworded. Each list is closed: a code that is not in it
stops the publication, so that nothing goes out without words.
"""

from django.utils.translation import gettext_noop as _

Labels = dict[str, str]

STATION_KINDS: Labels = {
    "police_service_station": _("Police service station"),
    "service_centre": _("Service centre"),
    "liaison_post": _("Liaison post"),
    "procuratorate_liaison": _("Procuratorate liaison post"),
    "cooperation_centre": _("Cooperation centre"),
    "host_run": _("Run by the host country's police"),
    "other": _("Other"),
}
NAME_ROLES: Labels = {
    "as_reported": _("As reported"),
    "official": _("Official"),
    "transliteration": _("Transliteration"),
    "translation": _("Translation"),
}
PLACE_PRECISIONS: Labels = {
    "site": _("Site"),
    "city": _("City"),
    "area": _("Area around a city"),
    "region": _("Region"),
    "country": _("Country"),
}
OPERATING_STATUSES: Labels = {
    "reported_active": _("Reported active"),
    "closure_claimed": _("Closure claimed"),
    "closure_confirmed": _("Closure confirmed"),
    "unknown": _("Not known"),
}
STANDINGS: Labels = {
    "alleged": _("Alleged"),
    "confirmed_by_authority": _("Confirmed by an authority"),
    "inquiry_ended_without_charges": _("Inquiry ended without charges"),
}
DISCLOSURE_KINDS: Labels = {
    "address": _("Street address"),
    "host": _("Host organisation"),
    "person": _("Person"),
    "other": _("Other"),
}

RESPONSE_KINDS: Labels = {
    "investigation_opened": _("Investigation opened"),
    "investigation_ended": _("Investigation ended without charges"),
    "closure_ordered": _("Closure ordered"),
    "closure_claimed": _("Closure claimed"),
    "closure_confirmed": _("Closure confirmed"),
    "suspended": _("Suspended"),
    "activity_continues": _("Activity continues"),
    "arrest_or_charge": _("Arrest or charge"),
    "conviction": _("Conviction"),
    "not_prosecuted": _("Not prosecuted"),
    "diplomatic_protest": _("Diplomatic protest"),
    "raised_bilaterally": _("Raised with the other government"),
    "parliamentary_business": _("Parliamentary business"),
    "legislation": _("Legislation"),
    "statement": _("Statement"),
    "denial": _("Denial"),
    "declined_to_act": _("Declined to act"),
    "agreement_ended": _("Agreement ended"),
    "litigation": _("Litigation"),
}
ACTOR_LEVELS: Labels = {
    "head_of_government": _("Head of government"),
    "ministry": _("Ministry"),
    "police": _("Police"),
    "intelligence": _("Intelligence service"),
    "prosecution": _("Prosecution"),
    "court": _("Court"),
    "parliament": _("Parliament"),
    "regional": _("Regional authority"),
    "local": _("Local authority"),
    "international_body": _("International body"),
    "embassy": _("Embassy"),
    "operator": _("Operator of a station"),
    "press": _("Press"),
    "private_party": _("Private party"),
    "unspecified": _("Not specified"),
}
SCOPES: Labels = {"country": _("The whole country"), "stations": _("The named stations only")}

AGREEMENT_TYPES: Labels = {
    "police_cooperation": _("Police cooperation"),
    "joint_patrols": _("Joint patrols"),
    "patrol_season": _("Season of joint patrols"),
    "reciprocal_patrol": _("Reciprocal patrol"),
    "law_enforcement_office": _("Law enforcement office"),
    "liaison_posts": _("Liaison posts"),
    "local_protocol": _("Local protocol"),
    "cooperation_centres": _("Cooperation centres"),
    "host_run_station": _("Police station run by the host country"),
    "extradition_treaty": _("Extradition treaty"),
    "memorandum": _("Memorandum"),
    "other": _("Other"),
}
AGREEMENT_STATUSES: Labels = {
    "announced": _("Announced"),
    "in_force": _("In force"),
    "in_force_not_used": _("In force, not used"),
    "continuing": _("Continuing"),
    "completed": _("Completed"),
    "suspended": _("Suspended"),
    "ended": _("Ended"),
    "disputed": _("Disputed"),
    "ratified": _("Ratified"),
    "unknown": _("Not known"),
}

CLAIM_TOPICS: Labels = {
    "station_count": _("Number of stations"),
    "country_count": _("Number of countries"),
    "presence": _("Presence in a country"),
    "returns": _("Returns"),
    "comparison": _("Comparison"),
    "purpose": _("Purpose"),
    "method": _("Method"),
    "targets": _("Whom it targets"),
    "legal_assessment": _("Legal assessment"),
    "denial": _("Denial"),
    "admission": _("Admission"),
    "presumption_of_innocence": _("Presumption of innocence"),
    "naming": _("What they are called"),
    "characterisation": _("What they are said to be"),
    "context": _("Context"),
    "other": _("Other"),
}
QUALIFIERS: Labels = {
    "exactly": _("Exactly"),
    "at_least": _("At least"),
    "more_than": _("More than"),
    "about": _("About"),
}
UNITS: Labels = {
    "stations": _("Stations"),
    "countries": _("Countries"),
    "people": _("People"),
    "cases": _("Cases"),
}
EPISTEMIC_STATUSES: Labels = {
    "reported_finding": _("Reported finding"),
    "alleged": _("Alleged"),
    "denied": _("Denial"),
    "claimed_by_accused": _("Claimed by the accused"),
    "admission": _("Admission"),
    "legal_assessment": _("Legal assessment"),
    "caveat": _("Caveat"),
    "asserted": _("Asserted"),
    "opinion": _("Opinion"),
}

VERIFICATION_LEVELS: Labels = {
    "reported": _("Reported"),
    "corroborated": _("Corroborated"),
    "officially_confirmed": _("Officially confirmed"),
}
STANCES: Labels = {
    "supports": _("Supports"),
    "disputes": _("Disputes"),
    "denies": _("Denies"),
    "mentions": _("Mentions"),
}
SOURCE_TYPES: Labels = {
    "ngo_report": _("NGO report"),
    "ngo_page": _("NGO web page"),
    "newspaper": _("Newspaper"),
    "news_agency": _("News agency"),
    "news_site": _("News site"),
    "broadcaster": _("Broadcaster"),
    "magazine": _("Magazine"),
    "trade_press": _("Trade press"),
    "investigative_journalism": _("Investigative journalism"),
    "fact_check": _("Fact check"),
    "research": _("Research"),
    "think_tank": _("Think tank"),
    "encyclopedia": _("Encyclopedia"),
    "government": _("Government document"),
    "court": _("Court document"),
    "parliament_record": _("Record of a parliament"),
    "state_media": _("State media"),
    "partisan_site": _("Partisan site"),
    "aggregator": _("Aggregator"),
    "republished_copy": _("Republished copy"),
    "translated_copy": _("Translated copy"),
    "machine_translation_copy": _("Machine-translated copy"),
    "forum_quote": _("Quote in a forum"),
    "other": _("Other"),
}
CONTROLS: Labels = {
    "state_controlled": _("State-controlled"),
    "government": _("Government"),
    "party_affiliated": _("Partisan or of a party"),
    "independent": _("Independent"),
    "unknown": _("Not known"),
}
DERIVATIONS: Labels = {
    "copy": _("Copies"),
    "machine_translation": _("Is a machine translation of"),
    "translation": _("Translates"),
    "quotes": _("Quotes"),
    "reports_on": _("Reports on"),
}
LINK_STATES: Labels = {
    "alive": _("Still there"),
    "changed": _("Says something else by now"),
    "gone": _("No longer there"),
    "unreachable": _("Could not be reached"),
}

RECORD_KINDS: Labels = {
    "station": _("Station"),
    "response": _("Response"),
    "agreement": _("Agreement"),
    "claim": _("Claim"),
}
RETRACTION_REASONS: Labels = {
    "error": _("It was wrong"),
    "harm": _("It could harm someone"),
    "legal": _("Legal reasons"),
    "duplicate": _("It repeated another record"),
}
ERASURE_GROUNDS: Labels = {
    "data_protection": _("A right to erasure in data protection law"),
    "court": _("An order of a court"),
    "authority": _("An order of an authority"),
    "law": _("Another duty by law"),
}

# A status is never shown without its basis.
STATUS_VALUES: Labels = {
    "investigating": _("Investigating"),
    "closed": _("Closed"),
    "no_action": _("No action"),
}
STATUSES: dict[tuple[str, str], str] = {
    ("investigating", ""): _("Investigating"),
    ("closed", "ordered"): _("Closure ordered"),
    ("closed", "claimed"): _("Closure claimed"),
    ("closed", "confirmed"): _("Closure confirmed"),
    ("no_action", "declined"): _("Declined to act"),
    ("no_action", "none_announced"): _("No inquiry announced"),
    ("no_action", "nothing_found"): _("Nothing found"),
    ("no_action", "inquiry_ended"): _("Inquiry ended"),
}
INQUIRY_STATES: Labels = {"running": _("Inquiry running"), "ended": _("Inquiry ended")}
NO_STATUS: Labels = {
    "no_response": _("No response recorded"),
    "responded": _("Responded, no inquiry or closure recorded"),
    "accused_state": _("The accused state: its own statements count in no tally"),
}
_CLAIMED_BY: Labels = {
    "embassy": _("Closure claimed by the embassy"),
    "operator": _("Closure claimed by the operator"),
}


def status_words(value: str, basis: str, level: str) -> str:
    """Return a response status in words. `level` is the actor's: it says who claims a closure."""
    words = STATUSES[value, basis]
    return _CLAIMED_BY.get(level, words) if basis == "claimed" else words
