"""Confidential sources, which are there for cleared people alone."""

from casetracker.operations.permissions.model import CLEARED, Answer, Rule

RULES = (
    Rule(
        "Confidential sources: whoever is not cleared learns of none",
        "GET",
        (
            *("confidential_sources", "confidential_add", "confidential_events", "confidential_source"),
            *("confidential_citation", "record_confidential"),
        ),
        CLEARED,
        otherwise=Answer.NOT_FOUND,
    ),
    Rule(
        "Open, change, cite and check a confidential source",
        "POST",
        ("confidential_open", "confidential_change", "confidential_act", "confidential_add"),
        CLEARED,
        otherwise=Answer.NOT_FOUND,
    ),
)
