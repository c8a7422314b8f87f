"""The forms of imports: the file, the answers to its questions, the confirmation of its plan."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.models import User
from casetracker.desk.exchange.columns import SheetKind, sheet_kinds
from casetracker.desk.exchange.headers import IGNORE, NOTES, suggested_column
from casetracker.desk.exchange.kept import columns_of_plan
from casetracker.desk.uploading import too_large
from casetracker.review.choices import DuplicatesInImport
from casetracker.review.models import Import, ImportMapping
from casetracker.review.services.uploads import (
    LARGEST,
    Choices,
    answer_import,
    confirm_import,
    save_mapping,
    start_import,
)

_ROWS_OFFERED = 3  # names, replies and so on to choose from; more of them are columns under their own names


class _MappingField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """Name a mapping, the kind of sheet that it is for, and who saved it."""
        kind = sheet_kinds().get(obj.sheet_kind)
        return f"{obj.name} ({kind.label if kind else obj.sheet_kind}, {obj.saved_by})"


class UploadForm(forms.Form):
    """A file and what its rows are."""

    kind = forms.ChoiceField(label=gettext_lazy("Each row is a"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("CSV or Excel file (.xlsx), or for sources a bibliography (BibTeX, RIS, CSL-JSON)"),
        help_text=gettext_lazy(
            "Up to 20 MB and 20,000 rows. The columns may stand in any order. From Zotero, best export “CSL JSON”."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.bib,.bibtex,.ris,.json"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    mapping = _MappingField(
        ImportMapping.objects.select_related("saved_by"),
        label=gettext_lazy("What the columns mean"),
        empty_label=gettext_lazy("Their own names say it"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer all kinds of sheets."""
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(name, capfirst(str(kind.label))) for name, kind in sheet_kinds().items()]
        self.fields["file"].widget.attrs |= {"data-largest": LARGEST, "data-too-large": too_large(LARGEST)}

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large; the services do so too."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(too_large(LARGEST))
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse a mapping that was saved for rows of another kind."""
        values = super().clean() or {}
        mapping = values.get("mapping")
        if mapping and values.get("kind") not in (None, mapping.sheet_kind):
            self.add_error("mapping", _("This was saved for rows of another kind. Choose one for the kind above."))
        return values

    def carry_out(self, by: User) -> Import:
        """Take the file."""
        values = self.cleaned_data
        file, mapping = values["file"], values["mapping"]
        columns = mapping.columns if mapping else {}
        return start_import(values["kind"], file.name, file.read(), by=by, mapping=columns)


class AnswerForm(forms.Form):
    """Answers the question of an import."""

    def __init__(self, *args: Any, upload: Import, **kwargs: Any) -> None:
        """Take the import that asks."""
        super().__init__(*args, **kwargs)
        self.upload = upload

    def carry_out(self, by: User) -> None:
        """Give the answer. Raises `DomainError` if the import does not ask any more."""
        answer_import(self.upload.pk, by=by, **self.cleaned_data)


class EncodingForm(AnswerForm):
    """In which encoding a file is."""

    encoding = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the line that looks right.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show what a text of the file says in each."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["encoding"]
        self.offered = {choice["name"]: choice for choice in self.upload.question["encodings"]}
        field.choices = [(name, choice["label"]) for name, choice in self.offered.items()]

    def lines(self) -> Iterator[tuple[Any, str]]:
        """Yield each choice with a text of the file."""
        for choice in self["encoding"]:
            yield choice, self.offered[choice.data["value"]]["sample"]


class SheetForm(AnswerForm):
    """Which sheet of a workbook is to be read."""

    sheet = forms.ChoiceField(
        label=gettext_lazy("Sheet"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a sheet.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the sheets that have something in them."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sheet"]
        field.choices = [(name, name) for name in self.upload.question["sheets"]]


class ColumnsForm(AnswerForm):
    """What the columns of a file mean."""

    remember = forms.CharField(
        label=gettext_lazy("Remember this under the name"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Then it can be chosen when the next file is uploaded, also by colleagues."),
    )

    def __init__(self, *args: Any, headers: Sequence[str], **kwargs: Any) -> None:
        """Ask about each of these headers; propose what was said before, or what the header looks like."""
        super().__init__(*args, **kwargs)
        self.sheet_kind = sheet_kinds()[self.upload.sheet_kind]
        self.headers = {_name_of(header): header for header in headers}
        used = dict(self.upload.question.get("used", {}))
        for name, header in self.headers.items():
            said = self.upload.mapping.get(header) or _proposal(self.sheet_kind, header, used)
            used |= {said: header} if said not in (NOTES, IGNORE, "") else {}
            self.fields[name] = forms.ChoiceField(
                label=header,
                choices=_choices(self.sheet_kind, said),
                initial=said,
                error_messages={"required": _("Say what this column means.")},
            )

    def lines(self) -> Iterator[tuple[Any, str, list[str]]]:
        """Yield the field of each column with its header and some of its cells."""
        samples = self.upload.question.get("samples", {})
        for name, header in self.headers.items():
            yield self[name], header, samples.get(header, [])

    def carry_out(self, by: User) -> None:
        """Give the answer, and remember it for the next time where that is wished."""
        mapping = {header: self.cleaned_data[name] for name, header in self.headers.items()}
        upload = answer_import(self.upload.pk, by=by, mapping=mapping)
        if self.cleaned_data["remember"]:
            save_mapping(self.cleaned_data["remember"], upload.sheet_kind, upload.mapping, by=by)


def _name_of(header: str) -> str:
    """Return the name of a field that asks about a header, whatever signs that is made of."""
    return f"column-{hashlib.sha256(header.encode(errors='surrogatepass')).hexdigest()[:16]}"


def _proposal(kind: SheetKind, header: str, used: Mapping[str, str]) -> str:
    column = suggested_column(kind, header)
    return column.name if column and column.name not in used else ""


def _choices(kind: SheetKind, said: str) -> list[tuple[Any, Any]]:
    columns = kind.all_columns(_ROWS_OFFERED)
    if said not in ("", NOTES, IGNORE, *(column.name for column in columns)):
        columns = (*columns, *(column for column in kind.all_columns() if column.name == said))
    ours = [(column.name, f"{capfirst(str(column.label))} ({column.name})") for column in columns]
    has_notes = any(column.name == NOTES for column in columns)
    apart = [(NOTES, _("Into the internal notes"))] if has_notes else []
    return [
        ("", _("Choose …")),
        (_("None of our columns"), [*apart, (IGNORE, _("Leave it out"))]),
        (_("Our columns"), [choice for choice in ours if choice[0] != NOTES]),
    ]


class ConfirmForm(forms.Form):
    """Says yes to exactly the plan that was shown, and what is to become of its doubtful rows."""

    plan_digest = forms.CharField(max_length=64)
    good_rows_only = forms.BooleanField(required=False)
    duplicates = forms.ChoiceField(choices=DuplicatesInImport.choices)

    def carry_out(self, upload: Import, by: User) -> None:
        """Confirm. Raises `DomainError` if the plan is another one by now, or rows are undecided."""
        values = self.cleaned_data
        choices = Choices(values["good_rows_only"], DuplicatesInImport(values["duplicates"]))
        confirm_import(upload.pk, by=by, plan_digest=values["plan_digest"], choices=choices)


def answer_form(upload: Import, data: Any = None) -> AnswerForm | None:
    """Return the form for what an import asks; for a planned one, what was said of its columns, to change it."""
    question = upload.question
    if "encodings" in question:
        return EncodingForm(data, upload=upload)
    if "sheets" in question:
        return SheetForm(data, upload=upload)
    headers = question.get("columns") or [header for header in columns_of_plan(upload) if header in upload.mapping]
    return ColumnsForm(data, upload=upload, headers=headers) if headers else None
