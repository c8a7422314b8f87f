"""Rows whose texts are sealed. Their columns hold nothing that can be read without a key from outside the database."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, models

from casetracker.core.sealing import Envelope, key_id_of, require_on, rewrap, seal_up, unseal


class SealedModel(models.Model):
    """A row with an envelope. `sealed_parts` names the texts in it, `bound_parts` those that its seal stands for.

    It must have its primary key before anything is sealed, and no history: that would keep every text that ever was.
    """

    key_id = models.CharField(max_length=12, db_index=True, editable=False)
    wrapped_key = models.TextField(editable=False)
    sealed = models.TextField(editable=False)
    seal = models.CharField(max_length=64, editable=False)

    sealed_parts: ClassVar[tuple[str, ...]] = ()
    bound_parts: ClassVar[tuple[str, ...]] = ()
    sealed_columns: ClassVar[frozenset[str]] = frozenset({"key_id", "wrapped_key", "sealed", "seal"})

    class Meta:
        abstract = True

    @property
    def envelope(self) -> Envelope:
        """Return what is sealed, as the database has it."""
        return Envelope(self.key_id, self.wrapped_key, self.sealed, self.seal)

    @property
    def row_name(self) -> str:
        """Name the row, so that its text opens in no other."""
        return f"{self._meta.label_lower} {self.pk}"

    def put(self, parts: Mapping[str, str]) -> None:
        """Seal texts into this row, which is not saved by that. Raises `SealingOff` or `CannotUnseal`."""
        texts = {name: parts.get(name, "") for name in self.sealed_parts}
        old = self.envelope if self.sealed else None
        self._take(seal_up(self.row_name, texts, bound=self.bound_parts, envelope=old))

    def unsealed(self) -> dict[str, str]:
        """Return the texts of this row by their names. Raises `SealingOff` or `CannotUnseal`."""
        return unseal(self.row_name, self.envelope, bound=self.bound_parts)

    def _take(self, envelope: Envelope) -> None:
        self.key_id, self.wrapped_key = envelope.key_id, envelope.wrapped_key
        self.sealed, self.seal = envelope.sealed, envelope.seal


def sealed_models() -> list[type[SealedModel]]:
    """Return every model with sealed rows."""
    return [model for model in apps.get_models() if issubclass(model, SealedModel)]


def rows_to_rewrap(using: str = DEFAULT_DB_ALIAS) -> list[tuple[type[SealedModel], Any]]:
    """Return the rows, as model and key, whose data key is wrapped by another master key than the newest.

    What was erased has no key any more. Rows that are done drop out of the answer, so that a second run goes on where
    one ended. Raises `SealingOff`.
    """
    newest = key_id_of(require_on()[0])
    found: list[tuple[type[SealedModel], Any]] = []
    for model in sealed_models():
        rows = model._default_manager.using(using).exclude(key_id=newest).exclude(sealed="").order_by("pk")
        found += [(model, key) for key in rows.values_list("pk", flat=True)]
    return found


def rewrap_row(model: type[SealedModel], key: Any, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Wrap the data key of a row by the newest master key, in one statement.

    Returns False if somebody changed it meanwhile: then it stays as it is. Raises `CannotUnseal`.
    """
    row = model._default_manager.using(using).get(pk=key)
    new = rewrap(row.envelope)
    same = model._default_manager.using(using).filter(pk=key, wrapped_key=row.wrapped_key)
    return bool(same.update(key_id=new.key_id, wrapped_key=new.wrapped_key))


def unknown_key_ids(known: set[str], using: str = DEFAULT_DB_ALIAS) -> dict[str, int]:
    """Return the names of master keys that rows are sealed with and that are not among the known, with their rows."""
    found: dict[str, int] = {}
    for model in sealed_models():
        rows = model._default_manager.using(using).exclude(key_id__in=known).exclude(sealed="")
        counted = rows.values("key_id").order_by("key_id")
        for line in counted.annotate(rows=models.Count("pk")):
            found[line["key_id"]] = found.get(line["key_id"], 0) + line["rows"]
    return found
