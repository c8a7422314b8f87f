"""Backups: the database and all archived copies in one file, encrypted for somebody who is not here.

The machine that writes backups cannot read them: it has the public key (age, https://age-encryption.org) alone. Inside,
the file is a tar archive, so that `age --decrypt` and `tar` open it without this program.
"""

from casetracker.operations.backups.reading import BackupRefused, restore, unpack
from casetracker.operations.backups.writing import NotBackedUp, make_backup

__all__ = ["BackupRefused", "NotBackedUp", "make_backup", "restore", "unpack"]
