"""People and papers that must not become known. A table of their own, which nothing reads that reads sources."""

import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from casetracker.core.sealed_rows import SealedModel

# Without vowels, so that no label is a word, and without what looks like another letter or digit.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
_LABEL_LENGTH = 4


def new_label() -> str:
    """Return a random label, such as Q-7F3K. It says nothing of whom it stands for, nor of who came first."""
    return "Q-" + "".join(secrets.choice(_LETTERS) for _letter in range(_LABEL_LENGTH))


class ConfidentialSource(SealedModel):
    """Somebody, or something, known to cleared colleagues alone. In clear there is nothing but a random label.

    Neither who wrote it nor when stands here: that is in `review.ConfidentialEvent`. It has no history, since that
    would keep every text that ever was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(_("label"), max_length=10, unique=True, default=new_label, editable=False)
    lock_version = models.PositiveIntegerField(default=1, editable=False)

    # Who or what it is; how to reach them; what they are and where; what else colleagues must know.
    sealed_parts = ("title", "role", "place", "contact", "notes")
    # A review of what is cited from it rests on these. A new telephone number changes nothing in it.
    bound_parts = ("title", "role", "place")

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "label", "lock_version"}) | SealedModel.sealed_columns

    class Meta:
        verbose_name = _("confidential source")
        verbose_name_plural = _("confidential sources")
        ordering = ("label", "id")

    def __str__(self) -> str:
        return self.label
