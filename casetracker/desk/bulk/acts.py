"""What can be done with a selection: the words of each act, its form, and the one service call behind it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casetracker.accounts.models import User
from casetracker.review import services
from casetracker.review.admin.acts.base import comment_field
from casetracker.review.admin.acts.moves import people_to_assign
from casetracker.review.choices import Action, PublicStatus
from casetracker.review.kinds import kind_named
from casetracker.review.models import Record
from casetracker.review.policies import has_role_for
from casetracker.review.services.selections import Refusals, Seen


class BulkAct(forms.Form):
    """An act on a selection. Its fields are what it needs to know beside the records.

    `title` stands on the button that leads to the plan, `heading` over the plan, `possible` and `impossible` over
    its two parts.

    `choice` names the fields on which the plan depends: it is shown anew for another choice.
    """

    name: str
    title: Any
    heading: Any
    choice: tuple[str, ...] = ()
    fresh = False  # Whoever does it must just have proved who they are.
    possible: Any
    impossible: Any

    def __init__(self, data: Any = None, *, person: User) -> None:
        """Take who acts."""
        super().__init__(data, auto_id=f"{self.name}-%s")
        self.person = person

    def refusals(self, records: Sequence[Record]) -> Refusals:
        """Return what forbids the act on each of the records, where anything does. Writes nothing."""
        raise NotImplementedError

    def outcome(self, record: Record) -> str:
        """Return what will become of a record."""
        raise NotImplementedError

    def fit(self, going: Sequence[Record]) -> None:
        """Leave out the fields that do not apply to what is possible."""

    def button(self, number: int) -> str:
        """Return what stands on the button that does it."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """Return what is said afterwards, before the names of the records."""
        raise NotImplementedError

    def carry_out(self, going: Sequence[Seen], left_out: Sequence[Seen]) -> None:
        """Call the service. Raises `DomainError` if the rules refuse, and then nothing was done."""
        raise NotImplementedError


class SubmitSelection(BulkAct):
    """Hand drafts to the reviewers."""

    name, title, heading = "submit", gettext_lazy("Submit for review"), gettext_lazy("Submit for review: the plan")
    possible, impossible = gettext_lazy("Will be submitted"), gettext_lazy("Cannot be submitted")

    def refusals(self, records: Sequence[Record]) -> Refusals:
        """Ask what `submit_record` asks."""
        return services.plan_submission(records, by=self.person)

    def outcome(self, record: Record) -> str:
        """Say where it goes."""
        return _("From draft to submitted. You become an author of this round, and somebody else checks the citations.")

    def button(self, number: int) -> str:
        """Say how many."""
        return ngettext("Submit this %(number)d", "Submit these %(number)d", number) % {"number": number}

    def done(self, number: int) -> str:
        """Say how many."""
        return ngettext("%(number)d record submitted:", "%(number)d records submitted:", number) % {"number": number}

    def carry_out(self, going: Sequence[Seen], left_out: Sequence[Seen]) -> None:
        """Submit."""
        services.submit_selection(going, by=self.person, left_out=left_out)


class AssignSelection(BulkAct):
    """Make somebody responsible for the next step."""

    name, title, heading = "assign", gettext_lazy("Assign"), gettext_lazy("Assign: the plan")
    choice = ("to",)
    possible, impossible = gettext_lazy("Will be assigned"), gettext_lazy("Cannot be assigned")
    to = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("To"), required=False, empty_label=gettext_lazy("nobody")
    )

    def __init__(self, data: Any = None, *, person: User) -> None:
        """Offer the active researchers and editors, and the person who asks first."""
        super().__init__(data, person=person)
        self.initial["to"] = person.pk
        self.fields["to"].queryset = people_to_assign()  # type: ignore[attr-defined]

    @property
    def receiver(self) -> User | None:
        """Who gets the records: the person who asks, until another is chosen."""
        if not self.is_bound or "to" in self.errors:
            return self.person
        chosen: User | None = self.cleaned_data["to"]
        return chosen

    def refusals(self, records: Sequence[Record]) -> Refusals:
        """Ask what `assign_record` asks."""
        return services.plan_assignment(records, to=self.receiver, by=self.person)

    def outcome(self, record: Record) -> str:
        """Say from whom to whom it goes."""
        names = {"old": record.assigned_to, "new": self.receiver}
        if names["old"] == names["new"]:
            return _("Stays with %(new)s.") % names if names["new"] else _("Stays with nobody.")
        if names["old"] is None:
            return _("Goes to %(new)s. Nobody has it now.") % names
        if names["new"] is None:
            return _("Is taken from %(old)s. Nobody has it then.") % names
        return _("Goes from %(old)s to %(new)s.") % names

    def button(self, number: int) -> str:
        """Say how many."""
        return ngettext("Assign this %(number)d", "Assign these %(number)d", number) % {"number": number}

    def done(self, number: int) -> str:
        """Say how many, and to whom."""
        words = ngettext(
            "%(number)d record assigned to %(person)s:", "%(number)d records assigned to %(person)s:", number
        )
        if self.receiver is None:
            words = ngettext("%(number)d record assigned to nobody:", "%(number)d records assigned to nobody:", number)
        return words % {"number": number, "person": self.receiver}

    def carry_out(self, going: Sequence[Seen], left_out: Sequence[Seen]) -> None:
        """Assign."""
        services.assign_selection(going, to=self.receiver, by=self.person, left_out=left_out)


class PublishSelection(BulkAct):
    """Publish approved records together."""

    name, title, heading = "publish", gettext_lazy("Publish"), gettext_lazy("Publish: the plan")
    fresh = True
    possible, impossible = gettext_lazy("Will be published together"), gettext_lazy("Cannot be published")
    corrects = forms.BooleanField(label=gettext_lazy("corrects an error in what is published"), required=False)
    note = comment_field(gettext_lazy("Public note: what was wrong (for a correction)"))

    def fit(self, going: Sequence[Record]) -> None:
        """Ask for a correction only where there is something to correct; keep what was typed before it went."""
        is_revision = any(record.public_status == PublicStatus.LIVE for record in going)
        if not is_revision and not self.data.get("note"):
            del self.fields["corrects"], self.fields["note"]

    def refusals(self, records: Sequence[Record]) -> Refusals:
        """Ask what `publish_records` asks, of all that can go out together."""
        return services.plan_publication(records, by=self.person)

    def outcome(self, record: Record) -> str:
        """Say under which number and as which version the public will find it."""
        version, number = record.published_version + 1, record.reference
        words = {"version": version, "number": number, "prefix": kind_named(record.kind).prefix}
        if record.public_status == PublicStatus.NEVER:
            return _("Becomes public for the first time, under a new number that begins with %(prefix)s-.") % words
        if record.public_status == PublicStatus.RETRACTED:
            return _("%(number)s was retracted and becomes public again, as version %(version)d.") % words
        return _("Version %(version)d of %(number)s replaces what is public now.") % words

    def button(self, number: int) -> str:
        """Say how many."""
        return ngettext("Publish this %(number)d", "Publish these %(number)d", number) % {"number": number}

    def done(self, number: int) -> str:
        """Say how many."""
        return ngettext("%(number)d record published:", "%(number)d records published:", number) % {"number": number}

    def carry_out(self, going: Sequence[Seen], left_out: Sequence[Seen]) -> None:
        """Publish."""
        correction = {name: self.cleaned_data[name] for name in ("corrects", "note") if name in self.cleaned_data}
        services.publish_selection(going, by=self.person, left_out=left_out, **correction)


BULK_ACTS: dict[str, type[BulkAct]] = {act.name: act for act in (SubmitSelection, AssignSelection, PublishSelection)}


def bulk_acts_for(person: User) -> list[BulkAct]:
    """Return the acts on a selection that this person's roles allow."""
    return [act(person=person) for name, act in BULK_ACTS.items() if has_role_for(Action(name), person)]
