"""What kinds of document there are, and what each can carry as evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceType(models.TextChoices):
    """The kind of document that a source is."""

    NGO_REPORT = "ngo_report", _("NGO report")
    NGO_PAGE = "ngo_page", _("NGO web page")
    NEWSPAPER = "newspaper", _("newspaper")
    NEWS_AGENCY = "news_agency", _("news agency")
    NEWS_SITE = "news_site", _("news site")
    BROADCASTER = "broadcaster", _("broadcaster")
    MAGAZINE = "magazine", _("magazine")
    TRADE_PRESS = "trade_press", _("trade press")
    INVESTIGATIVE_JOURNALISM = "investigative_journalism", _("investigative journalism")
    FACT_CHECK = "fact_check", _("fact check")
    RESEARCH = "research", _("research")
    THINK_TANK = "think_tank", _("think tank")
    ENCYCLOPEDIA = "encyclopedia", _("encyclopedia")
    GOVERNMENT = "government", _("government document")
    COURT = "court", _("court document")
    PARLIAMENT_RECORD = "parliament_record", _("record of a parliament")
    STATE_MEDIA = "state_media", _("state media")
    PARTISAN_SITE = "partisan_site", _("partisan site")
    AGGREGATOR = "aggregator", _("aggregator or digest")
    REPUBLISHED_COPY = "republished_copy", _("republished copy")
    TRANSLATED_COPY = "translated_copy", _("translated copy")
    MACHINE_TRANSLATION = "machine_translation_copy", _("machine-translated copy")
    FORUM_QUOTE = "forum_quote", _("quote in a forum")
    OTHER = "other", _("other")


class Derivation(models.TextChoices):
    """What a source does with the one that it derives from."""

    COPY = "copy", _("copies")
    MACHINE_TRANSLATION = "machine_translation", _("is a machine translation of")
    TRANSLATION = "translation", _("translates")
    QUOTES = "quotes", _("quotes")
    REPORTS_ON = "reports_on", _("reports on")


class Control(models.TextChoices):
    """In whose hands a publisher is."""

    STATE = "state_controlled", _("state-controlled")
    GOVERNMENT = "government", _("government")
    PARTY = "party_affiliated", _("partisan or of a party")
    INDEPENDENT = "independent", _("independent")
    UNKNOWN = "unknown", _("not known")


# They repeat another document. Where it is not known which, they may repeat one that is cited already.
COPY_TYPES = frozenset(
    {
        SourceType.AGGREGATOR,
        SourceType.REPUBLISHED_COPY,
        SourceType.TRANSLATED_COPY,
        SourceType.MACHINE_TRANSLATION,
        SourceType.FORUM_QUOTE,
    }
)
# They carry no publication alone.
WEAK_TYPES = frozenset({SourceType.FORUM_QUOTE, SourceType.MACHINE_TRANSLATION})
# The words of an authority or a court itself. A parliament's record holds what anybody said there.
AUTHORITY_TYPES = frozenset({SourceType.GOVERNMENT, SourceType.COURT})
