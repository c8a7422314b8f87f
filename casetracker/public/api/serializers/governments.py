"""Governments."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.agreements import CompactAgreement
from casetracker.public.api.serializers.claims import CompactClaim, Coverage
from casetracker.public.api.serializers.evidence import Links
from casetracker.public.api.serializers.fields import DATE, Described, basis, code, optional
from casetracker.public.api.serializers.records import CompactResponse


class GovernmentLinks(Links):
    """Addresses of a government."""

    stations = serializers.CharField(help_text="The stations in the country.")
    responses = serializers.CharField(help_text="The responses that concern it.")
    statements = serializers.CharField(help_text="What it said itself about others.")
    agreements = serializers.CharField(help_text="In which it is the host.")
    claims = serializers.CharField(help_text="The claims about it.")
    page = serializers.CharField(help_text="For people.")


class Line(serializers.Serializer):
    """The inquiry or the closure: each goes on beside the status."""

    state = code(labels.INQUIRY_STATES, null=True, help_text="Of the inquiry; none for a closure.")
    label = serializers.CharField(help_text="In words.")
    basis = basis()
    since = serializers.DateField(allow_null=True, help_text="Start of the unbroken run that says the same.")
    ended_on = serializers.DateField(allow_null=True, help_text="Of an inquiry that has ended.")
    set_by = serializers.CharField(help_text="The response that says it last.")
    activity_continues = serializers.BooleanField(help_text="Activity is reported to continue.")


class Possibly(Described):
    """What may already have happened by the day asked for: the act has a vague date and surely counts only later."""

    value = code(labels.STATUS_VALUES, help_text="The status that may already hold.")
    label = serializers.CharField(help_text="In words, with the basis.")
    basis = basis()
    reference = serializers.CharField(help_text="The response.")


class LastResponse(Described):
    """The last response that concerns a government."""

    reference = serializers.CharField(help_text="The last response that concerns it.")
    label = serializers.CharField(help_text="What that response is called.")
    date = serializers.CharField(help_text=DATE)


class Status(Described):
    """A government's response status: a value, or the reason why there is none."""

    value = code(labels.STATUS_VALUES, null=True, help_text="The response status; none if no response sets one.")
    label = serializers.CharField(help_text="In words, with the basis.")
    basis = basis()
    since = serializers.DateField(allow_null=True, help_text="Start of the unbroken run with this value and basis.")
    last_confirmed = serializers.DateField(allow_null=True, help_text="Last day on which the acts of that run show it.")
    last_looked_on = serializers.DateField(
        allow_null=True, help_text="UTC day on which a response about this government was published last."
    )
    set_by = optional(help_text="The response that sets it.")
    activity_continues = serializers.BooleanField(help_text="Activity is reported to continue.")
    reason = code(labels.NO_STATUS, null=True, help_text="Why there is no status.")
    possibly_already = Possibly(allow_null=True, help_text="What may already have happened.")
    inquiry = Line(allow_null=True, help_text="The inquiry, which goes on beside a closure.")
    closure = Line(allow_null=True, help_text="A claim that was contradicted gives way to the order before it.")


class Government(Described):
    """A state or the European Union, and what it did."""

    code = serializers.CharField(help_text="ISO 3166-1 alpha-2, or EU.")
    iso3 = optional(help_text="ISO 3166-1 alpha-3; none for the EU.")
    name = serializers.CharField(help_text="In English.")
    is_country = serializers.BooleanField(help_text="A state; false for the EU.")
    status = Status(help_text="Its response status.")
    station_count = serializers.IntegerField(min_value=0, help_text="Published stations in the country.")
    response_count = serializers.IntegerField(min_value=0, help_text="Published responses that concern it.")
    last_response = LastResponse(allow_null=True, help_text="The last response that concerns it.")
    coverage = Coverage(help_text="How the stations listed agree with those that were counted.")
    links = GovernmentLinks(help_text="Addresses, relative to this host.")


class EmbeddedStation(serializers.Serializer):
    """A station in short."""

    reference = serializers.CharField()
    label = serializers.CharField()
    links = Links()


class GovernmentDetail(Government):
    """A government with its stations, responses, agreements, claims: at most 500 of each, the newest, oldest first."""

    stations = EmbeddedStation(many=True)
    responses = CompactResponse(many=True, help_text="What concerns it, whoever responded.")
    statements = CompactResponse(many=True, help_text="Its own responses that concern others, or no one.")
    agreements = CompactAgreement(many=True, help_text="On whichever side it stands.")
    claims = CompactClaim(many=True)
