"""What can be done to a release on its page: one small form for each, and one service call behind it."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.models import User
from casetracker.desk.releases.reading import records_to_add
from casetracker.review import services
from casetracker.review.admin.acts.base import VersionedAct
from casetracker.review.admin.forms import LinesField
from casetracker.review.kinds import kind_named
from casetracker.review.models import Record, Release
from casetracker.review.policies import may_release


class CreateRelease(forms.Form):
    """Open a release, perhaps with a first record. Title and note are for colleagues."""

    title = forms.CharField(label=gettext_lazy("Title (for colleagues; never published)"), max_length=200)
    record = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def carry_out(self, by: User) -> Release:
        """Create it, and put the record in."""
        record = self.cleaned_data["record"]
        return services.create_release(title=self.cleaned_data["title"], record_ids=[record] if record else (), by=by)


class ReleaseAct(VersionedAct):
    """An act on a release."""

    def __init__(self, data: Any = None, *, release: Release, **initial: Any) -> None:
        """Show the version of the release that the person looks at."""
        initial = {"lock_version": release.lock_version, **initial}
        super().__init__(data, initial=initial, auto_id=f"{self.name}-%s")
        self.release = release

    @classmethod
    def is_offered(cls, release: Release) -> bool:
        """Tell whether the state of the release allows it."""
        return release.is_open


class _RecordsField(forms.ModelMultipleChoiceField):
    """Records to tick, each with its kind."""

    def label_from_instance(self, obj: Any) -> str:
        """Name a record and its kind."""
        return f"{obj} · {kind_named(obj.kind).label}"


class Add(ReleaseAct):
    """Put approved records in."""

    name, title, done = "add", gettext_lazy("Put them in"), gettext_lazy("They are in the release now.")
    records = _RecordsField(
        Record.objects.none(),
        label=gettext_lazy("Approved records"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose the records first."),
            "invalid_choice": gettext_lazy(
                "One of these records was published, returned or put into another release meanwhile. Choose again."
            ),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what is approved and in no release, the longest waiting first."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["records"]
        field.queryset = records_to_add(everything=self.is_bound)

    def carry_out(self, by: User) -> None:
        """Add."""
        chosen: QuerySet[Record] = self.cleaned_data["records"]
        services.add_to_release(self.release.pk, [record.pk for record in chosen], by=by, **self.seen)


class Remove(ReleaseAct):
    """Take one record out."""

    name, title, done = "remove", gettext_lazy("Take out"), gettext_lazy("Taken out. It stays approved.")
    record = forms.UUIDField(widget=forms.HiddenInput)

    def carry_out(self, by: User) -> None:
        """Remove."""
        record: UUID = self.cleaned_data["record"]
        services.remove_from_release(self.release.pk, record, by=by, **self.seen)


class Schedule(ReleaseAct):
    """Let it go out by itself at a moment in the future."""

    name, fresh, done = "schedule", True, gettext_lazy("Scheduled. Nothing of it goes out before.")
    title: Any = gettext_lazy("Schedule")
    embargo_until = forms.DateTimeField(
        label=gettext_lazy("Goes out on (day and time in UTC)"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": gettext_lazy("Write a day and a time in UTC, such as 2026-12-01 09:00.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say which time it is where the clock of the release is."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("embargo_until", self.release.embargo_until)
        now = {"now": f"{timezone.now():%Y-%m-%d %H:%M}"}
        self.explanation = _("UTC is the same everywhere. In UTC it is %(now)s now. You stand as its publisher.") % now
        if self.release.is_scheduled:
            self.title = _("Move the embargo")

    @classmethod
    def is_offered(cls, release: Release) -> bool:
        """Allow moving the embargo too."""
        return release.is_open or release.is_scheduled

    def carry_out(self, by: User) -> None:
        """Schedule."""
        services.schedule_release(self.release.pk, embargo_until=self.cleaned_data["embargo_until"], by=by, **self.seen)


class Unschedule(ReleaseAct):
    """Open it again."""

    name, title = "unschedule", gettext_lazy("Take back the schedule")
    done = gettext_lazy("It is open again, and does not go out by itself.")

    @classmethod
    def is_offered(cls, release: Release) -> bool:
        """Allow it to what is scheduled."""
        return release.is_scheduled

    def carry_out(self, by: User) -> None:
        """Take the schedule back."""
        services.unschedule_release(self.release.pk, by=by, **self.seen)


class Publish(ReleaseAct):
    """Publish all of it now."""

    name, main, fresh, title = "publish", True, True, gettext_lazy("Publish all now")
    done = gettext_lazy("Published, all of it.")

    def carry_out(self, by: User) -> None:
        """Publish."""
        services.publish_release(self.release.pk, by=by, **self.seen)


class Rename(ReleaseAct):
    """Change title and note."""

    name, title = "rename", gettext_lazy("Change title and note")
    done = gettext_lazy("Changed.")
    new_title = forms.CharField(label=gettext_lazy("Title (for colleagues; never published)"), max_length=200)
    note = LinesField(
        label=gettext_lazy("Note for colleagues"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show what they are now."""
        super().__init__(*args, **kwargs)
        self.initial.update(new_title=self.release.title, note=self.release.note)

    @classmethod
    def is_offered(cls, release: Release) -> bool:
        """Allow it until it has gone out."""
        return release.is_open or release.is_scheduled

    def carry_out(self, by: User) -> None:
        """Rename."""
        values = self.cleaned_data
        services.rename_release(self.release.pk, title=values["new_title"], note=values["note"], by=by, **self.seen)


class Cancel(ReleaseAct):
    """Give it up."""

    name, grave, title = "cancel", True, gettext_lazy("Cancel the release")
    done = gettext_lazy("Cancelled. Its records stay approved, and are free for another release.")
    comment = LinesField(label=gettext_lazy("Why?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    @classmethod
    def is_offered(cls, release: Release) -> bool:
        """Allow it until it has gone out."""
        return release.is_open or release.is_scheduled

    def carry_out(self, by: User) -> None:
        """Cancel."""
        services.cancel_release(self.release.pk, by=by, comment=self.cleaned_data["comment"], **self.seen)


ACTS: dict[str, type[ReleaseAct]] = {
    act.name: act for act in (Publish, Schedule, Unschedule, Rename, Cancel, Add, Remove)
}
# They stand beside the records, not among the buttons.
_AMONG_RECORDS = frozenset({Add.name, Remove.name})


def acts_on(release: Release, person: User, refused: ReleaseAct | None) -> dict[str, ReleaseAct]:
    """Return the forms that this person may use now, with the one that was just refused as it was."""
    if not may_release(person):
        return {}
    return {
        name: refused if refused and refused.name == name else act(release=release)
        for name, act in ACTS.items()
        if act.is_offered(release)
    }


def buttons(acts: dict[str, ReleaseAct]) -> list[ReleaseAct]:
    """Return those of the acts that concern the release as a whole."""
    return [act for name, act in acts.items() if name not in _AMONG_RECORDS]
