"""Sentences that explain codes to readers. What the codes are called stands in `casetracker.public.labels`."""

from django.utils.translation import gettext_lazy as _

PRECISION_NOTES = {
    "site": _("The exact place is known. What is shown here is rounded to about a kilometre."),
    "city": _("The place is known to the city only. The point stands for the city, not for a building."),
    "area": _("The place is known to the area around a city only. The point stands for the area."),
    "region": _("The place is known to the region only, so that no point is given."),
    "country": _("Only the country is known, so that no point is given."),
}
STANDING_NOTES = {
    "alleged": _("Somebody reported it. A report is not proof."),
    "confirmed_by_authority": _("An authority or a court has confirmed it; see the sources for what exactly."),
    "inquiry_ended_without_charges": _("Authorities looked into it, and nobody was charged."),
}
LEVEL_NOTES = {
    "reported": _("One independent source supports it. Copies and translations of that source do not count."),
    "corroborated": _("Two or more sources support it independently of each other."),
    "officially_confirmed": _("An authority or a court confirms this very fact."),
}
EPISTEMIC_NOTES = {
    "reported_finding": _("Somebody looked into it and reports this as what they found. A finding is not proof."),
    "alleged": _("Somebody says so. That is not proof."),
    "denied": _("Somebody says that it is not so."),
    "claimed_by_accused": _("The accused state says this itself. Nobody else has checked it."),
    "admission": _("Somebody on the accused side says that it is so."),
    "legal_assessment": _("Somebody’s opinion on the law. No court has said it."),
    "caveat": _("Somebody says what must be kept in mind when reading the rest."),
    "asserted": _("Somebody says so as a fact of their own."),
    "opinion": _("Somebody’s opinion."),
}
ACTION_WORDS = {
    "publish": _("Published"),
    "revise": _("Revised"),
    "correct": _("Corrected"),
    "retract": _("Retracted"),
    "merge": _("Merged"),
    "erase": _("Erased"),
}
# The lists of downloads.
LIST_NAMES = {
    "stations": _("Stations"),
    "responses": _("Responses"),
    "agreements": _("Agreements"),
    "claims": _("Claims"),
    "sources": _("Sources"),
    "governments": _("Governments"),
    "status_history": _("Status of governments over time"),
    "log": _("The log"),
}
FIELD_WORDS = {
    "": _("the record as a whole"),
    "actor": _("the actor"),
    "as_of": _("the day of the claim"),
    "claimed_by": _("who claims it"),
    "closed": _("the date of closing"),
    "concerns": _("the government concerned"),
    "counted_in": _("the counts that include it"),
    "country": _("the country"),
    "date": _("the date"),
    "ended_by": _("what ended it"),
    "epistemic_status": _("what kind of statement it is"),
    "first_reported": _("the date of the first report"),
    "in_force_from": _("the day from which it is in force"),
    "in_force_to": _("the day until which it is in force"),
    "kind": _("the kind"),
    "latitude": _("the place"),
    "locality": _("the town"),
    "names": _("the names"),
    "opened": _("the date of opening"),
    "operating_status": _("the operating status"),
    "operator_jurisdiction": _("where it is operated from"),
    "parties": _("the parties"),
    "period": _("the period"),
    "person": _("the person"),
    "places": _("the places"),
    "quote": _("the quotation"),
    "region": _("the region"),
    "responder": _("the government that responded"),
    "sets_status": _("the response status"),
    "signed": _("the date of signing"),
    "standing": _("the standing"),
    "stations": _("the stations concerned"),
    "status": _("the status"),
    "summary": _("the summary"),
    "text": _("the text"),
    "title": _("the title"),
    "type": _("the type"),
    "value": _("the number"),
}
# What a source does with another one.
DERIVATION_SENTENCES = {
    "copy": _("Copies {origin}"),
    "machine_translation": _("Is a machine translation of {origin}"),
    "translation": _("Translates {origin}"),
    "quotes": _("Quotes {origin}"),
    "reports_on": _("Reports on {origin}"),
}
# What a status leaves open, by value and basis.
STATUS_LIMITS = {
    ("investigating", ""): _("No outcome of the inquiry is recorded."),
    ("closed", "ordered"): _("An order is not a closure: it does not say whether the stations have shut."),
    ("closed", "claimed"): _("A claim is not a confirmation: nobody independent says that the stations have shut."),
    ("closed", "confirmed"): _("Whether the same work goes on elsewhere is not known."),
    ("no_action", "declined"): _("Whether the decision was looked at again is not recorded."),
    ("no_action", "none_announced"): _("An inquiry may have begun later, or without being announced."),
    ("no_action", "nothing_found"): _("How far the authorities looked is known only from what they said."),
    ("no_action", "inquiry_ended"): _("That an inquiry ended does not say what it found."),
}
NO_STATUS_LIMITS = {
    "responded": _("Whether there was an inquiry or a closure is not known: none is recorded."),
    "no_response": _("That none is recorded does not mean that there was none."),
}
