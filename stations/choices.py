"""The closed lists of stations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StationKind(models.TextChoices):
    """What kind of body is reported. Look-alikes are kinds of their own."""

    POLICE_SERVICE_STATION = "police_service_station", _("police service station")
    SERVICE_CENTRE = "service_centre", _("service centre")
    LIAISON_POST = "liaison_post", _("liaison post")
    PROCURATORATE_LIAISON = "procuratorate_liaison", _("procuratorate liaison")
    COOPERATION_CENTRE = "cooperation_centre", _("cooperation centre")
    HOST_RUN = "host_run", _("look-alike run by the host country")
    OTHER = "other", _("other")


class NameRole(models.TextChoices):
    """Where a name comes from."""

    AS_REPORTED = "as_reported", _("as reported")
    OFFICIAL = "official", _("official")
    TRANSLITERATION = "transliteration", _("transliteration")
    TRANSLATION = "translation", _("translation")


class OperatingStatus(models.TextChoices):
    """Whether the place works, as far as is known on a day."""

    REPORTED_ACTIVE = "reported_active", _("reported active")
    CLOSURE_CLAIMED = "closure_claimed", _("closure claimed")
    CLOSURE_CONFIRMED = "closure_confirmed", _("closure confirmed")
    UNKNOWN = "unknown", _("unknown")


class Standing(models.TextChoices):
    """What became of the allegation, apart from whether the place works."""

    ALLEGED = "alleged", _("alleged")
    CONFIRMED_BY_AUTHORITY = "confirmed_by_authority", _("confirmed by an authority")
    INQUIRY_ENDED_WITHOUT_CHARGES = "inquiry_ended_without_charges", _("inquiry ended without charges")


class ClaimTopic(models.TextChoices):
    """What a claim is about."""

    STATION_COUNT = "station_count", _("number of stations")
    COUNTRY_COUNT = "country_count", _("number of countries")
    PRESENCE = "presence", _("presence in a country")
    RETURNS = "returns", _("returns")
    COMPARISON = "comparison", _("comparison")
    PURPOSE = "purpose", _("purpose")
    METHOD = "method", _("method")
    TARGETS = "targets", _("targets")
    LEGAL_ASSESSMENT = "legal_assessment", _("legal assessment")
    DENIAL = "denial", _("denial")
    ADMISSION = "admission", _("admission")
    PRESUMPTION_OF_INNOCENCE = "presumption_of_innocence", _("presumption of innocence")
    NAMING = "naming", _("naming")
    CHARACTERISATION = "characterisation", _("characterisation")
    CONTEXT = "context", _("context")
    OTHER = "other", _("other")


class CountQualifier(models.TextChoices):
    """How a number is meant. “At least 102” is not 102."""

    EXACTLY = "exactly", _("exactly")
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    ABOUT = "about", _("about")


class CountUnit(models.TextChoices):
    """What a number counts."""

    STATIONS = "stations", _("stations")
    COUNTRIES = "countries", _("countries")
    PEOPLE = "people", _("people")
    CASES = "cases", _("cases")


class EpistemicStatus(models.TextChoices):
    """How far a claim is established, and from which side it comes."""

    REPORTED_FINDING = "reported_finding", _("reported finding")
    ALLEGED = "alleged", _("alleged")
    DENIED = "denied", _("denied")
    CLAIMED_BY_ACCUSED = "claimed_by_accused", _("claimed by the accused")
    ADMISSION = "admission", _("admission")
    LEGAL_ASSESSMENT = "legal_assessment", _("legal assessment")
    CAVEAT = "caveat", _("caveat")
    ASSERTED = "asserted", _("asserted by the source")
    OPINION = "opinion", _("opinion")
