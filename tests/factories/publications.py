"""Publications for tests of the public side: snapshots as the review makes them, appended to the log.

Keyword arguments replace single keys of a snapshot, so that a test names only what it is about.
"""

from typing import Any

from django.db import transaction

from casetracker.core.dates import latest_day
from casetracker.publication import log
from casetracker.publication.models import LogEntry

Snapshot = dict[str, Any]

# What the log calls a later version.
REVISION = "revise"


def source_part(reference: str = "D-1", **changes: Any) -> Snapshot:
    return {
        "reference": reference,
        "title": "China has many more illegal police offices abroad",
        "publisher": "NRC",
        "author": "",
        "published": "2022-12-05",
        "url": "https://www.nrc.example/article",
        "language": "nl",
        "type": "newspaper",
        "derived_from": None,
        "derivation": "",
        "published_by": None,
        "archived": None,
        "link": None,
        **changes,
    }


def citation_part(source: str | Snapshot = "D-1", **changes: Any) -> Snapshot:
    return {
        "field": "",
        "stance": "supports",
        "attributed_to": "",
        "speaker_anonymous": False,
        "speaker_role": "",
        "speaker_place": "",
        "locator": "",
        "quote": "",
        "quote_language": "",
        "quote_translation": "",
        "quote_translated_from": "",
        "value_given": "",
        "source": source_part(source) if isinstance(source, str) else source,
        **changes,
    }


def day_of(text: str) -> str | None:
    """The day from which something of this date counts where no source tells of it sooner."""
    day = latest_day(text) if text else None
    return day.isoformat() if day else None


def station_snapshot(number: int = 1, **changes: Any) -> Snapshot:
    return {
        "schema": 1,
        "record_kind": "station",
        "reference": f"S-{number}",
        "version": 1,
        "label": f"Amsterdam: station {number}",
        "kind": "police_service_station",
        "names": [{"text": "福州警侨事务海外服务站", "language": "zh-Hans", "role": "as_reported"}],
        "country": "NL",
        "region": "",
        "locality": "Amsterdam",
        "place_precision": "city",
        "latitude": 52.37,
        "longitude": 4.9,
        "operator_jurisdiction": "Fuzhou",
        "counted_in": ["110 Overseas"],
        "first_reported": "2022-09",
        "opened": "",
        "closed": "",
        "operating_status": "unknown",
        "operating_status_as_of": "",
        "standing": "alleged",
        "summary": "",
        "counts_from": day_of(changes.get("first_reported", "2022-09")),
        "replies": [
            {"asked": "The embassy", "asked_on": "2022-10-20", "answer": "", "answered_on": "", "language": ""}
        ],
        "disclosures": [],
        "confidential_source_for": [],
        "citations": [citation_part()],
        "verification": {"level": "reported", "disputed": False, "independent_origins": 1},
        **changes,
    }


def response_snapshot(number: int = 1, **changes: Any) -> Snapshot:
    return {
        "schema": 1,
        "record_kind": "response",
        "reference": f"R-{number}",
        "version": 1,
        "label": f"Netherlands: response {number}",
        "concerns": "NL",
        "responder": "NL",
        "actor": "Minister of Foreign Affairs",
        "person": "",
        "party": "",
        "cabinet": "",
        "anonymous": False,
        "level": "ministry",
        "kind": "statement",
        "date": "2022-11-01",
        "summary": "",
        "quote": "",
        "quote_language": "",
        "quote_translation": "",
        "stations": [],
        "scope": "country",
        "unrelated_offence": False,
        "sets_status": "",
        "closure_basis": "",
        "no_action_basis": "",
        "activity_continues": False,
        "last_known_true": "",
        "order_in_day": None,
        "same_act_as": None,
        "counts_from": day_of(changes.get("date", "2022-11-01")),
        "disclosures": [],
        "confidential_source_for": [],
        "citations": [citation_part()],
        "verification": {"level": "reported", "disputed": False, "independent_origins": 1},
        **changes,
    }


