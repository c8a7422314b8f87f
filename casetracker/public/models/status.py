"""What responses say about the status of governments, in narrow rows made for the status rule alone."""

from django.db import models
from django.db.models import Q

from casetracker.public.models.base import READABLE, SPAN, Table, Versioned


class StatusFact(Versioned):
    """One thing that one version of a response says about the government that it concerns.

    A response has as many rows as it says things (see `casetracker.public.status.facts`), so that the
    latest of each is the first entry of an index, however many responses there are.
    """

    government = models.CharField(max_length=2)
    says = models.CharField(max_length=30, help_text="A code of casetracker.public.status.facts.")
    position = models.CharField(
        max_length=22,
        help_text="The place in the order of the rule: day from which it counts, order in the day, number.",
    )
    reach = models.CharField(
        max_length=22,
        help_text="The last position among the facts of its government and sort published up to this one: "
        "where a search begins that asks what was known then, instead of passing all that came later.",
    )
    possible_from = models.DateField(
        null=True, help_text="First day that a vague date allows, if it decides and leaves no more than a year open."
    )
    confirmed_on = models.DateField(help_text="Last day on which it shows what it says; OPEN_START if none is known.")
    reference = models.CharField(max_length=20, help_text="The response.")
    level = models.CharField(max_length=40, help_text="At what level the actor stands.")
    published_at = models.DateTimeField()

    identity = ("reference", "from_seq", "says")
    public_fields = Versioned.public_fields | {
        "government",
        "says",
        "position",
        "reach",
        "possible_from",
        "confirmed_on",
        "reference",
        "level",
        "published_at",
    }

    class Meta(Versioned.Meta):
        constraints = (
            *Versioned.Meta.constraints,
            models.UniqueConstraint(fields=("reference", "from_seq", "says"), name="public_fact_once_in_version"),
        )
        indexes = (
            # With the span of each row behind its place: rows of another time are passed in the index itself.
            # And with what else is told of the latest, so that no row is read at all.
            models.Index(
                fields=("government", "says", "position", *SPAN, "level"),
                condition=READABLE,
                name="public_fact_position",
            ),
            models.Index(fields=("government", "says", "from_seq", "reach"), name="public_fact_published"),
            models.Index(
                fields=("government", "position", "possible_from", *SPAN),
                condition=READABLE & Q(possible_from__isnull=False),
                name="public_fact_possible",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.government} {self.says}"


class StatusSubject(Table):
    """That something of a sort was ever said about a government: the few searches that a status takes."""

    government = models.CharField(max_length=2)
    says = models.CharField(max_length=30)

    identity = ("government", "says")
    public_fields = frozenset({"government", "says"})
    private_fields = frozenset({"id"})

    class Meta:
        constraints = (models.UniqueConstraint(fields=("government", "says"), name="public_subject_once"),)

    def __str__(self) -> str:
        return f"{self.government} {self.says}"
