"""Signed heads of the log: who has one can prove that the log was not rewritten since.

The key stands outside the database, and best outside the server that publishes: see docs/operations.md.
"""

import base64
import binascii
import datetime as dt
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casetracker.core.canonical import length_prefixed
from casetracker.core.errors import DomainError
from casetracker.publication.chain import timestamp
from casetracker.publication.models import Checkpoint
from casetracker.publication.verifying import verified_head

# A part of what is signed. Another form of statement would get another number.
_FORMAT = b"casetracker-checkpoint-1"
_KEY_BYTES = 32


class NotSigned(DomainError):
    """The head of the log cannot be signed."""


def statement(sequence: int, entry_hash: str, signed_at: dt.datetime) -> bytes:
    """Return what a checkpoint signs: number and hash of an entry, and when that was the last one."""
    parts = (str(sequence), entry_hash, timestamp(signed_at))
    return length_prefixed(_FORMAT, *(part.encode("ascii") for part in parts))


def new_key() -> str:
    """Return a new private key: 32 bytes as base64."""
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def public_key_of(key: Ed25519PrivateKey) -> str:
    """Return the public half: 32 bytes as base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def configured_key() -> Ed25519PrivateKey:
    """Return the private key. Raises `NotSigned` if there is none, or what is there is no key."""
    text = settings.CHECKPOINT_KEY or _key_of_file(settings.CHECKPOINT_KEY_FILE)
    if not text:
        raise NotSigned("There is no key. Make one with make_checkpoint_key, and set CHECKPOINT_KEY_FILE.")
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _KEY_BYTES:
        raise NotSigned("The key for checkpoints is no key. Make one with make_checkpoint_key.")
    return Ed25519PrivateKey.from_private_bytes(raw)


def _key_of_file(name: str) -> str:
    if not name:
        return ""
    try:
        return Path(name).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise NotSigned("The file with the key for checkpoints cannot be read: see CHECKPOINT_KEY_FILE.") from None


def sign_head() -> Checkpoint:
    """Sign the head of the log, once for each key, and return the checkpoint.

    Raises `NotSigned` without a key, for an empty log, and for one that was changed: that must not be vouched for.
    """
    key = configured_key()
    with transaction.atomic():
        problem, head = verified_head()
        if head is None:
            raise NotSigned(f"The log was changed, and is not signed: {problem}.")
        if not head.sequence:
            raise NotSigned("Nothing is published yet: there is nothing to sign.")
        public_key = public_key_of(key)
        signed: Checkpoint | None = Checkpoint.objects.filter(sequence=head.sequence, public_key=public_key).first()
        if signed:
            return signed
        signed_at = timezone.now()
        signature = key.sign(statement(head.sequence, head.entry_hash, signed_at))
        checkpoint = Checkpoint(
            sequence=head.sequence,
            entry_hash=head.entry_hash,
            signed_at=signed_at,
            public_key=public_key,
            signature=base64.b64encode(signature).decode(),
        )
        checkpoint.full_clean()
        checkpoint.save()
        return checkpoint