def agreement_snapshot(number: int = 1, **changes: Any) -> Snapshot:
    first_day = latest_day(changes.get("signed", "2015-09-24"))
    return {
        "schema": 1,
        "record_kind": "agreement",
        "reference": f"A-{number}",
        "version": 1,
        "label": f"Italy and China: agreement {number}",
        "country": "IT",
        "counterpart": "CN",
        "parties": ["Ministry of the Interior", "Ministry of Public Security"],
        "type": "joint_patrols",
        "title": "",
        "title_language": "",
        "signed": "2015-09-24",
        "in_force_from": "2016-05",
        "in_force_to": "",
        "places": ["Rome", "Milan"],
        "status": "ended",
        "status_as_of": "2022-12-19",
        "summary": "Joint patrols in places of tourist interest.",
        "ended_by": None,
        "counts_from": first_day.isoformat() if first_day else None,
        "disclosures": [],
        "confidential_source_for": [],
        "citations": [citation_part()],
        "verification": {"level": "reported", "disputed": False, "independent_origins": 1},
        **changes,
    }


def claim_snapshot(number: int = 1, **changes: Any) -> Snapshot:
    first_day = latest_day(changes.get("as_of", "2022-12-05"))
    return {
        "schema": 1,
        "record_kind": "claim",
        "reference": f"C-{number}",
        "version": 1,
        "label": f"Canada: claim {number}",
        "topic": "purpose",
        "text": "The offices serve to trace Chinese citizens abroad.",
        "qualifier": "",
        "value": None,
        "unit": "",
        "country": "CA",
        "as_of": "2022-12-05",
        "period": "",
        "claimed_by": "Safeguard Defenders",
        "attribution": ["NRC", "Safeguard Defenders"],
        "epistemic_status": "alleged",
        "superseded_by": None,
        "counts_from": first_day.isoformat() if first_day else None,
        "disclosures": [],
        "confidential_source_for": [],
        "citations": [citation_part()],
        "verification": {"level": "reported", "disputed": False, "independent_origins": 1},
        **changes,
    }


def stations_counted(value: int = 5, qualifier: str = "exactly", **changes: Any) -> Snapshot:
    return {
        "topic": "station_count",
        "text": "Stations reported in the country.",
        "qualifier": qualifier,
        "value": value,
        "unit": "stations",
        "epistemic_status": "reported_finding",
        **changes,
    }


def investigating(**changes: Any) -> Snapshot:
    return {"kind": "investigation_opened", "sets_status": "investigating", **changes}


def closed(basis: str = "ordered", **changes: Any) -> Snapshot:
    return {"kind": f"closure_{basis}", "sets_status": "closed", "closure_basis": basis, **changes}


def no_action(basis: str = "none_announced", **changes: Any) -> Snapshot:
    return {"sets_status": "no_action", "no_action_basis": basis, **changes}


def append(
    snapshot: Snapshot, *, action: str, version: int | None, note: str = "", release: int | None = None
) -> LogEntry:
    with transaction.atomic():
        new = log.NewEntry(
            record_kind=snapshot["record_kind"],
            reference=snapshot["reference"],
            version=version,
            action=action,
            snapshot=snapshot,
            note=note,
            release=release,
        )
        return log.append(log.lock_head(), new)


def publish(snapshot: Snapshot) -> LogEntry:
    version = snapshot["version"]
    return append(snapshot, action="publish" if version == 1 else REVISION, version=version)


def publish_station(number: int = 1, **changes: Any) -> LogEntry:
    return publish(station_snapshot(number, **changes))


def publish_response(number: int = 1, **changes: Any) -> LogEntry:
    return publish(response_snapshot(number, **changes))


def publish_agreement(number: int = 1, **changes: Any) -> LogEntry:
    return publish(agreement_snapshot(number, **changes))


def publish_claim(number: int = 1, **changes: Any) -> LogEntry:
    return publish(claim_snapshot(number, **changes))


def merge(reference: str, successor: str) -> LogEntry:
    snapshot = {"schema": 1, "record_kind": "station", "reference": reference, "reason": "duplicate"}
    return append({**snapshot, "successor": successor}, action="merge", version=None)


def retract(reference: str, reason: str = "error", note: str = "It was about another place.") -> LogEntry:
    kind = {"S": "station", "R": "response", "A": "agreement", "C": "claim"}[reference[0]]
    snapshot = {"schema": 1, "record_kind": kind, "reference": reference, "reason": reason}
    return append(snapshot, action="retract", version=None, note=note)
