"""The eraser of the public side: all published documents are made again."""

from django.core.cache import cache
from django.db import transaction

from casetracker.public.models import TABLES
from casetracker.public.projection.rebuild import rebuild
from casetracker.publication.erasers import Erasure, register


def register_eraser() -> None:
    """Let every erasure make the published documents anew. Called once the models are ready."""
    register("published documents", _publish_again, lambda: TABLES)


def _publish_again(_erasure: Erasure) -> None:
    """Make all documents again from a log that has the content no more.

    What the version left elsewhere (the words of a source, an order, a word to search by) goes with it, without a
    second set of rules for what that could be.
    """
    rebuild()
    transaction.on_commit(cache.clear)
