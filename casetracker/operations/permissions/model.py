"""Of what the table is made: who asks, what comes of it, and the rules that say so."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Person(enum.Enum):
    """Who asks. Whoever has a role has shown a second factor; where none is required, it is the same without."""

    ANYONE = "anyone"
    HALF = "half signed in"  # the password was right, the second factor is yet to be shown
    NO_FACTOR = "no factor yet"  # signed in where a second factor is required, and has none
    NO_ROLE = "no role"
    OBSERVER = "observer"
    RESEARCHER = "researcher"
    EDITOR = "editor"
    CLEARED = "cleared researcher"
    ADMINISTRATOR = "administrator"
    SUPERUSER = "superuser"


class Answer(enum.Enum):
    """What becomes of it."""

    YES = "yes"
    REFUSED = "–"
    NOT_FOUND = "404"
    SIGN_IN = "sign in"
    FACTOR = "factor"


class Of(enum.Enum):
    """Whose it is that is asked for."""

    ANYBODY = ""
    OWN = "own"
    OTHER = "of somebody else"


@dataclass(frozen=True)
class Rule:
    """What a method does at some addresses, named as in the URL configuration (by their pattern if they have no name).

    Who is not among `allowed` gets `otherwise`, unless `but` says something else.
    """

    what: str
    method: str
    addresses: tuple[str, ...]
    allowed: frozenset[Person]
    otherwise: Answer = Answer.REFUSED
    but: Mapping[Person, Answer] = field(default_factory=dict)
    of: Of = Of.ANYBODY

    def answer(self, person: Person) -> Answer:
        """Return what this person gets."""
        if person in self.but:
            return self.but[person]
        if person in self.allowed:
            return Answer.YES
        return _NOT_YET.get(person, Answer.REFUSED if person is Person.NO_ROLE else self.otherwise)


_NOT_YET = {Person.ANYONE: Answer.SIGN_IN, Person.HALF: Answer.SIGN_IN, Person.NO_FACTOR: Answer.FACTOR}

EVERYBODY = frozenset(Person)
SIGNED_IN = EVERYBODY - _NOT_YET.keys()
AT_THE_DESK = SIGNED_IN - {Person.NO_ROLE}
KEEPERS_OF_ACCOUNTS = frozenset({Person.ADMINISTRATOR, Person.SUPERUSER})
KEEPERS_OF_REGISTER = frozenset({Person.EDITOR, Person.ADMINISTRATOR})
READERS = AT_THE_DESK - KEEPERS_OF_ACCOUNTS
WRITERS = READERS - {Person.OBSERVER}
CLEARED = frozenset({Person.CLEARED})
NOBODY: frozenset[Person] = frozenset()


def each(models: tuple[str, ...], *pages: str) -> tuple[str, ...]:
    """Return the names of these pages of the admin, for each of the models."""
    return tuple(f"{model}_{page}" for model in models for page in pages)
