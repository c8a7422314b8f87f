"""The closed lists of responses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Where in a state, or beside it, the actor stands."""

    HEAD_OF_GOVERNMENT = "head_of_government", _("head of government")
    MINISTRY = "ministry", _("ministry")
    POLICE = "police", _("police")
    INTELLIGENCE = "intelligence", _("intelligence service")
    PROSECUTION = "prosecution", _("prosecution")
    COURT = "court", _("court")
    PARLIAMENT = "parliament", _("parliament")
    REGIONAL = "regional", _("regional authority")
    LOCAL = "local", _("local authority")
    INTERNATIONAL_BODY = "international_body", _("international body")
    EMBASSY = "embassy", _("embassy")
    OPERATOR = "operator", _("operator of a station")
    PRIVATE_PARTY = "private_party", _("private party")
    PRESS = "press", _("press observation")
    UNSPECIFIED = "unspecified", _("not specified")


# What they say or do decides nothing about a country's status.
LEVELS_WITHOUT_STATUS = (Level.OPERATOR, Level.PRIVATE_PARTY)


class ResponseKind(models.TextChoices):
    """What was done or said."""

    INVESTIGATION_OPENED = "investigation_opened", _("investigation opened")
    INVESTIGATION_ENDED = "investigation_ended", _("investigation ended without charges")
    CLOSURE_ORDERED = "closure_ordered", _("closure ordered")
    CLOSURE_CLAIMED = "closure_claimed", _("closure claimed")
    CLOSURE_CONFIRMED = "closure_confirmed", _("closure confirmed")
    SUSPENDED = "suspended", _("suspended")
    ACTIVITY_CONTINUES = "activity_continues", _("activity continues")
    ARREST_OR_CHARGE = "arrest_or_charge", _("arrest or charge")
    CONVICTION = "conviction", _("conviction")
    NOT_PROSECUTED = "not_prosecuted", _("not prosecuted")
    DIPLOMATIC_PROTEST = "diplomatic_protest", _("diplomatic protest")
    RAISED_BILATERALLY = "raised_bilaterally", _("raised bilaterally")
    PARLIAMENTARY_BUSINESS = "parliamentary_business", _("parliamentary business")
    LEGISLATION = "legislation", _("legislation")
    STATEMENT = "statement", _("statement")
    DENIAL = "denial", _("denial")
    DECLINED_TO_ACT = "declined_to_act", _("declined to act")
    AGREEMENT_ENDED = "agreement_ended", _("agreement ended")
    LITIGATION = "litigation", _("litigation")


class Scope(models.TextChoices):
    """Whether a response speaks for the country or only of certain stations."""

    COUNTRY = "country", _("the country")
    STATIONS = "stations", _("the stations named")


class ResponseStatus(models.TextChoices):
    """What a government did, on a day."""

    INVESTIGATING = "investigating", _("investigating")
    CLOSED = "closed", _("closed")
    NO_ACTION = "no_action", _("no action")


class ClosureBasis(models.TextChoices):
    """On what “closed” rests. An order is not a closure, and a claim is not a confirmation."""

    ORDERED = "ordered", _("closure ordered")
    CLAIMED = "claimed", _("closure claimed")
    CONFIRMED = "confirmed", _("closure confirmed")


class NoActionBasis(models.TextChoices):
    """On what “no action” rests."""

    DECLINED = "declined", _("declined to act")
    NONE_ANNOUNCED = "none_announced", _("no inquiry announced")
    NOTHING_FOUND = "nothing_found", _("nothing found")
    INQUIRY_ENDED = "inquiry_ended", _("inquiry ended")


class AgreementType(models.TextChoices):
    """What was agreed, or what body rests on an agreement. None of them is a station."""

    POLICE_COOPERATION = "police_cooperation", _("police cooperation agreement")
    JOINT_PATROLS = "joint_patrols", _("agreement on joint patrols")
    PATROL_SEASON = "patrol_season", _("joint patrol carried out")
    RECIPROCAL_PATROL = "reciprocal_patrol", _("patrol in the counterpart’s country")
    LAW_ENFORCEMENT_OFFICE = "law_enforcement_office", _("joint law enforcement office")
    LIAISON_POSTS = "liaison_posts", _("liaison posts of another body")
    LOCAL_PROTOCOL = "local_protocol", _("local cooperation protocol")
    COOPERATION_CENTRES = "cooperation_centres", _("community and police cooperation centres")
    HOST_RUN_STATION = "host_run_station", _("police station run by the host country")
    EXTRADITION_TREATY = "extradition_treaty", _("extradition treaty")
    MEMORANDUM = "memorandum", _("memorandum of understanding")
    OTHER = "other", _("other")


class AgreementStatus(models.TextChoices):
    """What became of an agreement, as far as is known on a day."""

    ANNOUNCED = "announced", _("announced")
    RATIFIED = "ratified", _("ratified")
    IN_FORCE = "in_force", _("in force")
    IN_FORCE_NOT_USED = "in_force_not_used", _("in force, not used")
    CONTINUING = "continuing", _("continuing")
    COMPLETED = "completed", _("completed")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")
    DISPUTED = "disputed", _("disputed")
    UNKNOWN = "unknown", _("unknown")
