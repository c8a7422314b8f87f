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
