"""How far a source is trusted, and how far what it says is believed: the Admiralty scale of NATO's AJP-2.1.

The two are graded apart: a reliable source can be wrong, and an unreliable one can be right.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Reliability(models.TextChoices):
    """How reliable a source is, from its past."""

    A = "A", _("A – completely reliable")
    B = "B", _("B – usually reliable")
    C = "C", _("C – fairly reliable")
    D = "D", _("D – not usually reliable")
    E = "E", _("E – unreliable")
    F = "F", _("F – cannot be judged")


class Credibility(models.TextChoices):
    """How credible one piece of information is, whoever gives it."""

    CONFIRMED = "1", _("1 – confirmed by other sources")
    PROBABLE = "2", _("2 – probably true")
    POSSIBLE = "3", _("3 – possibly true")
    DOUBTFUL = "4", _("4 – doubtful")
    IMPROBABLE = "5", _("5 – improbable")
    UNJUDGED = "6", _("6 – cannot be judged")


Explanations = Mapping[str, str | Promise]

RELIABILITY_EXPLAINED: Explanations = {
    Reliability.A: _("No doubt about who it is, that it is honest and that it knows. It has always been right."),
    Reliability.B: _("Small doubts. Most of what it gave in the past was right."),
    Reliability.C: _("Some doubts. It has been right in the past, and wrong as well."),
    Reliability.D: _("Grave doubts. It has been right now and then."),
    Reliability.E: _("It is not honest, does not know, or has mostly been wrong."),
    Reliability.F: _("Too little is known of it to say. This is no bad grade: choose it for a new source."),
}
CREDIBILITY_EXPLAINED: Explanations = {
    Credibility.CONFIRMED: _("Sources that do not rest on one another say the same, and it makes sense."),
    Credibility.PROBABLE: _("Not confirmed. It makes sense, and agrees with other information on the matter."),
    Credibility.POSSIBLE: _("Not confirmed. It makes some sense, and agrees with some of what is known."),
    Credibility.DOUBTFUL: _("Not confirmed. It could be, but does not follow from anything else that is known."),
    Credibility.IMPROBABLE: _("Not confirmed. It makes no sense, or other information speaks against it."),
    Credibility.UNJUDGED: _("There is nothing to compare it with."),
}


def explained(scale: type[models.TextChoices], explanations: Explanations) -> list[tuple[str, str | Promise]]:
    """Return the grades of a scale for a form, each with its sentence, and first none."""
    graded = [
        (grade.value, format_lazy("{label}. {text}", label=grade.label, text=explanations[grade])) for grade in scale
    ]
    return [("", _("not graded")), *graded]
