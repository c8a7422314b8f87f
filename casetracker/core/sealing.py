"""Sealing texts so that the database alone does not tell them: envelope encryption with keys that stand outside it.

Each row has a data key of its own, made for it. The data key stands beside the text, wrapped by a master key; the
master keys come from the environment or from a file that it names, newest first (`CONFIDENTIAL_KEYS`,
`CONFIDENTIAL_KEYS_FILE`). A new master key wraps the data keys anew and leaves the texts alone.

What is outside of the envelope tells little: the text is padded, so that its length does not say what it is, and the
time that Fernet writes into its tokens is always zero.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from casetracker.core.canonical import canonical_json
from casetracker.core.errors import DomainError

_KEY_BYTES = 32
_PAD_TO = 1024  # bytes; a longer text fills the next block
_NO_TIME = 0  # seconds since 1970: the real one would tell when somebody confided
_MASTER_KEY = hashlib.sha256(b"casetracker master key").digest()

# The keys of the demonstration and of the tests, readable on purpose: a real site must not have them.
PUBLIC_KEYS = frozenset(
    base64.urlsafe_b64encode(text).decode()
    for text in (b"casetracker: this key is public!", b"casetracker tests: key is public")
)


class SealingOff(DomainError):
    """No master key is set: nothing confidential can be written or read here."""


class CannotUnseal(DomainError):
    """A sealed text cannot be read. The message names the key that is missing, never anything of the text."""


@dataclass(frozen=True)
class Envelope:
    """A sealed text as the database holds it.

    `seal` is a keyed hash of parts of the text. It stays the same as long as they do, whatever master key wraps the
    data key, and tells nothing to whoever has no key.
    """

    key_id: str
    wrapped_key: str
    sealed: str
    seal: str


def new_key() -> str:
    """Return a new master key."""
    return Fernet.generate_key().decode()


def key_id_of(key: str) -> str:
    """Return the short public name of a master key. Nobody can find a random key from it."""
    return hmac.new(key.encode(), _MASTER_KEY, hashlib.sha256).hexdigest()[:12]


def configured_keys() -> list[str]:
    """Return the master keys, newest first. Raises `SealingOff` if one cannot be read or is no key."""
    keys = [*settings.CONFIDENTIAL_KEYS, *_keys_of_file(settings.CONFIDENTIAL_KEYS_FILE)]
    for number, key in enumerate(keys, start=1):
        if not is_key(key):
            raise SealingOff(
                _(
                    "Number %(number)s of the keys for confidential sources is no key. Whoever runs this site must "
                    "correct it: “manage.py make_confidential_key” makes one."
                )
                % {"number": number}
            )
    return keys


def _keys_of_file(name: str) -> list[str]:
    if not name:
        return []
    try:
        lines = Path(name).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SealingOff(
            _(
                "The file with the keys for confidential sources cannot be read. Whoever runs this site must look at "
                "CONFIDENTIAL_KEYS_FILE."
            )
        ) from None
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def is_key(key: str) -> bool:
    """Tell whether a text is a master key: 32 bytes in the base64 of URLs."""
    try:
        return len(base64.b64decode(key.encode("ascii"), altchars=b"-_", validate=True)) == _KEY_BYTES
    except (binascii.Error, UnicodeEncodeError):
        return False


def require_on() -> list[str]:
    """Return the master keys. Raises `SealingOff`, with what to do, if there are none that can be used."""
    keys = configured_keys()
    if not keys:
        raise SealingOff(
            _(
                "Confidential sources are switched off: this site has no key for them. Whoever runs it makes one with "
                "“manage.py make_confidential_key” and sets CONFIDENTIAL_KEYS or CONFIDENTIAL_KEYS_FILE."
            )
        )
    return keys


def seal_up(
    row: str, parts: Mapping[str, str], *, bound: Collection[str], envelope: Envelope | None = None
) -> Envelope:
    """Seal texts by their names for one row; in its `envelope`, under the same data key, if it has one.

    `row` names the row: what is copied into another one does not open there. `bound` names the parts that `seal`
    stands for. Raises `SealingOff` without a master key, `CannotUnseal` if the envelope is under none of them.
    """
    keys = require_on()
    if envelope:
        data_key, key_id, wrapped_key = _data_key(envelope), envelope.key_id, envelope.wrapped_key
    else:
        data_key, key_id = Fernet.generate_key(), key_id_of(keys[0])
        wrapped_key = Fernet(keys[0]).encrypt_at_time(data_key, _NO_TIME).decode()
    text = canonical_json({"row": row, "parts": dict(parts)})
    token = Fernet(data_key).encrypt_at_time(_padded(text), _NO_TIME).decode()
    return Envelope(key_id, wrapped_key, token, _seal(data_key, row, parts, bound))


def unseal(row: str, envelope: Envelope, *, bound: Collection[str] = ()) -> dict[str, str]:
    """Return the texts of a row by their names. Raises `CannotUnseal`."""
    data_key = _data_key(envelope)
    try:
        found: dict[str, Any] = json.loads(Fernet(data_key).decrypt(envelope.sealed.encode()))
    except (InvalidToken, ValueError):
        raise _damaged() from None
    parts: dict[str, str] = found["parts"]
    if found["row"] != row or not hmac.compare_digest(_seal(data_key, row, parts, bound), envelope.seal):
        raise _damaged()
    return parts


def seal_aside(row: str, text: str, envelope: Envelope) -> str:
    """Seal a text under the data key of an envelope: what is said of its row, and is read with it or not at all."""
    sealed = canonical_json({"row": row, "text": text})
    return Fernet(_data_key(envelope)).encrypt_at_time(_padded(sealed), _NO_TIME).decode()


def unseal_aside(row: str, token: str, envelope: Envelope) -> str:
    """Return a text that was sealed aside. Raises `CannotUnseal`."""
    try:
        found = json.loads(Fernet(_data_key(envelope)).decrypt(token.encode()))
    except (InvalidToken, ValueError):
        raise _damaged() from None
    if found["row"] != row:
        raise _damaged()
    return str(found["text"])


def rewrap(envelope: Envelope) -> Envelope:
    """Return the envelope with its data key wrapped by the newest master key. The text in it is not touched."""
    newest = require_on()[0]
    wrapped = Fernet(newest).encrypt_at_time(_data_key(envelope), _NO_TIME).decode()
    return Envelope(key_id_of(newest), wrapped, envelope.sealed, envelope.seal)


def _data_key(envelope: Envelope) -> bytes:
    for key in require_on():
        if key_id_of(key) == envelope.key_id:
            try:
                return Fernet(key).decrypt(envelope.wrapped_key.encode())
            except InvalidToken:
                raise _damaged() from None
    raise CannotUnseal(
        _(
            "This was sealed with a key that this site does not have (%(key)s). Whoever runs the site must put it back "
            "among the keys for confidential sources; without it the text is lost."
        )
        % {"key": envelope.key_id}
    )


def _damaged() -> CannotUnseal:
    return CannotUnseal(
        _("This does not open: it was changed past this program. Restore the row from a backup, and find out who did.")
    )


def _padded(text: bytes) -> bytes:
    """Fill up with blanks, which JSON ignores, to the end of a block."""
    return text.ljust(-(-len(text) // _PAD_TO) * _PAD_TO)


def _seal(data_key: bytes, row: str, parts: Mapping[str, str], bound: Collection[str]) -> str:
    key = hmac.new(data_key, b"seal", hashlib.sha256).digest()
    said = {"row": row, "parts": {name: parts.get(name, "") for name in bound}}
    return hmac.new(key, canonical_json(said), hashlib.sha256).hexdigest()
