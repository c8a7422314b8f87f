"""The erasers of the desk: what each table that holds words of a record loses when one of its versions is erased."""

from casetracker.publication import erasers
from casetracker.review.erasing import elsewhere, evidence, records, talk
from casetracker.review.models import ErasureRequest


def register() -> None:
    """Register them all. Called once, when the models are ready; kinds of record come in later, by themselves."""
    erasers.register("edit history", records.erase_history, records.histories)
    erasers.register("working record", records.erase_working_record, records.parts)
    erasers.register("acts and talk", talk.erase_talk, talk.tables)
    erasers.register("texts elsewhere", talk.erase_words, talk.tables_with_words)
    erasers.register("words to look for", talk.forget_words, lambda: [ErasureRequest])
    erasers.register("sources and archived copies", evidence.erase_sources, evidence.tables)
    elsewhere.exempt_the_rest()
