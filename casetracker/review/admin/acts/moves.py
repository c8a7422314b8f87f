"""Acts that move a record on, or back."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role
from casetracker.review import services
from casetracker.review.admin.acts.base import Act, comment_field
from casetracker.review.choices import Action, PublicStatus, RetractionReason
from casetracker.review.models import Record


class Submit(Act):
    """Hand a draft to the reviewers."""

    name, action, main = "submit", Action.SUBMIT, True
    title, done = _("Submit for review"), _("Submitted. Somebody else checks the citations now.")

    def carry_out(self, by: User) -> None:
        """Submit."""
        services.submit_record(self.record.pk, by=by, **self.seen)


class Verify(Act):
    """State that every citation was checked."""

    name, action, main = "verify", Action.VERIFY, True
    title, done = _("Verify"), _("Verified. An editor can approve it now.")
    explanation = _("Every citation was opened and says what is cited.")

    def carry_out(self, by: User) -> None:
        """Verify."""
        services.verify_record(self.record.pk, by=by, **self.seen)


class _GoingPublic(Act):
    """Publish. What replaces a live version may say that it corrects an error, and which."""

    fresh = True
    corrects = forms.BooleanField(label=_("corrects an error in what is published"), required=False)
    note = comment_field(_("Public note: what was wrong (for a correction)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a correction only where there is something to correct; keep what was typed before it went."""
        super().__init__(*args, **kwargs)
        if self.record.public_status != PublicStatus.LIVE and not self.data.get("note"):
            del self.fields["corrects"], self.fields["note"]

    @property
    def correction(self) -> dict[str, Any]:
        """What the public is told, as services take it."""
        return {name: self.cleaned_data[name] for name in ("corrects", "note") if name in self.cleaned_data}


class ApproveAndPublish(_GoingPublic):
    """Approve and publish in one step."""

    name, action, main = "approve-and-publish", Action.APPROVE, True
    title, done = _("Approve and publish"), _("Approved and published.")

    def carry_out(self, by: User) -> None:
        """Approve, then publish."""
        services.approve_and_publish(self.record.pk, by=by, **self.seen, **self.correction)


class Approve(Act):
    """Accept exactly this content."""

    name, action, fresh = "approve", Action.APPROVE, True
    title, done = _("Approve only"), _("Approved. It can be published now.")

    def carry_out(self, by: User) -> None:
        """Approve."""
        services.approve_record(self.record.pk, by=by, **self.seen)


class Publish(_GoingPublic):
    """Publish approved content."""

    name, action, main = "publish", Action.PUBLISH, True
    title, done = _("Publish"), _("Published.")

    def carry_out(self, by: User) -> None:
        """Publish."""
        seen = (self.record.pk, self.cleaned_data["lock_version"])
        services.publish_records([seen], by=by, **self.correction)


class Return(Act):
    """Send a record back with a comment."""

    name, action = "return", Action.RETURN
    title, done = _("Return to the author"), _("Returned with your comment.")
    comment = comment_field(_("What must change?"), required=True)

    def carry_out(self, by: User) -> None:
        """Return."""
        services.return_to_author(self.record.pk, by=by, comment=self.cleaned_data["comment"], **self.seen)


class Withdraw(Act):
    """Take one's own record back into draft."""

    name, action = "withdraw", Action.WITHDRAW
    title, done = _("Withdraw"), _("Withdrawn: it is a draft again.")

    def carry_out(self, by: User) -> None:
        """Withdraw."""
        services.withdraw_record(self.record.pk, by=by, **self.seen)


class Revise(Act):
    """Start a new round."""

    name, action, main = "revise", Action.REVISE, True
    title, done = _("Revise"), _("You can edit it now. The public goes on seeing the published version.")

    def carry_out(self, by: User) -> None:
        """Revise."""
        services.revise_record(self.record.pk, by=by, **self.seen)


class Abandon(Act):
    """Give up a revision."""

    name, action, grave = "abandon", Action.ABANDON, True
    title, done = _("Abandon the revision"), _("Abandoned: it says again what is published.")

    def carry_out(self, by: User) -> None:
        """Abandon."""
        services.abandon_revision(self.record.pk, by=by, **self.seen)


class Discard(Act):
    """Give up a draft."""

    name, action, grave = "discard", Action.DISCARD, True
    title, done = _("Discard"), _("Discarded. It stays readable for colleagues.")
    comment = comment_field(_("Why?"))

    def carry_out(self, by: User) -> None:
        """Discard."""
        services.discard_record(self.record.pk, by=by, comment=self.cleaned_data["comment"], **self.seen)


class Retract(Act):
    """Withdraw a published record from the public."""

    name, action, grave, fresh = "retract", Action.RETRACT, True, True
    title, done = _("Retract"), _("Retracted. The public sees the reason and your note, and nothing else.")
    explanation = _(
        "Every published version stops answering at once. Reason and note stay, for everybody to read. "
        "A revision that is in review goes back to draft."
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=RetractionReason.choices)
    note = comment_field(_("Public note"), required=True)

    def carry_out(self, by: User) -> None:
        """Retract."""
        reason = RetractionReason(self.cleaned_data["reason"])
        services.retract_record(self.record.pk, reason=reason, note=self.cleaned_data["note"], by=by, **self.seen)


class AssignToMe(Act):
    """Take the next step upon oneself, with one click."""

    name, action = "assign-to-me", Action.ASSIGN
    title, done = _("Assign to me"), _("It is assigned to you.")

    @classmethod
    def is_of_use(cls, record: Record, person: User) -> bool:
        """Leave it out for the one who has it."""
        return record.assigned_to_id != person.pk

    def carry_out(self, by: User) -> None:
        """Assign."""
        services.assign_record(self.record.pk, to=by, by=by, **self.seen)


class DropMerge(Act):
    """Give up a merge that was proposed."""

    name, action, grave = "drop-merge", Action.DROP, True
    title, done = _("Drop the merge"), _("Dropped: this record is again what it was before.")
    explanation = _("What the other record gained stays in its draft, until an author takes it out.")
    comment = comment_field(_("Why?"))

    def carry_out(self, by: User) -> None:
        """Drop."""
        services.drop_merge(self.record.pk, by=by, comment=self.cleaned_data["comment"], **self.seen)


def people_to_assign() -> QuerySet[User]:
    """Return the active researchers and editors, by name."""
    people = User.objects.filter(is_active=True, groups__name__in=(Role.RESEARCHER, Role.EDITOR))
    return people.distinct().order_by("name", "username")


class Assign(Act):
    """Make somebody responsible for the next step."""

    name, action = "assign", Action.ASSIGN
    title, done = _("Assign"), _("Assigned.")
    to = forms.ModelChoiceField(User.objects.none(), label=_("To"), required=False, empty_label=_("nobody"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the active researchers and editors."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people_to_assign()  # type: ignore[attr-defined]
        self.initial["to"] = self.record.assigned_to_id

    def carry_out(self, by: User) -> None:
        """Assign."""
        services.assign_record(self.record.pk, to=self.cleaned_data["to"], by=by, **self.seen)
