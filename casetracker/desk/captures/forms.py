"""The form that takes a copy of a source in."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.models import User
from casetracker.core.files import FileType
from casetracker.desk.uploading import too_large
from casetracker.review import services
from casetracker.sources.models import Capture


class UploadCaptureForm(forms.Form):
    """A file, and where it comes from."""

    file = forms.FileField(
        label=gettext_lazy("File"), error_messages={"required": gettext_lazy("Choose a file.")}, allow_empty_file=True
    )
    note = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For colleagues: who made or sent it, and how. Name nobody who is in danger."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say which files are taken, and how large they may be."""
        super().__init__(*args, **kwargs)
        largest = settings.CAPTURE_LARGEST
        file = self.fields["file"]
        file.help_text = _(
            "A picture, PDF, document of an office program, video, sound, or web archive (WARC); up to %(size)s."
        ) % {"size": filesizeformat(largest)}
        accepted = ",".join(sorted({kind.extension for kind in FileType}))
        file.widget.attrs |= {"accept": accepted} | {"data-largest": largest, "data-too-large": too_large(largest)}

    def carry_out(self, source_id: UUID, by: User) -> Capture:
        """Keep the file. Raises `DomainError` if the rules refuse."""
        file: UploadedFile = self.cleaned_data["file"]
        return services.upload_capture(
            source_id, file=file, file_name=file.name or "", note=self.cleaned_data["note"], by=by
        )
