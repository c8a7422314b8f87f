"""System checks of the keys that seal confidential sources. None of them says anything of a key but its place."""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

from casetracker.core.sealed_rows import sealed_models, unknown_key_ids
from casetracker.core.sealing import PUBLIC_KEYS, SealingOff, configured_keys, key_id_of

_FEWEST_DIFFERENT = 20  # bytes of 32: random ones all but never have so few
_HINT = "Make a key with manage.py make_confidential_key, and keep a copy of it apart from the database."


@checks.register(checks.Tags.security, deploy=True)
def check_confidential_keys(*, app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report keys that are missing, malformed, public or no random ones."""
    if settings.SIDE == "public":
        return []  # It has no confidential sources to seal.
    try:
        keys = configured_keys()
    except SealingOff as error:
        return [checks.Error(str(error), hint=_HINT, id="casetracker.E002")]
    if not keys:
        return [
            checks.Warning(
                "There is no key for confidential sources: the desk has none of them.",
                hint=f"{_HINT} If it is to have none, silence this check.",
                id="casetracker.W002",
            )
        ]
    return list(_weak(keys))


def _weak(keys: Sequence[str]) -> Iterator[checks.CheckMessage]:
    for number, key in enumerate(keys, start=1):
        if key in PUBLIC_KEYS:
            text = f"Number {number} of the keys for confidential sources is public: it is that of the demonstration."
            yield checks.Error(text, hint=_HINT, id="casetracker.E003")
        elif len(set(base64.urlsafe_b64decode(key))) < _FEWEST_DIFFERENT:
            text = f"Number {number} of the keys for confidential sources was not made at random."
            yield checks.Warning(text, hint=_HINT, id="casetracker.W003")
    if len(set(keys)) < len(keys):
        yield checks.Warning("A key for confidential sources is named twice.", id="casetracker.W004")


@checks.register(checks.Tags.database)
def check_keys_of_sealed_rows(*, databases: Sequence[str] | None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report rows that are sealed with a key that this site does not have."""
    try:
        known = {key_id_of(key) for key in configured_keys()}
    except SealingOff:
        return []  # The other check reports it.
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        tables = set(connections[alias].introspection.table_names())
        if not {model._meta.db_table for model in sealed_models()} <= tables:
            continue  # Not migrated yet.
        found += [
            checks.Warning(
                f"{rows} confidential rows are sealed with a key that is not here ({key}).",
                hint="Put it back among the keys. Without it their texts are lost.",
                id="casetracker.W005",
            )
            for key, rows in unknown_key_ids(known, using=alias).items()
        ]
    return found
