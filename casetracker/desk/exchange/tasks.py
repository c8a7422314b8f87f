"""Planning and importing: large files by the worker (`manage.py db_worker`), small ones at once."""

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from casetracker.core.desk_languages import language_of
from casetracker.core.errors import DomainError
from casetracker.desk.exchange.running import carry_out_import, is_large, plan_import
from casetracker.review.models import Import
from casetracker.review.services.release_publication import place_of
from casetracker.review.services.uploads import refuse_import
from casetracker.review.tasks import TaskFailed

logger = logging.getLogger(__name__)


def plan_soon(upload: Import) -> None:
    """Plan a file now, or let the worker do it if it is large. What comes of it stands in the import."""
    _soon(plan_import, plan_in_background, upload)


def import_soon(upload: Import) -> None:
    """Carry a confirmed import out now, or let the worker do it if it is large."""
    _soon(carry_out_import, import_in_background, upload)


@task
def plan_in_background(import_id: str) -> None:
    """Plan a file. The queue's table holds its key, and no word of it."""
    with override(_language_of_importer(import_id)):
        _carefully(plan_import, UUID(import_id))


@task
def import_in_background(import_id: str) -> None:
    """Carry a confirmed import out. The queue's table holds its key, and no word of it."""
    with override(_language_of_importer(import_id)):
        _carefully(carry_out_import, UUID(import_id))


def _soon(step: Callable[[UUID], Import], in_background: Any, upload: Import) -> None:
    if is_large(upload):
        in_background.enqueue(str(upload.pk))
        return
    try:
        _carefully(step, upload.pk)
    except TaskFailed as failure:
        logger.error("An import failed: %s", failure)


def _carefully(step: Callable[[UUID], Import], import_id: UUID) -> None:
    """Do a step. An import is never left as if somebody still worked on it; a fault is told without words of a file."""
    try:
        step(import_id)
    except DomainError:
        pass  # What it says stands in the import, unless somebody gave that up meanwhile.
    except Exception as error:  # noqa: BLE001 - whatever it is, its message may quote the file
        message = _(
            "The file could not be dealt with because of a fault in this program, and nothing was written. "
            "Whoever runs this site finds in its log where. Upload the file again, perhaps in parts."
        )
        with suppress(DomainError):  # given up meanwhile
            refuse_import(import_id, message, [])
        raise TaskFailed(place_of(error)) from None


def _language_of_importer(import_id: str) -> str:
    return language_of(Import.objects.only("person").select_related("person").get(pk=import_id).person)
