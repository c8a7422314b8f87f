"""What can go wrong when someone acts on a record, in words for the person who acts."""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """An act that the rules refuse. Nothing has been written.

    `str(error)` says why and what to do. `field_errors` names the places, where there are any:
    field name (as in the form or the API) to messages.
    """

    def __init__(self, message: str, *, field_errors: Mapping[str, Sequence[str]] | None = None) -> None:
        """Take the message for the person who acts, and the messages at single fields."""
        super().__init__(message)
        self.field_errors = {name: list(messages) for name, messages in (field_errors or {}).items()}


class NotAllowed(DomainError):
    """This person may not do this to this record, whatever its state."""


class WrongState(DomainError):
    """The record's state does not allow this action."""


class ChangedMeanwhile(DomainError):
    """Somebody else was faster: the record is no longer what this person looked at."""


class InvalidContent(DomainError):
    """The content does not meet the rules for what is asked."""
