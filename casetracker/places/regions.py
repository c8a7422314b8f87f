"""The parts of the world that countries are in: the regions of the United Nations' standard M49."""

from django.utils.translation import gettext_lazy as _

from casetracker.places.countries import EUROPEAN_UNION

EUROPE, ASIA, AFRICA, AMERICAS, OCEANIA = "europe", "asia", "africa", "americas", "oceania"

REGIONS = {
    EUROPE: _("Europe"),
    ASIA: _("Asia"),
    AFRICA: _("Africa"),
    AMERICAS: _("The Americas"),
    OCEANIA: _("Oceania"),
}

# M49 counts no region for Antarctica, and none for Taiwan, which lies in Asia.
_CODES = {
    EUROPE: """
        AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK
        MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA
    """,
    ASIA: """
        AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH
        PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE
    """,
    AFRICA: """
        AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ
        NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW
    """,
    AMERICAS: """
        AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC
        MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI
    """,
    OCEANIA: "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}
_REGION_OF = {code: region for region, codes in _CODES.items() for code in codes.split()} | {EUROPEAN_UNION: EUROPE}


def region_of(code: str) -> str:
    """Return the region that a government is in; empty for Antarctica."""
    return _REGION_OF.get(code, "")
